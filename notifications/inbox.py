"""One resident's notices. A notice counts as reached when she opened it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.jobs import day_in_japan
from notifications.notice import Kind
from notifications.rows import notice_of
from notifications.tables import deliveries, notices
from notifications.words import Text

MOST_AT_ONCE = 100
ERA = datetime(2000, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
"""No letter is from outside of it; near the years 1 and 9999 a day in Japan could not even be said."""


class BadCursor(ValueError):
    """Not a cursor this inbox gave out."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice as it lies in her inbox. `opened_at` None: not opened yet."""

    id: UUID
    ward: str
    kind: Kind
    sender: Text
    title: Text
    body: Text
    sent_at: datetime
    opened_at: datetime | None
    act_by: date | None
    about: str | None


@dataclass(frozen=True, slots=True)
class LetterPage:
    """Newest first. `end_cursor` None: the page is empty."""

    nodes: tuple[Letter, ...]
    has_next: bool
    end_cursor: str | None


async def page(conn: AsyncConnection, *, resident: UUID, first: int, after: str | None) -> LetterPage:
    """Up to `first` (1 … MOST_AT_ONCE) letters that follow the cursor `after`; None: from the newest. BadCursor."""
    count = max(1, min(first, MOST_AT_ONCE))
    asked = _letters(resident).order_by(deliveries.c.sent_at.desc(), deliveries.c.notice.desc()).limit(count + 1)
    if after is not None:
        sent_at, notice = _place_of(after)
        asked = asked.where(
            tuple_(deliveries.c.sent_at, deliveries.c.notice) < tuple_(sent_at, notice),
            deliveries.c.sent_on <= day_in_japan(sent_at),
        )
    letters = [_letter_of(row) for row in await conn.execute(asked)]
    shown = tuple(letters[:count])
    return LetterPage(shown, len(letters) > count, _cursor_of(shown[-1]) if shown else None)


async def one(conn: AsyncConnection, *, resident: UUID, notice: UUID) -> Letter | None:
    """None: she was sent no such notice."""
    row = (await conn.execute(_letters(resident).where(notices.c.id == notice))).one_or_none()
    return None if row is None else _letter_of(row)


async def unread(conn: AsyncConnection, *, resident: UUID) -> int:
    asked = select(func.count()).select_from(deliveries)
    asked = asked.where(deliveries.c.resident == resident, deliveries.c.opened_at.is_(None))
    return (await conn.execute(asked)).scalar_one()


async def open_notice(conn: AsyncConnection, *, resident: UUID, notice: UUID, now: datetime) -> Letter | None:
    """Reached: the first time is kept. None: she was sent no such notice."""
    sent_on = select(notices.c.sent_on).where(notices.c.id == notice).scalar_subquery()
    hers = (deliveries.c.resident == resident, deliveries.c.notice == notice, deliveries.c.sent_on == sent_on)
    await conn.execute(update(deliveries).where(*hers, deliveries.c.opened_at.is_(None)).values(opened_at=now))
    return await one(conn, resident=resident, notice=notice)


def _letters(resident: UUID) -> Select[Any]:
    same = (notices.c.id == deliveries.c.notice) & (notices.c.sent_on == deliveries.c.sent_on)
    return (
        select(notices, deliveries.c.opened_at)
        .join_from(deliveries, notices, same)
        .where(deliveries.c.resident == resident)
    )


def _letter_of(row: Row[Any]) -> Letter:
    told = notice_of(row)
    return Letter(
        id=told.id,
        ward=told.ward,
        kind=told.kind,
        sender=told.sender,
        title=told.title,
        body=told.body,
        sent_at=told.sent_at,
        opened_at=row.opened_at,
        act_by=told.act_by,
        about=told.about,
    )


def _cursor_of(letter: Letter) -> str:
    return base64.urlsafe_b64encode(f"{letter.sent_at.isoformat()} {letter.id}".encode()).decode()


def _place_of(cursor: str) -> tuple[datetime, UUID]:
    try:
        sent_at, notice = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
        place = datetime.fromisoformat(sent_at), UUID(notice)
        is_of_our_time = place[0].tzinfo is not None and ERA[0] < place[0] < ERA[1]
    except (ValueError, OverflowError) as odd:
        raise BadCursor(cursor[:80]) from odd
    if not is_of_our_time:
        raise BadCursor(cursor[:80])
    return place
