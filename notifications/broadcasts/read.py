"""What an official sees of the ward's broadcasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications import counting
from notifications.audience import Audience
from notifications.broadcasts.plan import Every, Plan
from notifications.broadcasts.terms import Broadcast, NotThere, State
from notifications.rows import notice_of
from notifications.tables import broadcast_history, broadcasts, pushes


@dataclass(frozen=True, slots=True)
class Happening:
    """It came into the state `what`. `who` None: the mail room itself."""

    at: datetime
    who: str | None
    who_name: str | None
    what: State
    note: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """People: recipients, with_device, opened, held_back (not pushed because it was stopped). Devices: accepted (by the
    push service), failed (gone ones too), waiting (to be tried again; and people whose turn has not come)."""

    recipients: int
    with_device: int
    accepted: int
    failed: int
    waiting: int
    opened: int
    held_back: int


async def one(conn: AsyncConnection, ward: str, broadcast: UUID) -> Broadcast | None:
    """None: this ward has no such broadcast."""
    asked = select(broadcasts).where(broadcasts.c.id == broadcast, broadcasts.c.ward == ward)
    row = (await conn.execute(asked)).one_or_none()
    return None if row is None else broadcast_of(row)


async def of_ward(
    conn: AsyncConnection, ward: str, first: int = 50, after: UUID | None = None
) -> tuple[Broadcast, ...]:
    """Newest first; those that follow the broadcast `after`."""
    asked = select(broadcasts).where(broadcasts.c.ward == ward)
    asked = asked.order_by(broadcasts.c.written_at.desc(), broadcasts.c.id.desc()).limit(first)
    if after is not None:
        place = select(broadcasts.c.written_at).where(broadcasts.c.id == after, broadcasts.c.ward == ward)
        asked = asked.where(tuple_(broadcasts.c.written_at, broadcasts.c.id) < tuple_(place.scalar_subquery(), after))
    return tuple(broadcast_of(row) for row in await conn.execute(asked))


async def history(conn: AsyncConnection, ward: str, broadcast: UUID) -> tuple[Happening, ...]:
    """In the order it happened."""
    log = broadcast_history
    asked = select(log).where(log.c.broadcast == broadcast, log.c.ward == ward).order_by(log.c.id)
    return tuple(
        Happening(row.at, row.who, row.who_name, State(row.what), row.note) for row in await conn.execute(asked)
    )


async def counts(conn: AsyncConnection, ward: str, broadcast: UUID) -> Counts:
    """All nought before it is sent. Raises NotThere."""
    asked = select(broadcasts.c.sent_on).where(broadcasts.c.id == broadcast, broadcasts.c.ward == ward)
    told = (await conn.execute(asked)).one_or_none()
    if told is None:
        raise NotThere
    if told.sent_on is None:
        return Counts(0, 0, 0, 0, 0, 0, 0)
    done = await counting.people(conn, broadcast)
    state = pushes.c.state
    sent = await conn.execute(
        select(
            func.count(pushes.c.resident.distinct()).label("with_device"),
            func.count().filter(state == "accepted").label("accepted"),
            func.count().filter(state.in_(("failed", "gone"))).label("failed"),
            func.count().filter(state.in_(("waiting", "rung", "digest"))).label("again"),
        ).where(pushes.c.sent_on == told.sent_on, pushes.c.notice == broadcast, pushes.c.ward == ward)
    )
    with_device, accepted, failed, again = sent.one()
    turn = await counting.turns(conn, broadcast, told.sent_on)
    return Counts(
        recipients=done.recipients,
        with_device=with_device,
        accepted=accepted,
        failed=failed,
        waiting=again + turn.to_come,
        opened=done.opened,
        held_back=turn.held_back,
    )


def broadcast_of(row: Row[Any]) -> Broadcast:
    told = notice_of(row)
    return Broadcast(
        id=told.id,
        ward=told.ward,
        school=row.school,
        state=State(row.state),
        version=row.version,
        kind=told.kind,
        sender=told.sender,
        title=told.title,
        body=told.body,
        act_by=told.act_by,
        about=told.about,
        audience=Audience.from_json(row.audience),
        author=row.author,
        author_name=row.author_name,
        approver=row.approver,
        approver_name=row.approver_name,
        written_at=row.written_at,
        sent_at=row.sent_at,
        note=row.note,
        topic=row.topic,
        plan=plan_of(row),
        series=row.series,
        approvals_needed=row.approvals_needed,
        trial=row.trial,
        revision=row.revision,
        recalled_at=row.recalled_at,
    )


def plan_of(row: Row[Any]) -> Plan:
    every = None if row.repeats is None else Every(row.repeats)
    return Plan(row.begins_at, every, row.repeats_until, row.first_percent, row.pause_minutes)
