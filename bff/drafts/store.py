"""What lies here nobody here can open: the key is made of a code that goes from phone to phone in her hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.drafts.tables import carried_drafts
from bff.errors import NotFound
from bff.texts import say

KEPT = timedelta(minutes=10)


async def keep(conn: AsyncConnection, resident: UUID, name: bytes, sealed: bytes, now: datetime) -> datetime:
    """Until when it can be taken. One at a time: a newer one takes the place of what was not taken."""
    await conn.execute(delete(carried_drafts).where(carried_drafts.c.resident == resident))
    until = now + KEPT
    values = {"resident": resident, "name": name, "sealed": sealed, "made_at": now, "kept_until": until}
    await conn.execute(
        insert(carried_drafts).values(**values).on_conflict_do_update(index_elements=["resident", "name"], set_=values)
    )
    return until


async def take(conn: AsyncConnection, resident: UUID, name: bytes, now: datetime) -> bytes:
    """Hers, once; raises `NotFound` for another's, for what was taken, and when its minutes are over."""
    hers = (carried_drafts.c.resident == resident, carried_drafts.c.name == name, carried_drafts.c.kept_until > now)
    sealed = await conn.scalar(delete(carried_drafts).where(*hers).returning(carried_drafts.c.sealed))
    if sealed is None:
        raise NotFound(say("carried_gone"))
    return bytes(sealed)


async def forget_old(conn: AsyncConnection, now: datetime) -> None:
    """Those whose minutes are over (house door)."""
    await conn.execute(delete(carried_drafts).where(carried_drafts.c.kept_until <= now))
