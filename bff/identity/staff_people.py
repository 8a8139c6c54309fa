"""The officials of a ward as an administrator sees them, and their sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.sessions import Lifetimes
from bff.identity.staff import Official
from bff.identity.tables import staff, staff_sessions


@dataclass(frozen=True)
class StaffSession:
    """`id`: under which it is listed and ended, never what opens it. `tried_out`: it rose without a passkey."""

    id: UUID
    official: UUID
    device: str
    made_at: datetime
    seen_at: datetime
    expires_at: datetime
    rose_at: datetime | None
    tried_out: bool


@dataclass(frozen=True)
class Colleague:
    official: Official
    made_at: datetime
    enrols_until: datetime | None
    sessions: Sequence[StaffSession]


async def of_ward(conn: AsyncConnection, ward: str, *, now: datetime, lifetimes: Lifetimes) -> Sequence[Colleague]:
    """Ward door; by department and name, each with the sessions that live."""
    who = staff.c
    asked = select(
        who.id, who.name, who.ward, who.department, who.roles, who.school, who.made_at, who.enrols_until
    ).where(who.ward == ward)
    people = (await conn.execute(asked.order_by(who.department, who.name, who.id))).all()
    sessions = await _live(conn, [row.id for row in people], now, lifetimes)
    return [
        Colleague(
            Official(row.id, row.name, row.ward, row.department, frozenset(row.roles), row.school),
            row.made_at,
            row.enrols_until,
            [one for one in sessions if one.official == row.id],
        )
        for row in people
    ]


async def one(
    conn: AsyncConnection, ward: str, official: UUID, *, now: datetime, lifetimes: Lifetimes
) -> Colleague | None:
    """Ward door. None: nobody of this ward."""
    found = await of_ward(conn, ward, now=now, lifetimes=lifetimes)
    return next((colleague for colleague in found if colleague.official.id == official), None)


async def sessions_of(
    conn: AsyncConnection, official: UUID, *, now: datetime, lifetimes: Lifetimes
) -> Sequence[StaffSession]:
    return await _live(conn, [official], now, lifetimes)


async def end_session(conn: AsyncConnection, official: UUID, session: UUID) -> bool:
    """False: it had ended already, or is another's."""
    gone = delete(staff_sessions).where(staff_sessions.c.id == session, staff_sessions.c.staff == official)
    return (await conn.execute(gone)).rowcount == 1


async def end_sessions(conn: AsyncConnection, official: UUID, but: UUID | None = None) -> int:
    """All of an official's, or all but one; how many ended."""
    gone = delete(staff_sessions).where(staff_sessions.c.staff == official)
    return (await conn.execute(gone if but is None else gone.where(staff_sessions.c.id != but))).rowcount


async def _live(
    conn: AsyncConnection, officials: Sequence[UUID], now: datetime, lifetimes: Lifetimes
) -> Sequence[StaffSession]:
    kept = staff_sessions.c
    shown = (
        kept.id,
        kept.staff,
        kept.device,
        kept.made_at,
        kept.seen_at,
        kept.expires_at,
        kept.rose_at,
        kept.tried_out,
    )
    asked = select(*shown).where(kept.staff.in_(officials), kept.expires_at > now, kept.seen_at > now - lifetimes.idle)
    return [StaffSession(*row) for row in await conn.execute(asked.order_by(kept.seen_at.desc()))]
