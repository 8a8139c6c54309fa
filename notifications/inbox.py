"""One resident's notices: broadcasts she is a member of, known to the process from their snapshots (`Live`), and direct
ones. A notice counts as reached when she opened it.

Each question is one statement through her own door. It names the broadcasts it believes to be hers and is asked again
in the rare case that it was wrong (see notifications/post/live.py).
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, TextClause, select
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.attachments.attached import Attached, attached_of
from notifications.jobs import day_in_japan
from notifications.notice import Kind
from notifications.post import acts
from notifications.post.asking import NAMED, PAGE, UNREAD
from notifications.post.live import Live
from notifications.post.snapshot import Snapshot
from notifications.rows import notice_of
from notifications.tables import HERSELF, notice_revisions
from notifications.words import Text

MOST_AT_ONCE = 100
UNREAD_FOR: Final = timedelta(days=90)
"""What lies there unopened for longer is not counted any more; it can be read as long as it lies there."""
ERA = datetime(2000, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
"""No letter is from outside of it; near the years 1 and 9999 a day in Japan could not even be said."""


class BadCursor(ValueError):
    """Not a cursor this inbox gave out."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice as it lies in her inbox. `opened_at` None: not opened yet, in this revision. `children`: the keys of
    those of her children it concerns; none: herself, or everybody. `unread_at`: she marked it as unread. `asks` None:
    nothing to answer. `lapses_at` None: it does not lapse by itself."""

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
    sender_key: str
    topic: str
    revision: int
    revised_at: datetime | None
    recalled_at: datetime | None
    lapses_at: datetime | None
    asks: Mapping[str, Any] | None
    attachments: tuple[Attached, ...]
    children: frozenset[UUID]
    confirmed_at: datetime | None = None
    answered_at: datetime | None = None
    archived_at: datetime | None = None
    unread_at: datetime | None = None

    @property
    def is_unread(self) -> bool:
        return self.opened_at is None or self.unread_at is not None


@dataclass(frozen=True, slots=True)
class Revision:
    """What a notice said before. `why` it was changed, in the sender's words."""

    revision: int
    title: Text
    body: Text
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """Newest first. `end_cursor` None: the page is empty."""

    nodes: tuple[Letter, ...]
    has_next: bool
    end_cursor: str | None


async def page(conn: AsyncConnection, live: Live, *, resident: UUID, first: int, after: str | None) -> LetterPage:
    """Up to `first` (1 … MOST_AT_ONCE) letters that follow the cursor `after`; None: from the newest. BadCursor."""
    count = max(1, min(first, MOST_AT_ONCE))
    place = (ERA[1], HERSELF) if after is None else _place_of(after)
    known = {"most": count + 1, "sent_at": place[0], "notice": place[1], "sent_on": day_in_japan(place[0])}

    def asking(hers: Sequence[Snapshot]) -> Mapping[str, object]:
        earlier = [one.notice for one in hers if (one.sent_at, one.notice) < place]
        return {**known, "broadcasts": earlier[: count + 1]}

    letters = [_letter_of(row) for row in await _asked(conn, live, resident, PAGE, asking) if row.id is not None]
    shown = tuple(letters[:count])
    return LetterPage(shown, len(letters) > count, cursor_of(shown[-1]) if shown else None)


async def one(conn: AsyncConnection, live: Live, *, resident: UUID, notice: UUID) -> Letter | None:
    """None: she was sent no such notice."""
    return next(iter(await named(conn, live, resident=resident, notices=[notice])), None)


async def named(conn: AsyncConnection, live: Live, *, resident: UUID, notices: Collection[UUID]) -> Sequence[Letter]:
    """Those of them that she was sent, newest first."""
    wanted = set(notices)

    def asking(hers: Sequence[Snapshot]) -> Mapping[str, object]:
        return {"notices": list(wanted), "broadcasts": [one.notice for one in hers if one.notice in wanted]}

    return [_letter_of(row) for row in await _asked(conn, live, resident, NAMED, asking) if row.id is not None]


async def unread(conn: AsyncConnection, live: Live, *, resident: UUID) -> int:
    """How many of the last UNREAD_FOR she has not opened, or marked as unread, and not put away."""
    since = live.clock() - UNREAD_FOR

    def asking(hers: Sequence[Snapshot]) -> Mapping[str, object]:
        lately = [one for one in hers if one.sent_at >= since]
        told = {"broadcasts": [one.notice for one in lately], "revisions": [one.revision for one in lately]}
        return {**told, "since": since, "since_on": day_in_japan(since)}

    (row,) = await _asked(conn, live, resident, UNREAD, asking)
    count: int = row.unread
    return count


async def open_notice(
    conn: AsyncConnection, live: Live, *, resident: UUID, notice: UUID, now: datetime
) -> Letter | None:
    """Reached: the first time is kept. None: she was sent no such notice."""
    letter = await one(conn, live, resident=resident, notice=notice)
    if letter is None or not letter.is_unread:
        return letter
    await acts.opened(conn, live, resident=resident, told=[notice], now=now)
    return replace(letter, opened_at=letter.opened_at or now, unread_at=None)


async def earlier(conn: AsyncConnection, letter: Letter) -> Sequence[Revision]:
    """What a letter of hers said before, the newest first; through the house's door."""
    rows = select(notice_revisions).where(notice_revisions.c.notice == letter.id)
    return [
        Revision(row.revision, Text(**row.title), Text(**row.body), row.at, row.why)
        for row in await conn.execute(rows.order_by(notice_revisions.c.revision.desc()))
    ]


async def _asked(
    conn: AsyncConnection,
    live: Live,
    resident: UUID,
    statement: TextClause,
    asking: Callable[[Sequence[Snapshot]], Mapping[str, object]],
) -> Sequence[Row[Any]]:
    """At least one row, whose `numbers` and `newest` are those this process knows."""
    while True:
        rows = (await conn.execute(statement, {"resident": resident, **asking(live.of(resident))})).all()
        if not await live.learn(conn, resident, rows[0].numbers, rows[0].newest):
            return rows


def _letter_of(row: Row[Any]) -> Letter:
    told = notice_of(row)
    is_current = row.opened_revision is not None and row.opened_revision >= told.revision
    return Letter(
        id=told.id,
        ward=told.ward,
        kind=told.kind,
        sender=told.sender,
        title=told.title,
        body=told.body,
        sent_at=told.sent_at,
        opened_at=row.opened_at if is_current else None,
        act_by=told.act_by,
        about=told.about,
        sender_key=told.sender_key,
        topic=told.topic,
        children=frozenset(row.children if row.child is None else {row.child} - {HERSELF}),
        revision=told.revision,
        revised_at=told.revised_at,
        recalled_at=told.recalled_at,
        asks=told.asks,
        attachments=attached_of(row.attachments),
        lapses_at=told.lapses_at,
        **{name: getattr(row, name) for name in ("confirmed_at", "answered_at", "archived_at", "unread_at")},
    )


def cursor_of(letter: Letter) -> str:
    """Those that follow it are older."""
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
