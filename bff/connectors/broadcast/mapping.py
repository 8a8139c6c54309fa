"""From NHK's answer to `ReceptionContracts`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import clean
from bff.connectors.bounds import AtMost100, Line, Month
from bff.exchange.silence import Silent, Why

Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9][0-9-]{3,15}$")]


class ReceptionContract(msgspec.Struct, frozen=True):
    """One a household, in the name of any of it. `paid_until`: YYYY-MM, may lie ahead. `transfer`: 口座振替."""

    number: Number
    kind: Literal["terrestrial", "satellite"]
    name: Line
    address: Line
    since: date
    paid_until: Month | None
    transfer: Literal["registered", "not_registered"]
    discount: Literal["none", "family", "exempt"]


class ReceptionContracts(msgspec.Struct, frozen=True):
    """Empty when the household has none."""

    contracts: Annotated[tuple[ReceptionContract, ...], AtMost100]


def contracts(answer: httpx.Response, source: str) -> ReceptionContracts:
    """Each number once, and nothing paid for a time before the contract."""
    wire = clean(answer, ReceptionContracts, source)
    numbers = {one.number for one in wire.contracts}
    if len(numbers) < len(wire.contracts) or not all(map(_fits, wire.contracts)):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def _fits(one: ReceptionContract) -> bool:
    return one.paid_until is None or one.paid_until >= one.since.isoformat()[:7]
