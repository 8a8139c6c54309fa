"""The waves of a broadcast that goes out in stages, as an official follows them: whose turn has come, comes, or comes
no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.audience import Headcount
from notifications.post.publish import snapshot
from notifications.post.snapshot import between


class Turn(StrEnum):
    TOLD = "told"
    COMES = "comes"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class WaveTold:
    """`people`: of how few it is made is not told."""

    at: datetime
    people: Headcount
    turn: Turn


async def waves_of(conn: AsyncConnection, broadcast: UUID, now: datetime) -> tuple[WaveTold, ...]:
    """Ward door: in their order; none of what goes to everybody at once or has not begun."""
    kept = await snapshot(conn, broadcast)
    if kept is None:
        return ()
    told: dict[int, tuple[datetime, int]] = {}
    for one in kept.stages:
        at, size = told.get(one.wave, (one.at, 0))
        told[one.wave] = (at, size + len(between(kept.members, one.low, one.high)))
    return tuple(
        WaveTold(at, Headcount.of(size), _turn(at, kept.stopped_at, now)) for _, (at, size) in sorted(told.items())
    )


def _turn(at: datetime, stopped_at: datetime | None, now: datetime) -> Turn:
    if stopped_at is not None and at > stopped_at:
        return Turn.STOPPED
    return Turn.TOLD if at <= now else Turn.COMES
