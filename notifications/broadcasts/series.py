"""The rounds of a series that wait for their time: they say what was corrected, and end where it was taken back or
stopped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.broadcasts.read import broadcast_of
from notifications.broadcasts.rows import move, note_down
from notifications.broadcasts.terms import Broadcast, Official, State
from notifications.jobs import day_in_japan
from notifications.tables import broadcasts


async def following(conn: AsyncConnection, told: Broadcast) -> tuple[Broadcast, ...]:
    """Ward door: those after it that have not begun, in their order; none where it does not come round."""
    begins_at = told.plan.begins_at
    if told.plan.every is None or begins_at is None:
        return ()
    asked = select(broadcasts).where(*_waits(told.series or told.id, begins_at)).order_by(broadcasts.c.begins_at)
    return tuple(broadcast_of(row) for row in await conn.execute(asked))


async def next_at(conn: AsyncConnection, told: Broadcast) -> datetime | None:
    """Ward door: when the round after it goes out, made already or not; None: none does."""
    made = await following(conn, told)
    if made:
        return made[0].plan.begins_at
    begins_at, kept = told.plan.begins_at, broadcasts.c
    if told.plan.every is None or begins_at is None or (told.state is State.STOPPED and told.sent_at is None):
        return None
    id = told.series or told.id
    later = await conn.execute(select(kept.id).where(kept.series == id, kept.begins_at > begins_at).limit(1))
    if later.first() is not None:
        return None
    first = await conn.execute(select(kept.begins_at).where(kept.id == id))
    return told.plan.next_after(begins_at, first.scalar() or begins_at)


def says_the_same(one: Broadcast, other: Broadcast) -> bool:
    return (one.title, one.body) == (other.title, other.body)


async def correct(
    conn: AsyncConnection, line: Row[Any], by: Official, texts: Mapping[str, object], now: datetime
) -> None:
    """House door. `line`: as it was before it was corrected. Those that wait say the new words with it, gaps and all,
    unless they were given others already."""
    if line.repeats is None:
        return
    alike = (broadcasts.c.title == line.title, broadcasts.c.body == line.body)
    wish = update(broadcasts).where(*_waits(line.series or line.id, line.begins_at), *alike).values(**texts)
    changed = await conn.execute(wish.returning(broadcasts.c.id))
    for id in changed.scalars().all():
        await note_down(conn, id, by, State.APPROVED, now, "前の回の訂正を、この回の文にも入れた")


async def end(conn: AsyncConnection, line: Row[Any], by: Official, why: str, now: datetime) -> None:
    """Those that wait are stopped, and where the next is not made yet none is: this round's own day was the last."""
    if line.repeats is None:
        return
    last = {"repeats_until": day_in_japan(line.begins_at)}
    await conn.execute(update(broadcasts).where(broadcasts.c.id == line.id).values(**last))
    waiting = select(broadcasts).where(*_waits(line.series or line.id, line.begins_at)).with_for_update()
    for one in (await conn.execute(waiting)).all():
        note = f"前の回から先の繰り返しを終えた: {why}"
        await move(conn, one, by, State.STOPPED, now, {"note": note})


def _waits(series: UUID, after: datetime) -> tuple[ColumnElement[bool], ...]:
    kept = broadcasts.c
    return kept.series == series, kept.state == State.APPROVED.value, kept.begins_at > after
