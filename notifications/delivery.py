"""A notice becomes one delivery a person (a row of her inbox) and one push a device, in the transaction that decides
it; what goes over the network is left to push_chunk."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications import audience_sql, progress
from notifications.audience import Audience
from notifications.delivery_rows import deliver
from notifications.jobs import PUSH_CHUNK, Clock, Defer, Open, day_in_japan
from notifications.notice import Notice
from notifications.rows import notice_of, text_to_json
from notifications.tables import broadcasts, contacts, notices
from notifications.words import Language


async def tell_one(conn: AsyncConnection, defer: Defer, resident: UUID, notice: Notice) -> None:
    """A personal notice: seen by this resident only, by no ward. The same notice again is delivered once."""
    if not await _keep_notice(conn, notice, personal=True):
        return
    language = select(contacts.c.language).where(contacts.c.resident == resident).scalar_subquery()
    someone = select(
        literal(resident, Uuid).label("resident"), func.coalesce(language, Language.JA.value).label("language")
    ).cte("page")
    pushed = (await deliver(conn, notice, someone, ward=None, chunk=0, due_at=notice.sent_at)).pushed
    if pushed:
        await _defer_push(conn, defer, notice, chunk=0)


async def expand_broadcast(*, open: Open, defer: Defer, clock: Clock, broadcast: UUID, chunk_size: int = 1000) -> None:
    """The job of an approved broadcast: `chunk_size` people a transaction, in the order of their ids, from where the
    last transaction ended. May be run again, or by two workers; ends early when the broadcast was stopped.

    Who enters the address book while it runs may be missed; whom the audience holds is judged by the day of sending.
    """
    async with open() as conn:
        await _begin(conn, broadcast, clock())
    while True:
        async with open() as conn:
            if not await _next_chunk(conn, defer, broadcast, clock(), chunk_size):
                break
    async with open() as conn:
        await progress.finish(conn, broadcast, clock())


async def make_partitions(conn: AsyncConnection, today: date) -> None:
    """This month's tables and those of the next two; to be run daily."""
    for month in range(3):
        day = today.replace(day=1) + timedelta(days=31 * month)
        await conn.execute(select(func.mail_room_make_partition(day)))


async def _locked(conn: AsyncConnection, broadcast: UUID) -> Row[Any]:
    return (await conn.execute(select(broadcasts).where(broadcasts.c.id == broadcast).with_for_update())).one()


async def _begin(conn: AsyncConnection, broadcast: UUID, now: datetime) -> None:
    line = await _locked(conn, broadcast)
    if line.state != "approved":
        return
    sending = {"state": "sending", "sent_at": now, "sent_on": day_in_japan(now)}
    begun = await conn.execute(
        update(broadcasts).where(broadcasts.c.id == broadcast).values(**sending).returning(broadcasts)
    )
    await _keep_notice(conn, notice_of(begun.one()), personal=False)
    await progress.note_down(conn, broadcast, line.ward, "sending", now)


async def _next_chunk(conn: AsyncConnection, defer: Defer, broadcast: UUID, now: datetime, size: int) -> bool:
    """False: there is nothing left to expand."""
    line = await _locked(conn, broadcast)
    if line.state != "sending" or line.expanded:
        return False
    held = audience_sql.condition(Audience.from_json(line.audience), line.sent_on)
    page = select(contacts.c.resident, contacts.c.language).where(held).order_by(contacts.c.resident).limit(size)
    if line.reached_resident is not None:
        page = page.where(contacts.c.resident > line.reached_resident)
    done = await deliver(conn, notice_of(line), page.cte("page"), ward=line.ward, chunk=line.chunks, due_at=now)
    reached = {"chunks": line.chunks + 1, "expanded": done.found < size}
    if done.last is not None:
        reached["reached_resident"] = done.last
    await conn.execute(update(broadcasts).where(broadcasts.c.id == broadcast).values(**reached))
    if done.pushed:
        await _defer_push(conn, defer, notice_of(line), chunk=line.chunks)
    return done.found == size


async def _keep_notice(conn: AsyncConnection, notice: Notice, *, personal: bool) -> bool:
    """False: it is there already."""
    sent_on = day_in_japan(notice.sent_at)
    await conn.execute(select(func.mail_room_make_partition(sent_on)))
    texts = {name: text_to_json(getattr(notice, name)) for name in ("sender", "title", "body")}
    kept = await conn.execute(
        insert(notices)
        .values(
            id=notice.id,
            ward=notice.ward,
            personal=personal,
            kind=notice.kind.value,
            sent_at=notice.sent_at,
            sent_on=sent_on,
            act_by=notice.act_by,
            about=notice.about,
            **texts,
        )
        .on_conflict_do_nothing()
        .returning(notices.c.id)
    )
    return kept.first() is not None


async def _defer_push(conn: AsyncConnection, defer: Defer, notice: Notice, chunk: int) -> None:
    sent_on = day_in_japan(notice.sent_at).isoformat()
    await defer(conn, PUSH_CHUNK, args={"notice": str(notice.id), "sent_on": sent_on, "chunk": chunk})
