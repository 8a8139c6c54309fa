"""From the nursery operator's answer to a `DayAtNursery`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import httpx
import msgspec

from bff.connectors.answers import clean
from bff.connectors.bounds import Line
from bff.exchange.silence import Silent, Why

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Notice = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
TOKYO = ZoneInfo("Asia/Tokyo")


class ChildToday(msgspec.Struct, frozen=True):
    """`pick_up`: who was told to come for it, in the family's words. `notice`: the nursery's word of the day."""

    name: Line
    facility: Line
    state: Literal["expected", "here", "gone", "absent", "closed"]
    arrived_at: Moment | None
    left_at: Moment | None
    pick_up: Line | None
    notice: Notice | None


class DayAtNursery(msgspec.Struct, frozen=True):
    """`on`: the day in Tokyo it tells of. Neither temperature nor illness is asked for."""

    on: date
    children: Annotated[tuple[ChildToday, ...], msgspec.Meta(max_length=20)]


def day(answer: httpx.Response, source: str) -> DayAtNursery:
    """Times are of that day; who is here has come, and who has gone had come before."""
    wire = clean(answer, DayAtNursery, source)
    if not all(_fits(child, wire.on) for child in wire.children):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def _fits(child: ChildToday, on: date) -> bool:
    came, left = child.arrived_at, child.left_at
    if any(at is not None and at.astimezone(TOKYO).date() != on for at in (came, left)):
        return False
    match child.state:
        case "here":
            return came is not None and left is None
        case "gone":
            return came is not None and left is not None and came <= left
        case _:
            return came is None and left is None
