"""How many notices a ward's residents got, and opened, by day; of nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, not_, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.tables import notice_acts, notices, push_chunks, snapshots


@dataclass(frozen=True)
class DayReached:
    day: date
    ward: str
    delivered: int
    reached: int


async def reached(conn: AsyncConnection, since: date) -> Sequence[DayReached]:
    """House door."""
    sent = await conn.execute(
        select(notices.c.sent_on, notices.c.ward, func.sum(snapshots.c.size))
        .join_from(notices, snapshots, snapshots.c.notice == notices.c.id)
        .where(notices.c.sent_on >= since)
        .group_by(notices.c.sent_on, notices.c.ward)
    )
    opened = await conn.execute(
        select(notices.c.sent_on, notices.c.ward, func.count())
        .join_from(notices, notice_acts, notice_acts.c.notice == notices.c.id)
        .where(notices.c.sent_on >= since, notice_acts.c.ward.is_not(None), notice_acts.c.opened_at.is_not(None))
        .group_by(notices.c.sent_on, notices.c.ward)
    )
    open_by = {(day, ward): count for day, ward, count in opened}
    return [DayReached(day, ward, int(size), open_by.get((day, ward), 0)) for day, ward, size in sent]


@dataclass(frozen=True, slots=True)
class People:
    """Of one broadcast: to how many it went, and how many of them opened it, confirmed that they had understood, and
    gave what was asked. `opened`: what it says now."""

    recipients: int
    opened: int
    confirmed: int
    answered: int


async def people(conn: AsyncConnection, broadcast: UUID) -> People:
    """The house's door or its ward's. All nought before it is sent."""
    sizes = await conn.execute(select(snapshots.c.size, snapshots.c.revision).where(snapshots.c.notice == broadcast))
    kept = sizes.one_or_none()
    if kept is None:
        return People(0, 0, 0, 0)
    act = notice_acts.c
    told = select(
        func.count(act.opened_at).filter(act.revision >= kept.revision),
        func.count(act.confirmed_at),
        func.count(act.answered_at),
    ).where(act.notice == broadcast, act.ward.is_not(None))
    return People(kept.size, *(await conn.execute(told)).one())


@dataclass(frozen=True, slots=True)
class Turns:
    """People of a broadcast's current revision to whom no push has been tried yet, and who will get none."""

    to_come: int
    held_back: int


async def turns(conn: AsyncConnection, broadcast: UUID, sent_on: date) -> Turns:
    """The house's door or its ward's. Who was to be told after a stop is held back for good, whatever was corrected for
    the others since."""
    of, chunk = push_chunks.alias(), push_chunks.c
    newest = select(func.max(of.c.revision)).where(of.c.sent_on == sent_on, of.c.notice == broadcast).scalar_subquery()
    to_come = or_(and_(chunk.state == "waiting", chunk.tries == 0), and_(chunk.state == "sending", chunk.tries == 1))
    never = func.coalesce(chunk.due_at > snapshots.c.stopped_at, False)
    held = or_(and_(chunk.revision == 1, never), and_(chunk.revision == newest, not_(never)))
    told = (
        select(
            func.coalesce(func.sum(chunk.size).filter(to_come, chunk.revision == newest), 0),
            func.coalesce(func.sum(chunk.size).filter(chunk.state == "held_back", held), 0),
        )
        .outerjoin_from(push_chunks, snapshots, snapshots.c.notice == chunk.notice)
        .where(chunk.sent_on == sent_on, chunk.notice == broadcast)
    )
    return Turns(*(await conn.execute(told)).one())


@dataclass(frozen=True, slots=True)
class Lately:
    """A broadcast of the last day. `in_time`: opened within five minutes; `waiting`: people to whom no push has been
    tried yet."""

    id: UUID
    ward: str
    kind: str
    recipients: int
    opened: int
    in_time: int
    waiting: int


_LATELY = text("""
    SELECT n.id, n.ward, n.kind, s.size AS recipients,
        count(a.opened_at) AS opened,
        count(*) FILTER (WHERE a.opened_at <= n.sent_at + interval '5 minutes') AS in_time,
        coalesce((SELECT sum(c.size) FROM push_chunks c WHERE c.sent_on = n.sent_on AND c.notice = n.id
            AND c.state IN ('waiting', 'sending')), 0) AS waiting
    FROM (SELECT * FROM notices WHERE sent_on >= CAST(:since AS date) AND sent_at > :since AND NOT personal
            ORDER BY kind = 'emergency' DESC, sent_at DESC LIMIT :most) AS n
        JOIN snapshots s ON s.notice = n.id
        LEFT JOIN notice_acts a ON a.notice = n.id AND a.ward IS NOT NULL
    GROUP BY n.id, n.ward, n.kind, n.sent_at, n.sent_on, s.size
""")


async def lately(conn: AsyncConnection, since: datetime, most: int) -> Sequence[Lately]:
    """Broadcasts sent after `since`, emergencies first; house door."""
    return [Lately(*row) for row in await conn.execute(_LATELY, {"since": since, "most": most})]
