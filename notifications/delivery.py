"""A notice to one becomes a row of her inbox and a chunk of one; an approved broadcast is published. In the transaction
that decides it: what goes over the network is left to the pushing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications import progress
from notifications.audience.bitmaps import Bitmaps
from notifications.broadcasts.sending import as_told, to_whom, waves
from notifications.jobs import Clock, Defer, Open, day_in_japan
from notifications.notice import Notice
from notifications.post.keeping import keep_notice
from notifications.post.publish import CHUNK, publish, push_later
from notifications.post.snapshot import Stage
from notifications.tables import broadcasts, contacts, deliveries


async def tell_one(
    conn: AsyncConnection,
    defer: Defer,
    resident: UUID,
    notice: Notice,
    *,
    child: UUID | None = None,
    sender_key: str | None = None,
    topic: str | None = None,
    asks: Mapping[str, Any] | None = None,
    copy_of: UUID | None = None,
) -> bool:
    """A personal notice: seen by this resident only, by no ward. False: it had been delivered already. `child`: the
    key of whom it concerns; None: herself. `copy_of`: whose words it has. The others: instead of the notice's own."""
    notice = replace(
        notice,
        sender_key=sender_key or notice.sender_key,
        topic=topic or notice.topic,
        asks=notice.asks if asks is None else asks,
    )
    if not await keep_notice(conn, notice, personal=True, copy_of=copy_of):
        return False
    line = {"sent_on": day_in_japan(notice.sent_at), "notice": notice.id, "sent_at": notice.sent_at, "child": child}
    await conn.execute(insert(deliveries).values(resident=resident, **line))
    number = (await conn.execute(select(contacts.c.number).where(contacts.c.resident == resident))).scalar()
    if number is not None:
        cut = [Stage(number, number, notice.sent_at)]
        now = notice.sent_at
        await push_later(conn, defer, cut, notice=notice.id, sent_at=notice.sent_at, ward=None, now=now)
    return True


async def expand_broadcast(
    *,
    open: Open,
    defer: Defer,
    clock: Clock,
    broadcast: UUID,
    bitmaps: Bitmaps | None = None,
    most: int = CHUNK,
) -> None:
    """The job of an approved broadcast: whom the audience holds on the day of sending gets it, in one transaction.
    May be run again, or by two workers; nothing when it was stopped. `bitmaps`: what this process knows of wards."""
    async with open() as conn:
        await _send(conn, defer, broadcast, clock, bitmaps or Bitmaps(), most)
    async with open() as conn:
        await progress.finish(conn, broadcast, clock())


async def make_partitions(conn: AsyncConnection, today: date) -> None:
    """This month's tables and those of the next two; to be run daily."""
    for month in range(3):
        day = today.replace(day=1) + timedelta(days=31 * month)
        await conn.execute(select(func.mail_room_make_partition(day)))


async def _send(
    conn: AsyncConnection, defer: Defer, broadcast: UUID, clock: Clock, bitmaps: Bitmaps, most: int
) -> None:
    now = clock()
    line = (await conn.execute(select(broadcasts).where(broadcasts.c.id == broadcast).with_for_update())).one()
    if line.state != "approved":
        return
    sending = {"state": "sending", "sent_at": now, "sent_on": day_in_japan(now)}
    begun = await conn.execute(
        update(broadcasts).where(broadcasts.c.id == broadcast).values(**sending).returning(broadcasts)
    )
    told = begun.one()
    await progress.note_down(conn, broadcast, told.ward, "sending", now)
    members = await bitmaps.members(conn, to_whom(told), told.sent_on)
    await publish(conn, defer, as_told(told, now), members, waves=waves(told, now), most=most)
