"""Grants and the readings that rest on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.consent.tables import grants as rows
from bff.errors import Denied
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Why
from bff.exchange.texts import why_text

BASIS = "consent"


@dataclass(frozen=True)
class Grant:
    """One source she lets us read; `text_version` names the wording she agreed to."""

    source: str
    purpose: str
    text_version: str
    given_at: datetime
    id: UUID


async def give(
    conn: AsyncConnection,
    resident: UUID,
    source: str,
    *,
    purpose: str,
    text_version: str,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Her yes for one source; nothing changes while an earlier one still holds."""
    yes = insert(rows).values(
        id=new_id(), resident=resident, source=source, purpose=purpose, text_version=text_version, given_at=now
    )
    await conn.execute(
        yes.on_conflict_do_nothing(
            index_elements=[rows.c.resident, rows.c.source], index_where=rows.c.ended_at.is_(None)
        )
    )


async def end(conn: AsyncConnection, resident: UUID, source: str, now: datetime) -> None:
    """Her no: from now on the source is not read."""
    await conn.execute(
        update(rows)
        .where(rows.c.resident == resident, rows.c.source == source, rows.c.ended_at.is_(None))
        .values(ended_at=now)
    )


async def granted(conn: AsyncConnection, resident: UUID) -> Mapping[str, Grant]:
    """The grants that hold now, by source."""
    holding = select(rows.c.source, rows.c.purpose, rows.c.text_version, rows.c.given_at, rows.c.id).where(
        rows.c.resident == resident, rows.c.ended_at.is_(None)
    )
    return {row.source: Grant(*row) for row in await conn.execute(holding)}


async def stopped(conn: AsyncConnection, resident: UUID) -> Mapping[str, datetime]:
    """When she last said no, by source, whether or not she has said yes since."""
    ended = select(rows.c.source, func.max(rows.c.ended_at).label("at")).where(
        rows.c.resident == resident, rows.c.ended_at.is_not(None)
    )
    return {row.source: row.at for row in await conn.execute(ended.group_by(rows.c.source))}


async def still_holds(conn: AsyncConnection, resident: UUID, source: str) -> bool:
    """Whether her yes holds, and it does until this transaction ends: a no that comes meanwhile waits for it."""
    mine = (rows.c.resident == resident, rows.c.source == source, rows.c.ended_at.is_(None))
    return await conn.scalar(select(rows.c.id).where(*mine).with_for_update(read=True)) is not None


def reading(held: Mapping[str, Grant], resident: UUID, source: str, subject: Subject) -> Reading:
    """The reading that rests on a held grant; raises `Denied` when there is none (ended, or never given)."""
    if source not in held:
        raise Denied(why_text(Why.REFUSED))
    grant = held[source]
    return Reading(subject=subject, purpose=grant.purpose, basis=BASIS, resident=resident, granted=grant.id)
