"""Officials: of one ward, with the roles their realm gives them at each login."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.sessions import SEEN_AT_MOST_EVERY, Lifetimes, hashed
from bff.identity.tables import staff, staff_sessions
from bff.identity.userinfo import OfficialClaims


@dataclass(frozen=True)
class Official:
    """`ward` is the 6-digit code; `roles` are some of `roles.ROLES`."""

    id: UUID
    name: str
    ward: str
    department: str
    roles: frozenset[str]


async def welcome(
    conn: AsyncConnection, *, issuer: str, claims: OfficialClaims, new_id: Callable[[], UUID], now: datetime
) -> Official:
    """The official who has just logged in; ward and roles are what the realm says now, and open sessions that rest
    on other ones end."""
    told = {
        "name": claims.name,
        "ward": claims.ward,
        "department": claims.department,
        "roles": sorted(claims.roles),
    }
    before = select(staff.c.id, staff.c.ward, staff.c.roles).where(staff.c.issuer == issuer, staff.c.sub == claims.sub)
    known = (await conn.execute(before.with_for_update())).first()
    if known is not None and (known.ward, known.roles) != (claims.ward, told["roles"]):
        await conn.execute(delete(staff_sessions).where(staff_sessions.c.staff == known.id))
    made = upsert(staff).values(id=new_id(), issuer=issuer, sub=claims.sub, made_at=now, **told)
    official: UUID = (
        await conn.execute(
            made.on_conflict_do_update(index_elements=[staff.c.issuer, staff.c.sub], set_=told).returning(staff.c.id)
        )
    ).scalar_one()
    return Official(official, claims.name, claims.ward, claims.department, frozenset(claims.roles))


async def begin(
    conn: AsyncConnection,
    official: UUID,
    *,
    now: datetime,
    lifetimes: Lifetimes,
    new_token: Callable[[], str],
    ended: str | None,
) -> str:
    """As `sessions.begin`, for an official."""
    if ended:
        await end(conn, ended)
    token = new_token()
    await conn.execute(
        insert(staff_sessions).values(
            token_hash=hashed(token), staff=official, made_at=now, seen_at=now, expires_at=now + lifetimes.absolute
        )
    )
    return token


async def look_up(conn: AsyncConnection, token: str, *, now: datetime, lifetimes: Lifetimes) -> Official | None:
    """Which official holds `token`; None: nobody, or the session has ended. Needs the house door."""
    session = staff_sessions.c
    row = (
        await conn.execute(
            select(staff.c.id, staff.c.name, staff.c.ward, staff.c.department, staff.c.roles, session.seen_at)
            .join(staff_sessions, session.staff == staff.c.id)
            .where(
                session.token_hash == hashed(token),
                session.expires_at > now,
                session.seen_at > now - lifetimes.idle,
            )
        )
    ).first()
    if row is None:
        return None
    if row.seen_at <= now - SEEN_AT_MOST_EVERY:
        await conn.execute(update(staff_sessions).where(session.token_hash == hashed(token)).values(seen_at=now))
    return Official(row.id, row.name, row.ward, row.department, frozenset(row.roles))


async def end(conn: AsyncConnection, token: str) -> UUID | None:
    """Whose session was ended; None: there was none."""
    ended: UUID | None = (
        await conn.execute(
            delete(staff_sessions).where(staff_sessions.c.token_hash == hashed(token)).returning(staff_sessions.c.staff)
        )
    ).scalar()
    return ended
