"""Whether much the same was told a short while ago."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.tables import broadcasts

REMEMBERED: Final = timedelta(days=30)
LIKE: Final = 0.8
MOST: Final = 200
"""Of one ward in a month, as many as are looked at."""


@dataclass(frozen=True, slots=True)
class Like:
    id: UUID
    title: str
    sent_at: datetime


async def like_it(conn: AsyncConnection, ward: str, *, than: UUID | None, text: str, now: datetime) -> Like | None:
    """The newest broadcast of this ward that says much the same, sent or on its way; `than`: not itself, nor one that
    comes round with it. Ward door: a school sees its own alone."""
    kept = broadcasts.c
    gone = kept.state.in_(("approved", "sending", "sent")) & kept.recalled_at.is_(None)
    since = (kept.written_at > now - REMEMBERED) | (kept.sent_at > now - REMEMBERED)
    asked = select(kept.id, kept.title, kept.body, kept.sent_at, kept.written_at, kept.series)
    asked = asked.where(kept.ward == ward, gone, since).order_by(kept.written_at.desc()).limit(MOST)
    mine = _pairs(text)
    for row in await conn.execute(asked):
        if row.id != than and row.series != (than or row.id) and _alike(mine, row.title["ja"] + row.body["ja"]):
            return Like(row.id, row.title["ja"], row.sent_at or row.written_at)
    return None


def alike(one: str, other: str) -> bool:
    """By the pairs of neighbouring characters they have in common; what dates and spaces change does not count."""
    return _alike(_pairs(one), other)


def _alike(mine: frozenset[str], other: str) -> bool:
    theirs = _pairs(other)
    both = mine | theirs
    return bool(both) and len(mine & theirs) / len(both) >= LIKE


def _pairs(text: str) -> frozenset[str]:
    told = re.sub(r"[\s\d、。,.・/:：（）()-]", "", unicodedata.normalize("NFKC", text).lower())
    return frozenset(_neighbours(told))


def _neighbours(text: str) -> Iterable[str]:
    return (text[at : at + 2] for at in range(len(text) - 1)) if len(text) > 1 else [text] if text else []
