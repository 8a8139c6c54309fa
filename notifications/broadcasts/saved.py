"""Audiences under a name, of a ward or of one of its schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.audience import Audience
from notifications.broadcasts.tables import saved_audiences as kept
from notifications.broadcasts.terms import Official

LONGEST_NAME: Final = 60
MOST: Final = 100


class NameTaken(Exception):
    """Theirs is another of this name."""


@dataclass(frozen=True, slots=True)
class Saved:
    id: UUID
    name: str
    audience: Audience
    by_name: str
    at: datetime


async def all_of(conn: AsyncConnection, by: Official) -> Sequence[Saved]:
    """Ward door; by name."""
    asked = select(kept.c.id, kept.c.name, kept.c.audience, kept.c.by_name, kept.c.at).where(*_of(by))
    rows = await conn.execute(asked.order_by(kept.c.name).limit(MOST))
    return [Saved(row.id, row.name, Audience.from_json(row.audience), row.by_name, row.at) for row in rows]


async def save(conn: AsyncConnection, *, id: UUID, by: Official, name: str, audience: Audience, now: datetime) -> Saved:
    """Raises NameTaken; nothing of that name is overwritten."""
    line = {"id": id, "ward": by.ward, "school": by.school, "name": name, "audience": audience.to_json()}
    wish = insert(kept).values(**line, by_name=by.name, at=now).on_conflict_do_nothing().returning(kept.c.id)
    if (await conn.execute(wish)).first() is None:
        raise NameTaken
    return Saved(id, name, audience, by.name, now)


async def rename(conn: AsyncConnection, *, id: UUID, by: Official, name: str, now: datetime) -> bool:
    """False: they have none such. Raises NameTaken; the transaction cannot go on then."""
    named = {"name": name, "by_name": by.name, "at": now}
    try:
        return (await conn.execute(update(kept).where(kept.c.id == id, *_of(by)).values(**named))).rowcount == 1
    except IntegrityError as wrong:
        raise NameTaken from wrong


async def forget(conn: AsyncConnection, *, id: UUID, by: Official) -> bool:
    return (await conn.execute(delete(kept).where(kept.c.id == id, *_of(by)))).rowcount == 1


def _of(by: Official) -> tuple[ColumnElement[bool], ...]:
    """A school's are its own, and the ward's its: neither is in the other's way."""
    return (kept.c.ward == by.ward, kept.c.school.is_not_distinct_from(by.school))
