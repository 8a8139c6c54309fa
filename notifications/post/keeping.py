"""The row of a notice: what it says now. What it said before stays beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.jobs import day_in_japan
from notifications.notice import Notice
from notifications.rows import text_to_json
from notifications.tables import broadcasts, notice_acts, notice_revisions, notices
from notifications.words import Text

_SAME = ("act_by", "about", "sender_key", "topic", "asks", "lapses_at", "revision")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a corrected notice asks, and by when. `anew`: what was answered before is asked once more."""

    asks: Mapping[str, Any] | None
    act_by: date | None
    anew: bool


@dataclass(frozen=True, slots=True)
class Texts:
    """What a correction says instead. `sender`, `asked` None: it stays."""

    title: Text
    body: Text
    sender: Text | None = None
    asked: Asked | None = None


async def keep_notice(conn: AsyncConnection, notice: Notice, *, personal: bool, copy_of: UUID | None = None) -> bool:
    """False: it is there already, and stays as it is."""
    sent_on = day_in_japan(notice.sent_at)
    await conn.execute(select(func.mail_room_make_partition(sent_on)))
    line: dict[str, object] = {name: text_to_json(getattr(notice, name)) for name in ("sender", "title", "body")}
    line |= {name: getattr(notice, name) for name in _SAME} | {"asks": notice.asks and dict(notice.asks)}
    line |= {"id": notice.id, "ward": notice.ward, "kind": notice.kind.value, "marks": sorted(notice.marks)}
    line |= {"personal": personal, "sent_at": notice.sent_at, "sent_on": sent_on, "copy_of": copy_of}
    kept = await conn.execute(insert(notices).values(**line).on_conflict_do_nothing().returning(notices.c.id))
    return kept.first() is not None


async def locked(conn: AsyncConnection, notice: UUID) -> Row[Any] | None:
    """None: there is no such notice."""
    return (await conn.execute(select(notices).where(notices.c.id == notice).with_for_update())).one_or_none()


async def next_revision(
    conn: AsyncConnection, line: Row[Any], why: str, now: datetime, *, texts: Texts | None, recalled: bool
) -> Row[Any]:
    """The same notice, saying `texts` (None: what it said) from now on; the broadcast it came from says the same."""
    said = {"sender": line.sender, "title": line.title, "body": line.body}
    before = {"notice": line.id, "revision": line.revision, "at": line.revised_at or line.sent_at, "why": why}
    await conn.execute(insert(notice_revisions).values(**said, **before))
    changes: dict[str, object] = {"revision": line.revision + 1, "revised_at": now}
    if recalled:
        changes["recalled_at"] = now
    if texts is not None:
        told = {"title": texts.title, "body": texts.body, "sender": texts.sender}
        changes |= {name: text_to_json(text) for name, text in told.items() if text is not None}
    await conn.execute(update(broadcasts).where(broadcasts.c.id == line.id).values(**changes))
    if texts is not None and texts.asked is not None:
        asked = texts.asked
        changes |= {"asks": asked.asks and dict(asked.asks), "act_by": asked.act_by}
        if asked.anew:
            forgotten = {"answered_at": None, "confirmed_at": None}
            await conn.execute(update(notice_acts).where(notice_acts.c.notice == line.id).values(**forgotten))
    changed = await conn.execute(update(notices).where(notices.c.id == line.id).values(**changes).returning(notices))
    row: Row[Any] = changed.one()
    return row
