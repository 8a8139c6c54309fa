"""The pushes of one chunk: claimed in small batches, sent with no transaction open, settled in one statement.

A batch belongs to who claimed it for LEASE. When a worker dies, its batch is claimed again after that and pushed with
the same Topic, so that the push service replaces what it still holds, and the phone drops a notice it has shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications import ladder, progress, push_rows
from notifications.jobs import PUSH_CHUNK, Clock, Defer, Open
from notifications.notice import Notice
from notifications.parcel import Fate, Outcome, Parcel, Pusher
from notifications.push_rows import LEASE, Chunk
from notifications.rows import notice_of
from notifications.tables import broadcasts, devices, notices
from notifications.words import Language

__all__ = ["LEASE", "push_chunk", "take_up_what_was_left"]

_FINAL = {
    Fate.ACCEPTED: "accepted",
    Fate.GONE: "gone",
    Fate.TOO_BIG: "failed",
    Fate.FAILED: "failed",
}
_BROKEN = (HTTPStatus.BAD_REQUEST, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_ACCEPTABLE)
"""Of this device, not of us: it is left out until its browser registers again."""


@dataclass(frozen=True, slots=True)
class Batch:
    """`tries` counts this one too. Empty parcels: nothing to send, but there may be more to claim."""

    notice: Notice
    claimed_at: datetime
    parcels: tuple[Parcel, ...]
    tries: Mapping[UUID, int]
    origins: Mapping[UUID, str]


async def push_chunk(
    *, open: Open, defer: Defer, clock: Clock, pusher: Pusher, notice: UUID, sent_on: date, chunk: int
) -> None:
    """The job: pushes what is due of the chunk, and comes again for what must wait. May be run by several at once."""
    of = Chunk(notice, sent_on, chunk)
    while True:
        async with open() as conn:
            batch = await _claim(conn, of, clock(), pusher.at_once)
        if batch is None:
            break
        outcomes = await pusher.push(batch.notice, batch.parcels, clock()) if batch.parcels else {}
        async with open() as conn:
            await _settle(conn, of, batch, outcomes, clock())
    async with open() as conn:
        await _come_again(conn, defer, of)
        await progress.finish(conn, notice, clock())


async def take_up_what_was_left(conn: AsyncConnection, defer: Defer, now: datetime, most: int = 1000) -> int:
    """Periodic: a job for each chunk that should have been at work for more than LEASE, should its own job be lost.
    How many chunks that are. House door."""
    late = await push_rows.overdue(conn, now - LEASE, most)
    for chunk in late:
        await _defer(conn, defer, chunk, at=None)
    return len(late)


async def _claim(conn: AsyncConnection, chunk: Chunk, now: datetime, most: int) -> Batch | None:
    """None: nothing is due."""
    asked = select(notices, broadcasts.c.state.label("broadcast_state")).outerjoin(
        broadcasts, broadcasts.c.id == notices.c.id
    )
    told = (await conn.execute(asked.where(notices.c.id == chunk.notice))).one()
    if told.broadcast_state == "stopped":
        await push_rows.hold_back(conn, chunk, now)
        return None
    claimed = await push_rows.claim(conn, chunk, now, most)
    if not claimed:
        return None
    batch = Batch(
        notice=notice_of(told),
        claimed_at=now,
        parcels=tuple(_parcel_of(row) for row in claimed),
        tries={row.device: row.tries + 1 for row in claimed},
        origins={row.device: row.origin for row in claimed},
    )
    return await _without_the_needless(conn, chunk, batch, claimed)


def _parcel_of(row: Row[Any]) -> Parcel:
    return Parcel(row.device, row.endpoint or "", row.p256dh or "", row.auth or "", Language(row.language))


async def _without_the_needless(
    conn: AsyncConnection, chunk: Chunk, batch: Batch, claimed: Sequence[Row[Any]]
) -> Batch:
    """Settles at once what need not be sent: device forgotten meanwhile, notice opened already, no longer of use."""
    ends: dict[UUID, str] = {}
    for row in claimed:
        rung = ladder.next_rung(batch.notice, row.opened_at, batch.claimed_at)
        if row.endpoint is None:
            ends[row.device] = "gone"
        elif rung is not ladder.Rung.PUSH:
            ends[row.device] = "needless" if rung is ladder.Rung.OPENED else "failed"
    settled = {device: (state, None) for device, state in ends.items()}
    await push_rows.write(conn, chunk, batch.claimed_at, settled, batch.claimed_at)
    return replace(batch, parcels=tuple(parcel for parcel in batch.parcels if parcel.device not in ends))


async def _settle(
    conn: AsyncConnection, chunk: Chunk, batch: Batch, outcomes: Mapping[UUID, Outcome], now: datetime
) -> None:
    ends: dict[UUID, tuple[str, datetime | None]] = {}
    busy: dict[str, datetime] = {}
    for device, outcome in outcomes.items():
        if outcome.fate is not Fate.LATER:
            ends[device] = (_FINAL[outcome.fate], None)
            continue
        again = ladder.retry_at(batch.notice, batch.tries[device], outcome.retry_after, now)
        ends[device] = ("failed", None) if again is None else ("waiting", again)
        if outcome.retry_after is not None:
            origin = batch.origins[device]
            busy[origin] = max(busy.get(origin, now), now + outcome.retry_after)
    await push_rows.write(conn, chunk, batch.claimed_at, ends, now)
    await _strike_out(conn, outcomes, now)
    for origin, until in busy.items():
        await push_rows.leave_in_peace(conn, chunk, origin, until)


async def _strike_out(conn: AsyncConnection, outcomes: Mapping[UUID, Outcome], now: datetime) -> None:
    gone = [device for device, outcome in outcomes.items() if outcome.fate is Fate.GONE]
    if gone:
        await conn.execute(delete(devices).where(devices.c.id.in_(gone)))
    broken = [device for device, outcome in outcomes.items() if outcome.status in _BROKEN]
    if broken:
        await conn.execute(update(devices).where(devices.c.id.in_(broken)).values(failed_at=now))


async def _come_again(conn: AsyncConnection, defer: Defer, chunk: Chunk) -> None:
    """For what is put off, and for what someone has claimed and may yet leave lying."""
    at = await push_rows.next_time(conn, chunk)
    if at is not None:
        await _defer(conn, defer, chunk, at)


async def _defer(conn: AsyncConnection, defer: Defer, chunk: Chunk, at: datetime | None) -> None:
    args = {"notice": str(chunk.notice), "sent_on": chunk.sent_on.isoformat(), "chunk": chunk.number}
    await defer(conn, PUSH_CHUNK, args=args, at=at, once=f"push:{chunk.notice}:{chunk.number}")
