"""Whether she was shown what she may agree to, and when she answered, whatever her answer was."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.consent.tables import consents_answered as rows
from bff.questions import Question

_WHEN: Final = select(rows.c.at).where(rows.c.resident == bindparam("whose"))


async def answered(conn: AsyncConnection, resident: UUID, *, text_version: str, now: datetime) -> None:
    told = insert(rows).values(resident=resident, text_version=text_version, at=now)
    changed = {"text_version": text_version, "at": now}
    await conn.execute(told.on_conflict_do_update(index_elements=[rows.c.resident], set_=changed))


async def answered_at(conn: AsyncConnection, resident: UUID) -> datetime | None:
    """When she last answered the page; None: never."""
    at: datetime | None = await conn.scalar(_WHEN, {"whose": resident})
    return at


@cache
def when() -> Question:
    """The same, asked with `whose`; no row: never."""
    return Question(_WHEN)
