"""Statements over mandates, by Core; every one names the person or the mandate it touches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.family.mandate import Mandate, State
from bff.family.tables import mandates

_m = mandates.c
_READ = [column for column in _m if column.name in Mandate.__dataclass_fields__]
REMIND_BEFORE = timedelta(days=7)
OVER_IS_KEPT = timedelta(days=365)
LIVE = ("asked", "offered", "accepted")


async def keep(conn: AsyncConnection, **values: Any) -> None:
    """A new row, its columns by name."""
    await conn.execute(insert(mandates).values(**values))


async def one(conn: AsyncConnection, mandate: UUID, *, lock: bool = False) -> Mandate | None:
    """Whosever it is: the caller checks; with `lock` nobody else changes it until this transaction ends."""
    found = select(*_READ).where(_m.id == mandate)
    return _first(await conn.execute(found.with_for_update() if lock else found))


async def by_code(conn: AsyncConnection, hashed: bytes) -> Mandate | None:
    """The mandate whose one-time code this is the hash of, held until this transaction ends."""
    return _first(await conn.execute(select(*_READ).where(_m.code_hash == hashed).with_for_update()))


async def of(conn: AsyncConnection, resident: UUID) -> Sequence[Mandate]:
    """Hers from both sides, newest first; what is over is shown for a year."""
    mine = select(*_READ).where(or_(_m.represented == resident, _m.representative == resident))
    return [_mandate(row) for row in await conn.execute(mine.order_by(_m.made_at.desc(), _m.id).limit(100))]


async def live_of(conn: AsyncConnection, resident: UUID) -> int:
    """How many of those she gave are open."""
    mine = select(func.count()).select_from(mandates).where(_m.represented == resident, _m.state.in_(LIVE))
    return (await conn.execute(mine)).scalar_one()


async def about(conn: AsyncConnection, resident: UUID, person: str) -> Sequence[Mandate]:
    """Accepted ones about one member of this account's household."""
    those = select(*_READ).where(_m.represented == resident, _m.person == person, _m.state == "accepted")
    return [_mandate(row) for row in await conn.execute(those.order_by(_m.made_at))]


async def about_person(conn: AsyncConnection, digest: bytes) -> Sequence[Mandate]:
    """Those that others gave about this grown person, newest first (house door)."""
    those = select(*_READ).where(_m.about == digest)
    return [_mandate(row) for row in await conn.execute(those.order_by(_m.made_at.desc(), _m.id).limit(100))]


async def nameless(conn: AsyncConnection) -> Sequence[Mandate]:
    """Open ones that a resident gave about another person before it was kept whom they are about."""
    given = (_m.about.is_(None), _m.person.is_not(None), _m.official.is_(None), _m.state.in_(("offered", "accepted")))
    return [_mandate(row) for row in await conn.execute(select(*_READ).where(*given).limit(500))]


async def asked_of(conn: AsyncConnection, ward: str) -> Sequence[Mandate]:
    """What people ask this ward to confirm, and what it has confirmed, open ones first and oldest first."""
    those = select(*_READ).where(_m.ward == ward, _m.state.in_(("asked", "accepted")))
    ordered = those.order_by(_m.state.desc(), _m.made_at).limit(200)
    return [_mandate(row) for row in await conn.execute(ordered)]


async def change(conn: AsyncConnection, mandate: UUID, **values: Any) -> None:
    await conn.execute(update(mandates).where(_m.id == mandate).values(**values))


async def wrong_try(conn: AsyncConnection, mandate: UUID) -> int:
    """How often a code was used by somebody it was not for."""
    tried = update(mandates).where(_m.id == mandate).values(tries=_m.tries + 1).returning(_m.tries)
    return int((await conn.execute(tried)).scalar_one())


async def finish(conn: AsyncConnection, mandate: UUID, state: State, *, by: str, now: datetime) -> None:
    """Over from this moment; its code opens nothing any more."""
    await change(conn, mandate, state=state, ended_by=by, ended_at=now, code_hash=None, code_until=None)


async def ending(conn: AsyncConnection, today: date) -> Sequence[Mandate]:
    """Accepted ones whose last day is near and that nobody was reminded of."""
    near = (_m.state == "accepted", _m.reminded_at.is_(None), _m.ends_on <= today + REMIND_BEFORE, _m.ends_on >= today)
    return [_mandate(row) for row in await conn.execute(select(*_READ).where(*near).limit(500))]


async def past(conn: AsyncConnection, today: date, now: datetime) -> Sequence[Mandate]:
    """Open ones whose last day, or whose code's last moment, is over."""
    over = or_(
        (_m.state == "accepted") & (_m.ends_on < today),
        (_m.state == "offered") & (_m.code_until <= now),
        (_m.state == "asked") & (_m.ends_on < today),
    )
    return [_mandate(row) for row in await conn.execute(select(*_READ).where(over).limit(500))]


async def all_live_of(conn: AsyncConnection, resident: UUID) -> Sequence[Mandate]:
    """Every open one from either side."""
    mine = or_(_m.represented == resident, _m.representative == resident)
    return [_mandate(row) for row in await conn.execute(select(*_READ).where(mine, _m.state.in_(LIVE)))]


def _first(rows: Any) -> Mandate | None:
    row = rows.first()
    return _mandate(row) if row else None


def _mandate(row: Row[Any]) -> Mandate:
    return Mandate(**{**dict(row._mapping), "bundles": tuple(row.bundles)})
