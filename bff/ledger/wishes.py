"""Who wishes it is told when somebody looked at her data: that it happened, and never what or who in a push."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.ledger.tables import look_wishes as rows
from bff.texts import say
from notifications.delivery import tell_one
from notifications.notice import Kind, Notice, Text

TOKYO: Final = "130001"
"""東京都: in whose name the house itself speaks, when it was no ward's official."""
_DAYS_IN: Final = ZoneInfo("Asia/Tokyo")
WARD_DIGITS: Final = 6


async def choose(conn: AsyncConnection, resident: UUID, *, told: bool, now: datetime) -> None:
    wish = insert(rows).values(resident=resident, told=told, at=now)
    await conn.execute(wish.on_conflict_do_update(index_elements=[rows.c.resident], set_={"told": told, "at": now}))


async def is_told(conn: AsyncConnection, resident: UUID) -> bool:
    """False until she wishes it."""
    return bool(await conn.scalar(select(rows.c.told).where(rows.c.resident == resident)))


async def tell(conn: AsyncConnection, resident: UUID, *, by: str, at: str, now: datetime) -> None:
    """In the transaction of the look itself; of the same person's looks of one day once. Through the house's door."""
    if not await is_told(conn, resident):
        return
    day = now.astimezone(_DAYS_IN).date()
    notice = Notice(
        id=uuid5(NAMESPACE_URL, f"look:{resident}:{by}:{day}"),
        ward=at if at.isdecimal() and len(at) == WARD_DIGITS else TOKYO,
        kind=Kind.STATUS,
        sender=_words("looked_sender"),
        title=_words("looked_title"),
        body=_words("looked_body"),
        sent_at=now,
        about="/readings",
    )
    await tell_one(conn, database.defer, resident, notice)


def _words(key: str) -> Text:
    said = say(key)
    return Text(ja=said.ja, easy=said.easy, en=said.en)
