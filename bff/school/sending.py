"""What comes from a phone: perhaps twice at once, with a clock of its own, or with nothing to be seen in it."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.jobs import JAPAN

WAITS: Final = timedelta(days=400)
"""Longer nothing lies in an outbox: what says so has a wrong clock."""

UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})
BLANK_LETTERS: Final = "\u115f\u1160\u2800\u3164\uffa0"
"""Hangul fillers and the empty cell of braille: letters and signs by their kind, and nothing to the eye."""


def is_blank(said: str) -> bool:
    """Nobody would see anything of it."""
    return all(one in BLANK_LETTERS or unicodedata.category(one) in UNSEEN for one in said)


async def once(conn: AsyncConnection, id: UUID) -> None:
    """Whoever sends the same thing at the same time waits until this transaction is over, and then finds it."""
    await conn.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:id, 0))"), {"id": f"school:{id}"})


def said_at(pressed: datetime, now: datetime) -> datetime:
    """When she pressed, as far as her clock can be believed; one without a zone is of Japan."""
    when = pressed if pressed.tzinfo else pressed.replace(tzinfo=JAPAN)
    return when if when.year > 1 and now - WAITS < when < now else now
