"""From the nursery office's answer to a `NurseryStanding`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import clean
from bff.connectors.bounds import AtMost100, Line, Month, PersonId
from bff.exchange.silence import Silent, Why

FeeBand = Annotated[str, msgspec.Meta(pattern=r"^[A-D][0-9]{0,2}$")]
Yen = Annotated[int, msgspec.Meta(ge=0, le=200_000)]


class NurseryChild(msgspec.Struct, frozen=True):
    """One place or one application; a child that is to change nurseries (転園) has one of each.

    `certification`: 1号, 2号, 3号認定. `hours`: 保育標準時間 or 短時間. `wanted_from` (YYYY-MM) and `answer_by` belong
    to an application, `since` and the fee to a place; `fee_band`: 階層 of the ward's table; 0 yen is a fee too.
    """

    person: PersonId
    name: Line
    state: Literal["waiting", "offered", "on_hold", "attending", "withdrawn", "left"]
    certification: Literal["first", "second", "third"] | None
    hours: Literal["standard", "short"] | None
    facility: Line | None
    since: date | None
    until: date | None
    wanted_from: Month | None
    answer_by: date | None
    fee_band: FeeBand | None
    fee_yen: Yen | None


class NurseryStanding(msgspec.Struct, frozen=True):
    """Empty when no child has a place and none was applied for."""

    children: Annotated[tuple[NurseryChild, ...], AtMost100]


def standing(answer: httpx.Response, source: str) -> NurseryStanding:
    """What is told of each fits its state, or it is a wrong answer."""
    wire = clean(answer, NurseryStanding, source)
    if not all(map(_fits, wire.children)):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def _fits(child: NurseryChild) -> bool:
    if child.since is not None and child.until is not None and child.until < child.since:
        return False
    match child.state:
        case "attending" | "left":
            return child.facility is not None and child.since is not None
        case "offered":
            return child.facility is not None and child.answer_by is not None
        case _:
            return child.wanted_from is not None and child.since is None
