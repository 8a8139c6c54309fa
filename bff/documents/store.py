"""Statements over documents, by Core; each names the person it touches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.documents.document import Kept
from bff.documents.tables import documents

_d = documents.c
_READ = [_d[name] for name in Kept.__dataclass_fields__]
REMIND_BEFORE: Final = timedelta(days=30)


async def keep(conn: AsyncConnection, **values: Any) -> bool:
    """Once for each number of a ward; what she deleted stays deleted. True: it is new."""
    kept = insert(documents).values(**values).on_conflict_do_nothing().returning(_d.id)
    return (await conn.execute(kept)).first() is not None


async def of(conn: AsyncConnection, resident: UUID) -> Sequence[Kept]:
    """Newest first; what she deleted is not among them."""
    mine = select(*_READ).where(_d.resident == resident, _d.content.is_not(None))
    return [_kept(row) for row in await conn.execute(mine.order_by(_d.fetched_at.desc(), _d.number).limit(200))]


async def one(conn: AsyncConnection, resident: UUID, document: UUID) -> Kept | None:
    mine = select(*_READ).where(_d.resident == resident, _d.id == document, _d.content.is_not(None))
    row = (await conn.execute(mine)).first()
    return _kept(row) if row else None


async def held(conn: AsyncConnection, document: UUID) -> Kept | None:
    """House door: whosever it is."""
    row = (await conn.execute(select(*_READ).where(_d.id == document, _d.content.is_not(None)))).first()
    return _kept(row) if row else None


async def delete(conn: AsyncConnection, resident: UUID, document: UUID, now: datetime) -> bool:
    """Its content and its seal are gone; its number stays, so that it is not fetched again."""
    gone = update(documents).where(_d.resident == resident, _d.id == document, _d.content.is_not(None))
    return (await conn.execute(gone.values(content=None, seal=None, deleted_at=now))).rowcount == 1


async def ending(conn: AsyncConnection, today: date) -> Sequence[Kept]:
    """Those that end within the month and that nobody was reminded of."""
    soon = (_d.valid_until >= today, _d.valid_until <= today + REMIND_BEFORE, _d.reminded_at.is_(None))
    return [_kept(row) for row in await conn.execute(select(*_READ).where(*soon, _d.content.is_not(None)).limit(500))]


async def reminded(conn: AsyncConnection, document: UUID, now: datetime) -> bool:
    """False: another worker was first."""
    mark = update(documents).where(_d.id == document, _d.reminded_at.is_(None)).values(reminded_at=now)
    return (await conn.execute(mark)).rowcount == 1


def _kept(row: Row[Any]) -> Kept:
    return Kept(**dict(row._mapping))
