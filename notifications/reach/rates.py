"""How many were reached, how soon: per broadcast, and per class of notice in a ward. Counts, of nobody in particular.

What is told keeps the floor: of fewer people than that nothing is told but that they are few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from pyroaring import BitMap
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.notice import Kind
from notifications.reach import rows
from notifications.reach.ladders import ladder_of
from notifications.rows import notice_of
from notifications.words import Text

FLOOR: Final = 5
AFTER: Final = (timedelta(hours=1), timedelta(days=1), timedelta(days=3), timedelta(days=7))
COHORT: Final = timedelta(days=7)

_SOON: Final = ", ".join(
    f"count(acts.opened_at) FILTER (WHERE acts.opened_at <= told.sent_at + interval '{int(one.total_seconds())} s')"
    f" AS after_{place}"
    for place, one in enumerate(AFTER)
)
_OF_WARD: Final = text(f"""
    SELECT told.id, told.title, told.kind, told.topic, told.sent_at, told.size, {_SOON},
        count(acts.opened_at) AS opened
    FROM (
        SELECT notices.id, notices.title, notices.kind, notices.topic, notices.sent_at, snapshots.size
        FROM notices JOIN snapshots ON snapshots.notice = notices.id
        WHERE notices.ward = :ward AND notices.sent_at >= :since AND NOT notices.personal
            AND (CAST(:only AS uuid) IS NULL OR notices.id = :only)
        ORDER BY notices.sent_at DESC LIMIT :most
    ) AS told
    LEFT JOIN notice_acts AS acts ON acts.notice = told.id AND acts.ward = :ward
    GROUP BY told.id, told.title, told.kind, told.topic, told.sent_at, told.size ORDER BY told.sent_at DESC
""")  # noqa: S608 - names and numbers of ours


@dataclass(frozen=True)
class Reached:
    """`soon`: opened within each of AFTER; None: so long it is not ago yet. Meaningless where `are_few`."""

    notice: UUID
    title: Text
    kind: Kind
    topic: str
    sent_at: datetime
    size: int
    soon: Sequence[int | None]
    opened: int
    on_paper: int = 0
    """To whom a letter was printed, and who has not opened it: told beside what was opened, never as read."""

    @property
    def are_few(self) -> bool:
        return self.size < FLOOR


@dataclass(frozen=True)
class OfClass:
    """All broadcasts of a class together, each as far as it is old enough."""

    kind: Kind
    notices: int
    size: int
    opened: int
    soon: Sequence[tuple[int, int]]
    """(opened within, of how many it is old enough for) for each of AFTER."""

    @property
    def are_few(self) -> bool:
        return self.size < FLOOR


@dataclass(frozen=True)
class Step:
    """What became of a rung of one broadcast."""

    rung: str
    sent: int
    failed: int
    no_way: int
    spared: int
    at: datetime


async def of_ward(conn: AsyncConnection, ward: str, since: datetime, now: datetime, most: int) -> Sequence[Reached]:
    """Ward door; the newest first."""
    return await _told(conn, ward, now, since=since, most=most, only=None)


async def one(conn: AsyncConnection, ward: str, notice: UUID, now: datetime) -> Reached | None:
    """Ward door."""
    found = await _told(conn, ward, now, since=datetime(2000, 1, 1, tzinfo=now.tzinfo), most=1, only=notice)
    return found[0] if found else None


def by_class(told: Sequence[Reached]) -> Sequence[OfClass]:
    found = []
    for kind in Kind:
        mine = [each for each in told if each.kind is kind and not each.are_few]
        if mine:
            soon = [_together(mine, place) for place in range(len(AFTER))]
            size, opened = sum(each.size for each in mine), sum(each.opened for each in mine)
            found.append(OfClass(kind, len(mine), size, opened, soon))
    return found


async def steps(conn: AsyncConnection, notice: UUID) -> Sequence[Step]:
    """Ward door; in the order they were begun."""
    asked = text("SELECT rung, sent, failed, no_way, spared, at FROM reach_steps WHERE notice = :n ORDER BY begun_at")
    return [Step(*row) for row in await conn.execute(asked, {"n": notice})]


async def unread(conn: AsyncConnection, notice: UUID, now: datetime) -> BitMap | None:
    """By number, who has not been reached COHORT after it was sent; None: it is not so long ago, or none is posted."""
    row = await rows.notice(conn, notice)
    if row is None or row.personal or row.recalled_at is not None or rows.names_an_event(row):
        return None
    ladder = ladder_of(notice_of(row).kind, row.topic or "", row.sent_at)
    begins = ladder.letters_from(row.sent_at)
    if begins is None or now < begins:
        return None
    return await rows.members(conn, row, now) - await rows.reached(conn, notice, ladder.stops)


async def _told(conn: AsyncConnection, ward: str, now: datetime, **asked: object) -> list[Reached]:
    """`asked`: since, most, and only one notice or None."""
    found = [_reached(row, now) for row in await conn.execute(_OF_WARD, {"ward": ward, **asked})]
    printed = await rows.printed(conn, [one.notice for one in found])
    return [replace(one, on_paper=printed.get(one.notice, 0)) for one in found]


def _together(mine: Sequence[Reached], place: int) -> tuple[int, int]:
    old = [(each.soon[place] or 0, each.size) for each in mine if each.soon[place] is not None]
    return sum(opened for opened, _ in old), sum(size for _, size in old)


def _reached(row: Row[Any], now: datetime) -> Reached:
    soon = [getattr(row, f"after_{place}") if row.sent_at + one <= now else None for place, one in enumerate(AFTER)]
    return Reached(row.id, Text(**row.title), Kind(row.kind), row.topic or "", row.sent_at, row.size, soon, row.opened)
