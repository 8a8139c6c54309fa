"""What comes round: each broadcast of a series makes the next when its own time has come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications import progress
from notifications.broadcasts.agreeing import send_at
from notifications.broadcasts.read import broadcast_of, plan_of
from notifications.jobs import Clock, Defer, Open, day_in_japan
from notifications.tables import broadcasts

SAME: Final = (
    *("ward", "school", "sender_key", "kind", "topic", "sender", "title", "body", "about", "audience", "marks", "asks"),
    *("author", "author_name", "approver", "approver_name", "approvals_needed", "version", "trial"),
    *("repeats", "repeats_until", "first_percent", "pause_minutes"),
)
"""What the next one takes over: what was approved, and by whom."""


async def come_round(*, open: Open, defer: Defer, clock: Clock, broadcast: UUID) -> None:
    """The job at the time of a broadcast that comes round. May be run again: the next has a key of its own. What ended
    the series meanwhile says so in the row (`series.end`); taking back this round alone does not."""
    async with open() as conn:
        asked = select(broadcasts).where(broadcasts.c.id == broadcast).with_for_update()
        line = (await conn.execute(asked)).one_or_none()
        if line is not None and (line.state == "approved" or line.sent_at is not None):
            await _make_next(conn, defer, line, clock)


async def _make_next(conn: AsyncConnection, defer: Defer, line: Row[Any], clock: Clock) -> None:
    series = line.series or line.id
    first = await conn.execute(select(broadcasts.c.begins_at).where(broadcasts.c.id == series))
    begins_at = plan_of(line).next_after(line.begins_at, first.scalar_one())
    if begins_at is None:
        return
    later = day_in_japan(begins_at) - day_in_japan(line.begins_at)
    key = f"{series}:{day_in_japan(begins_at)}"
    copied = {name: getattr(line, name) for name in SAME}
    made = await conn.execute(
        insert(broadcasts)
        .values(
            **copied,
            id=uuid5(series, key),
            key=key,
            state="approved",
            series=series,
            begins_at=begins_at,
            act_by=_later(line.act_by, later),
            written_at=clock(),
        )
        .on_conflict_do_nothing()
        .returning(broadcasts)
    )
    row = made.one_or_none()
    if row is not None:
        await progress.note_down(conn, row.id, row.ward, "approved", clock(), note="繰り返しの次の回")
        await send_at(conn, defer, broadcast_of(row))


def _later(day: Any, by: timedelta) -> Any:
    return None if day is None else day + by
