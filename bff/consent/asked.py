"""Whether she was shown what she may agree to, and when she answered, whatever her answer was."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.consent.tables import consents_answered as rows


async def answered(conn: AsyncConnection, resident: UUID, *, text_version: str, now: datetime) -> None:
    told = insert(rows).values(resident=resident, text_version=text_version, at=now)
    changed = {"text_version": text_version, "at": now}
    await conn.execute(told.on_conflict_do_update(index_elements=[rows.c.resident], set_=changed))


async def answered_at(conn: AsyncConnection, resident: UUID) -> datetime | None:
    """When she last answered the page; None: never."""
    at: datetime | None = await conn.scalar(select(rows.c.at).where(rows.c.resident == resident))
    return at
