"""Officials: of one ward, or one school of it, with the roles their realm gives them at each login."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.sessions import SEEN_AT_MOST_EVERY, Lifetimes, hashed
from bff.identity.tables import staff, staff_devices, staff_sessions
from bff.identity.userinfo import OfficialClaims


@dataclass(frozen=True)
class Official:
    """`ward` is the 6-digit code; `roles` are some of `roles.ROLES`; with a `school` she sees nothing but it."""

    id: UUID
    name: str
    ward: str
    department: str
    roles: frozenset[str]
    school: str | None = None


@dataclass(frozen=True)
class AtWork:
    """An official with a live session. `rose_at`: when the second factor was shown in it; `enrols_until`: until then a
    passkey may be enrolled by whoever has none."""

    official: Official
    session: UUID
    made_at: datetime
    rose_at: datetime | None
    enrols_until: datetime | None


async def welcome(
    conn: AsyncConnection,
    *,
    issuer: str,
    claims: OfficialClaims,
    new_id: Callable[[], UUID],
    now: datetime,
    window: timedelta = timedelta(0),
) -> Official:
    """The official who has just logged in; ward, school and roles are what the realm says now, and open sessions that
    rest on other ones end. `window`: so long after the very first login a passkey may be enrolled."""
    told = {
        "name": claims.name,
        "ward": claims.ward,
        "department": claims.department,
        "roles": sorted(claims.roles),
        "school": claims.school or None,
    }
    before = select(staff.c.id, staff.c.ward, staff.c.roles, staff.c.school).where(
        staff.c.issuer == issuer, staff.c.sub == claims.sub
    )
    known = (await conn.execute(before.with_for_update())).first()
    if known is not None and (known.ward, known.roles, known.school) != (told["ward"], told["roles"], told["school"]):
        await conn.execute(delete(staff_sessions).where(staff_sessions.c.staff == known.id))
    made = upsert(staff).values(
        id=new_id(), issuer=issuer, sub=claims.sub, made_at=now, enrols_until=now + window, **told
    )
    official: UUID = (
        await conn.execute(
            made.on_conflict_do_update(index_elements=[staff.c.issuer, staff.c.sub], set_=told).returning(staff.c.id)
        )
    ).scalar_one()
    return Official(
        official, claims.name, claims.ward, claims.department, frozenset(claims.roles), claims.school or None
    )


async def known(conn: AsyncConnection, ids: Collection[UUID]) -> list[Official]:
    """Those of these officials who are known here, as they were at their last login. Needs the house door."""
    rows = await conn.execute(
        select(staff.c.id, staff.c.name, staff.c.ward, staff.c.department, staff.c.roles).where(staff.c.id.in_(ids))
    )
    return [Official(row.id, row.name, row.ward, row.department, frozenset(row.roles)) for row in rows]


async def begin(
    conn: AsyncConnection,
    official: UUID,
    *,
    id: UUID,
    now: datetime,
    lifetimes: Lifetimes,
    new_token: Callable[[], str],
    ended: str | None,
    device: str = "",
    rose_at: datetime | None = None,
) -> str:
    """As `sessions.begin`, for an official. `device`: what the browser says it is, for the list of sessions."""
    if ended:
        await end(conn, ended)
    token = new_token()
    await conn.execute(
        insert(staff_sessions).values(
            token_hash=hashed(token),
            staff=official,
            id=id,
            device=device[:100],
            made_at=now,
            seen_at=now,
            expires_at=now + lifetimes.absolute,
            rose_at=rose_at,
        )
    )
    return token


async def rise(
    conn: AsyncConnection, session: UUID, *, now: datetime, new_token: Callable[[], str], tried_out: bool = False
) -> str:
    """The second factor was shown, or (`tried_out`) passed over where a demo lets it: the session goes on under a token
    nobody has seen before, no longer than it would have. Raises `LookupError` when it has ended meanwhile."""
    token = new_token()
    risen = await conn.execute(
        update(staff_sessions)
        .where(staff_sessions.c.id == session, staff_sessions.c.expires_at > now)
        .values(token_hash=hashed(token), rose_at=now, seen_at=now, tried_out=tried_out)
    )
    if risen.rowcount != 1:
        raise LookupError("the session has ended")
    return token


async def look_up(conn: AsyncConnection, token: str, *, now: datetime, lifetimes: Lifetimes) -> AtWork | None:
    """Which official holds `token`; None: nobody, or the session has ended. Needs the house door."""
    session = staff_sessions.c
    who = (staff.c.id, staff.c.name, staff.c.ward, staff.c.department, staff.c.roles, staff.c.school)
    row = (
        await conn.execute(
            select(
                *who,
                staff.c.enrols_until,
                session.id.label("session"),
                session.seen_at,
                session.made_at.label("began_at"),
                session.rose_at,
            )
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
    official = Official(row.id, row.name, row.ward, row.department, frozenset(row.roles), row.school)
    return AtWork(official, row.session, row.began_at, row.rose_at, row.enrols_until)


async def end(conn: AsyncConnection, token: str) -> UUID | None:
    """Whose session was ended; None: there was none."""
    ended: UUID | None = (
        await conn.execute(
            delete(staff_sessions).where(staff_sessions.c.token_hash == hashed(token)).returning(staff_sessions.c.staff)
        )
    ).scalar()
    return ended


async def is_new_device(conn: AsyncConnection, official: UUID, secret: str, now: datetime) -> bool:
    """Whether the browser that holds `secret` was never used by this official before; it is known from now on."""
    seen = await conn.execute(
        update(staff_devices)
        .where(staff_devices.c.staff == official, staff_devices.c.device_hash == hashed(secret))
        .values(last_at=now)
    )
    if seen.rowcount:
        return False
    made = {"staff": official, "device_hash": hashed(secret), "first_at": now, "last_at": now}
    await conn.execute(upsert(staff_devices).values(made).on_conflict_do_nothing())
    return True


async def may_enrol(conn: AsyncConnection, official: UUID, until: datetime | None) -> None:
    """Until when a passkey may be enrolled by who has none; None: no longer."""
    await conn.execute(update(staff).where(staff.c.id == official).values(enrols_until=until))
