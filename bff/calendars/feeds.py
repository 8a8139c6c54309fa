"""Her feeds: made with an address that is told once, made anew (the old address is dead), taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.calendars.tables import calendar_feeds as kept

FAMILY: Final = ""
SEEN_EVERY: Final = timedelta(hours=1)
"""That a feed was read is written down no oftener."""


@dataclass(frozen=True)
class Feed:
    """`about`: empty for the whole family, else a child. `full_words`: she chose to have the true names in it."""

    id: UUID
    resident: UUID
    about: str
    full_words: bool
    made_at: datetime
    read_at: datetime | None


async def of(conn: AsyncConnection, resident: UUID) -> Sequence[Feed]:
    rows = await conn.execute(select(kept).where(kept.c.resident == resident).order_by(kept.c.made_at, kept.c.id))
    return [_feed(row) for row in rows]


async def make(
    conn: AsyncConnection, resident: UUID, *, id: UUID, about: str, full_words: bool, secret: str, now: datetime
) -> Feed:
    """One for each: whoever held the address of the one before holds nothing any more."""
    values = {"id": id, "secret_hash": hashed(secret), "full_words": full_words, "made_at": now, "read_at": None}
    made = insert(kept).values(resident=resident, about=about, **values)
    anew = made.on_conflict_do_update(index_elements=["resident", "about"], set_=values).returning(kept)
    row = (await conn.execute(anew)).one()
    return _feed(row)


async def end(conn: AsyncConnection, resident: UUID, feed: UUID) -> bool:
    """False: it is not hers, or was taken back already."""
    gone = await conn.execute(delete(kept).where(kept.c.resident == resident, kept.c.id == feed))
    return gone.rowcount == 1


async def known_by(conn: AsyncConnection, secret: str, now: datetime) -> Feed | None:
    """House door: whose the address is; None for an address that was never one, or is one no more."""
    row = (await conn.execute(select(kept).where(kept.c.secret_hash == hashed(secret)))).first()
    if row is None:
        return None
    long_ago = or_(kept.c.read_at.is_(None), kept.c.read_at < now - SEEN_EVERY)
    await conn.execute(update(kept).where(kept.c.id == row.id, long_ago).values(read_at=now))
    return _feed(row)


def hashed(secret: str) -> bytes:
    """The address is 256 bits of chance, so a plain hash cannot be tried out."""
    return sha256(b"calendar feed\0" + secret.encode()).digest()


def _feed(row: Any) -> Feed:
    return Feed(**{name: getattr(row, name) for name in Feed.__dataclass_fields__})
