"""Looking through a ward's record: who did what to whom, between which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.staff_log import Line
from bff.identity.tables import staff_log

_l = staff_log.c
_LINE = (_l.id, _l.at, _l.official, _l.official_name, _l.act, _l.outcome, _l.about, _l.reason)


@dataclass(frozen=True)
class Asked:
    """Whatever is empty is not asked for. `words`: in what it was done to, or in its reason. `until`: not included."""

    official: UUID | None = None
    act: str = ""
    outcome: str = ""
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None


async def found(
    conn: AsyncConnection, ward: str, asked: Asked, first: int, before: int | None = None
) -> Sequence[Line]:
    """Ward door; newest first, those before the line `before`."""
    held = [_l.ward == ward, *_wanted(asked), *([_l.id < before] if before is not None else [])]
    rows = await conn.execute(select(*_LINE).where(*held).order_by(_l.id.desc()).limit(first))
    return [Line(*row) for row in rows]


async def officials(conn: AsyncConnection, ward: str) -> Sequence[tuple[UUID, str]]:
    """Ward door; everybody who stands in the record, by the name it has for them."""
    asked = select(_l.official, _l.official_name).where(_l.ward == ward, _l.official.is_not(None)).distinct()
    return [(row[0], row[1]) for row in await conn.execute(asked.order_by(_l.official_name))]


def _wanted(asked: Asked) -> list[ColumnElement[Any]]:
    wanted: list[ColumnElement[Any]] = []
    if asked.official is not None:
        wanted.append(_l.official == asked.official)
    if asked.act:
        wanted.append(_l.act == asked.act)
    if asked.outcome:
        wanted.append(_l.outcome == asked.outcome)
    if asked.words:
        wanted.append(or_(*(column.contains(asked.words, autoescape=True) for column in (_l.about, _l.reason))))
    if asked.since is not None:
        wanted.append(_l.at >= asked.since)
    if asked.until is not None:
        wanted.append(_l.at < asked.until)
    return wanted
