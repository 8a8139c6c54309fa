"""The rows of pushes to do: which are due, whose they are, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.tables import TO_DO, deliveries, devices, pushes

LEASE = timedelta(seconds=60)
"""Longer than any batch takes: all its pushes go at once, each with 15 s of patience."""

# The devices are given as an array, so that the primary key is used whatever the planner believes of a table that was
# filled a moment ago.
_CLAIM = text("""
    UPDATE pushes SET state = 'sending', claimed_at = :now, tries = tries + 1
    WHERE sent_on = :sent_on AND notice = :notice AND device = ANY (CAST(:devices AS uuid[]))
""")
_SETTLE = text("""
    UPDATE pushes AS p SET state = v.state, due_at = coalesce(v.due_at, p.due_at), settled_at = :now
    FROM unnest(CAST(:devices AS uuid[]), CAST(:states AS text[]), CAST(:dues AS timestamptz[]))
        AS v (device, state, due_at)
    WHERE p.sent_on = :sent_on AND p.notice = :notice AND p.device = ANY (CAST(:devices AS uuid[]))
        AND p.device = v.device AND p.state = 'sending' AND p.claimed_at = :claimed_at
""")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Pushes made by one transaction of the expansion."""

    notice: UUID
    sent_on: date
    number: int

    def rows(self) -> ColumnElement[bool]:
        return and_(pushes.c.sent_on == self.sent_on, pushes.c.notice == self.notice, pushes.c.chunk == self.number)


async def claim(conn: AsyncConnection, chunk: Chunk, now: datetime, most: int) -> Sequence[Row[Any]]:
    """Claims the first `most` due rows no one else is at, and finds where they go: device, origin, language, tries
    (before this one), endpoint (None: the device was forgotten), p256dh, auth, opened_at."""
    opened_at = select(deliveries.c.opened_at).where(
        deliveries.c.sent_on == chunk.sent_on,
        deliveries.c.notice == chunk.notice,
        deliveries.c.resident == pushes.c.resident,
    )
    due: Select[Any] = (
        select(
            pushes.c.device,
            pushes.c.origin,
            pushes.c.language,
            pushes.c.tries,
            devices.c.endpoint,
            devices.c.p256dh,
            devices.c.auth,
            opened_at.scalar_subquery().label("opened_at"),
        )
        .outerjoin_from(pushes, devices, devices.c.id == pushes.c.device)
        .where(chunk.rows(), TO_DO, _due(now))
        .order_by(pushes.c.device)
        .limit(most)
        .with_for_update(of=pushes, skip_locked=True)
    )
    rows: Sequence[Row[Any]] = (await conn.execute(due)).all()
    if rows:
        ours = {"sent_on": chunk.sent_on, "notice": chunk.notice, "devices": [row.device for row in rows], "now": now}
        await conn.execute(_CLAIM, ours)
    return rows


async def hold_back(conn: AsyncConnection, chunk: Chunk, now: datetime) -> None:
    """Nothing more of a stopped broadcast is pushed."""
    held = or_(pushes.c.state == "waiting", _left_lying(now))
    await conn.execute(update(pushes).where(chunk.rows(), TO_DO, held).values(state="held_back", settled_at=now))


async def write(
    conn: AsyncConnection,
    chunk: Chunk,
    claimed_at: datetime,
    ends: Mapping[UUID, tuple[str, datetime | None]],
    now: datetime,
) -> None:
    """Only rows still ours: not those that another took over after our lease."""
    if not ends:
        return
    states, dues = zip(*ends.values(), strict=True)
    given = {"devices": list(ends), "states": list(states), "dues": list(dues)}
    known = {"sent_on": chunk.sent_on, "notice": chunk.notice, "claimed_at": claimed_at, "now": now}
    await conn.execute(_SETTLE, given | known)


async def leave_in_peace(conn: AsyncConnection, chunk: Chunk, origin: str, until: datetime) -> None:
    """A push service that asked for time gets nothing more of this chunk before."""
    waiting = and_(chunk.rows(), TO_DO, pushes.c.origin == origin, pushes.c.state == "waiting")
    await conn.execute(update(pushes).where(waiting).values(due_at=func.greatest(pushes.c.due_at, until)))


async def next_time(conn: AsyncConnection, chunk: Chunk) -> datetime | None:
    """When something of the chunk is due again, or someone's claim ends; None: all is settled."""
    left = select(func.min(_then())).where(chunk.rows(), TO_DO)
    return (await conn.execute(left)).scalar_one()


async def overdue(conn: AsyncConnection, before: datetime, most: int) -> list[Chunk]:
    """Chunks with something that should have been done before that time."""
    asked = select(pushes.c.notice, pushes.c.sent_on, pushes.c.chunk).distinct()
    late = asked.where(TO_DO, _then() < before).limit(most)
    return [Chunk(*row) for row in await conn.execute(late)]


def _then() -> ColumnElement[datetime]:
    return case((pushes.c.state == "waiting", pushes.c.due_at), else_=pushes.c.claimed_at + literal(LEASE))


def _due(now: datetime) -> ColumnElement[bool]:
    return or_(and_(pushes.c.state == "waiting", pushes.c.due_at <= now), _left_lying(now))


def _left_lying(now: datetime) -> ColumnElement[bool]:
    return and_(pushes.c.state == "sending", pushes.c.claimed_at <= now - LEASE)
