"""From the health insurance office's answer to a `HealthInsurance`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import clean
from bff.connectors.bounds import AtMost100, Line, PersonId
from bff.exchange.silence import Silent, Why

Symbol = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,9}$")]
Branch = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{2}$")]
FiscalYear = Annotated[int, msgspec.Meta(ge=2000, le=2100)]
Yen = Annotated[int, msgspec.Meta(ge=0, le=2_000_000)]


class Insured(msgspec.Struct, frozen=True):
    """One insured person; 記号・番号・枝番 as they stand on the 資格確認書 or the 資格情報のお知らせ.

    `until`: the day cover ends (資格喪失日), which may lie ahead: one turns 75. `proof`: `card` for マイナ保険証,
    `confirmation` for a 資格確認書, which has a last day; None when cover has ended. `share`: tenths of the price.
    """

    person: PersonId
    name: Line
    state: Literal["covered", "ended"]
    symbol: Symbol
    number: Number
    branch: Branch | None
    since: date
    until: date | None
    proof: Literal["card", "confirmation"] | None
    proof_until: date | None
    share: Literal[2, 3] | None


class Premium(msgspec.Struct, frozen=True):
    """Told to the head of the household only; `yen` None while it is not set. `transfer`: 口座振替, never which."""

    fiscal_year: FiscalYear
    yen: Yen | None
    state: Literal["paid", "due", "overdue", "not_set"]
    next_due: date | None
    transfer: Literal["registered", "not_registered"]


class HealthInsurance(msgspec.Struct, frozen=True):
    """`premium` None: she is not the head of the household, who owes it (国民健康保険法76条)."""

    insured: Annotated[tuple[Insured, ...], AtMost100]
    premium: Premium | None


def insurance(answer: httpx.Response, source: str) -> HealthInsurance:
    """Everybody stands in it once, and what is told of each fits together."""
    wire = clean(answer, HealthInsurance, source)
    persons = {one.person for one in wire.insured}
    if len(persons) < len(wire.insured) or not all(map(_fits, wire.insured)) or not _owed(wire.premium):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def _fits(one: Insured) -> bool:
    if one.until is not None and one.until < one.since:
        return False
    if one.state == "ended":
        return one.until is not None
    return one.proof is not None and (one.proof != "confirmation" or one.proof_until is not None)


def _owed(premium: Premium | None) -> bool:
    return premium is None or (premium.yen is None) is (premium.state == "not_set")
