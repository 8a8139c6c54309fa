"""Statements over parts that were asked, by Core; each names the person, the application or the part it touches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.tasks.tables import asked_parts
from bff.tasks.task import HOLDS, State, Task

_p = asked_parts.c
_READ = [_p[name] for name in Task.__dataclass_fields__]
REMIND_BEFORE = timedelta(days=3)
STAYS_GOOD = timedelta(days=90)
"""So long a paper that was written goes along when the same step is sent anew."""


async def keep(conn: AsyncConnection, **values: Any) -> bool:
    """A new row, its columns by name; False: the same part is asked already."""
    kept = upsert(asked_parts).values(state="asked", **values).on_conflict_do_nothing().returning(_p.id)
    return (await conn.execute(kept)).first() is not None


async def one(conn: AsyncConnection, resident: UUID, task: UUID) -> Task | None:
    """Hers, held until this transaction ends."""
    found = select(*_READ).where(_p.resident == resident, _p.id == task).with_for_update()
    return _first((await conn.execute(found)).first())


async def by_code(conn: AsyncConnection, hashed: bytes) -> Task | None:
    """The open one whose code this is the hash of, held until this transaction ends."""
    found = select(*_READ).where(_p.code_hash == hashed, _p.state == "asked").with_for_update()
    return _first((await conn.execute(found)).first())


async def of(conn: AsyncConnection, resident: UUID) -> Sequence[Task]:
    """Newest first."""
    mine = select(*_READ).where(_p.resident == resident).order_by(_p.made_at.desc(), _p.id).limit(100)
    return [_task(row) for row in await conn.execute(mine)]


async def of_application(conn: AsyncConnection, application: UUID) -> Sequence[Task]:
    """In the order they were asked."""
    those = select(*_READ).where(_p.application == application).order_by(_p.made_at, _p.id)
    return [_task(row) for row in await conn.execute(those)]


async def open_of(conn: AsyncConnection, resident: UUID) -> int:
    mine = select(func.count()).select_from(asked_parts).where(_p.resident == resident, _p.state == "asked")
    return (await conn.execute(mine)).scalar_one()


async def is_asked(conn: AsyncConnection, resident: UUID, procedure: str, subject: str | None) -> bool:
    """Whether a part of this step is open; held until this transaction ends."""
    same = (_p.resident == resident, _p.procedure == procedure, _p.subject.is_not_distinct_from(subject))
    found = select(_p.id).where(*same, _p.state == "asked", _p.application.is_(None)).with_for_update()
    return (await conn.execute(found)).first() is not None


async def bind(conn: AsyncConnection, application: UUID, like: Any, now: datetime) -> None:
    """What was asked for this step before it was sent, and papers of a former sending that are still good. `like`: the
    application's resident, procedure and subject."""
    same = (
        _p.resident == like.resident,
        _p.procedure == like.procedure,
        _p.subject.is_not_distinct_from(like.subject),
    )
    fit = or_(
        (_p.state == "asked") & _p.application.is_(None),
        (_p.state == "done") & (_p.settled_at > now - STAYS_GOOD),
    )
    await conn.execute(update(asked_parts).where(*same, fit).values(application=application))


async def holding(conn: AsyncConnection, application: UUID) -> Sequence[Task]:
    """Those this application waits for."""
    return [one for one in await of_application(conn, application) if one.state in HOLDS]


async def change(conn: AsyncConnection, task: UUID, **values: Any) -> None:
    await conn.execute(update(asked_parts).where(_p.id == task).values(**values))


async def settle(conn: AsyncConnection, task: UUID, state: State, now: datetime, **values: Any) -> None:
    """It stands in another state than `asked` from now on, and its link opens nothing any more."""
    await change(conn, task, state=state, settled_at=now, code_hash=None, **values)


async def ending(conn: AsyncConnection, today: date) -> Sequence[Task]:
    """Asked, its last day near, and nobody was reminded."""
    near = (_p.state == "asked", _p.reminded_at.is_(None), _p.ends_on <= today + REMIND_BEFORE, _p.ends_on >= today)
    return [_task(row) for row in await conn.execute(select(*_READ).where(*near).limit(500))]


async def past(conn: AsyncConnection, today: date) -> Sequence[Task]:
    over = select(*_READ).where(_p.state == "asked", _p.ends_on < today).limit(500)
    return [_task(row) for row in await conn.execute(over)]


def _first(row: Row[Any] | None) -> Task | None:
    return _task(row) if row else None


def _task(row: Row[Any]) -> Task:
    return Task(**dict(row._mapping))
