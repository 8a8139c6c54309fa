"""Statements over incidents; all need the house's door, since they are of no ward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.incidents.tables import incidents
from life_events.terms import Text

KEPT: Final = timedelta(days=90)
MOST_SHOWN: Final = 50
Degree = Literal["partly", "down"]


@dataclass(frozen=True)
class Incident:
    """`functions`: of `bff.functions`; `ended`: None: it goes on."""

    id: int
    began: datetime
    ended: datetime | None
    degree: Degree
    functions: tuple[str, ...]
    text: Text


async def begin(
    conn: AsyncConnection,
    *,
    began: datetime,
    degree: str,
    functions: Sequence[str],
    text: Text,
    official: UUID | None,
    official_name: str,
) -> int:
    """Its id. Raises `ValueError` for one that touches nothing."""
    if not functions:
        raise ValueError("an incident touches something")
    words = {"text_ja": text.ja, "text_easy": text.easy, "text_en": text.en}
    by = {"official": official, "official_name": official_name}
    line = {"began": began, "degree": degree, "functions": list(functions), **words, **by}
    return int(await conn.scalar(insert(incidents).values(line).returning(incidents.c.id)))


async def end(conn: AsyncConnection, id: int, now: datetime) -> bool:
    """False: it was over already, or there is none such."""
    going_on = update(incidents).where(incidents.c.id == id, incidents.c.ended.is_(None))
    return (await conn.execute(going_on.values(ended=now))).rowcount == 1


async def one(conn: AsyncConnection, id: int) -> Incident | None:
    row = (await conn.execute(select(incidents).where(incidents.c.id == id))).first()
    return None if row is None else _incident(row)


async def of_late(conn: AsyncConnection, now: datetime) -> Sequence[Incident]:
    """Those that go on, and those of the last `KEPT`; the newest first."""
    shown = or_(incidents.c.ended.is_(None), incidents.c.ended > now - KEPT)
    rows = await conn.execute(select(incidents).where(shown).order_by(incidents.c.began.desc()).limit(MOST_SHOWN))
    return [_incident(row) for row in rows]


def _incident(row: Any) -> Incident:
    text = Text(row.text_ja, row.text_easy, row.text_en)
    return Incident(row.id, row.began, row.ended, row.degree, tuple(row.functions), text)
