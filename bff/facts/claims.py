"""Who refreshes just now: one process at a time asks for a resident, the others look on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.facts.tables import refresh_claims

_claims = refresh_claims.c


async def take(conn: AsyncConnection, resident: UUID, what: str, run: UUID, *, now: datetime, until: datetime) -> bool:
    """Whether `run` may ask; a claim of a process that died ends by itself at its `until`."""
    mine = insert(refresh_claims).values(resident=resident, what=what, run=run, until=until)
    taken = mine.on_conflict_do_update(
        index_elements=[_claims.resident, _claims.what],
        set_={"run": run, "until": until},
        where=_claims.until <= now,
    ).returning(_claims.run)
    return (await conn.execute(taken)).first() is not None


async def give_back(conn: AsyncConnection, resident: UUID, what: str, run: UUID) -> None:
    mine = (_claims.resident == resident, _claims.what == what, _claims.run == run)
    await conn.execute(delete(refresh_claims).where(*mine))


async def forget_ended(conn: AsyncConnection, now: datetime) -> int:
    """What processes that died have left behind; how many."""
    return (await conn.execute(delete(refresh_claims).where(_claims.until <= now))).rowcount


async def is_taken(conn: AsyncConnection, resident: UUID, what: str, now: datetime) -> bool:
    held = select(_claims.run).where(_claims.resident == resident, _claims.what == what, _claims.until > now)
    return (await conn.execute(held)).first() is not None
