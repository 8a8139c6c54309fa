"""Files of a notice kept, listed, handed out, and forgotten when their day is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.attachments.attached import Attached
from notifications.attachments.tables import notice_attachment_pages, notice_attachments

MOST = 5
_a, _p = notice_attachments.c, notice_attachment_pages.c
_SEEN = (_a.id, _a.name, _a.media_type, _a.size, _a.pages, _a.kept_until)


@dataclass(frozen=True, slots=True)
class File:
    """Bytes to be handed out."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was looked at, and a PDF's pages as pictures: (media type, bytes) each."""

    id: UUID
    name: str
    media_type: str
    body: bytes
    pages: Sequence[tuple[str, bytes]]
    kept_until: date


class TooMany(Exception):
    """A notice has as many files as anybody opens on a train."""


async def attach(
    conn: AsyncConnection, *, notice: UUID, ward: str, school: str | None, kept: Kept, by: str, now: datetime
) -> None:
    """To a notice that is still being written (ward's door). Raises `TooMany`."""
    await conn.execute(text("SELECT pg_advisory_xact_lock(hashtext(:notice))"), {"notice": f"attachments {notice}"})
    if (await conn.scalar(select(func.count()).where(_a.notice == notice)) or 0) >= MOST:
        raise TooMany
    whose = {"ward": ward, "school": school}
    line = {"id": kept.id, "notice": notice, "name": kept.name, "media_type": kept.media_type, "body": kept.body}
    line |= {"size": len(kept.body), "pages": len(kept.pages), "kept_until": kept.kept_until}
    await conn.execute(insert(notice_attachments).values(**line, **whose, made_by=by, made_at=now))
    pages = [
        {"attachment": kept.id, "number": number, "media_type": media_type, "body": body, **whose}
        for number, (media_type, body) in enumerate(kept.pages, 1)
    ]
    if pages:
        await conn.execute(insert(notice_attachment_pages), pages)


async def of_notice(conn: AsyncConnection, notice: UUID) -> Sequence[Attached]:
    rows = await conn.execute(select(*_SEEN).where(_a.notice == notice).order_by(_a.made_at, _a.id))
    return [Attached(*row) for row in rows]


async def take_away(conn: AsyncConnection, *, notice: UUID, attachment: UUID) -> bool:
    """False: there is none such."""
    gone = delete(notice_attachments).where(_a.notice == notice, _a.id == attachment)
    return (await conn.execute(gone)).rowcount > 0


async def notice_of(conn: AsyncConnection, attachment: UUID, today: date) -> UUID | None:
    """Of which notice it is (house door); None: there is no such file any more."""
    found: UUID | None = await conn.scalar(select(_a.notice).where(_a.id == attachment, _a.kept_until >= today))
    return found


async def file(conn: AsyncConnection, attachment: UUID, page: int) -> File | None:
    """`page` 0: the file itself. None: it has no such page."""
    if page == 0:
        asked = select(_a.name, _a.media_type, _a.body).where(_a.id == attachment)
    else:
        asked = select(_a.name, _p.media_type, _p.body).join(_p.attachment.table, _p.attachment == _a.id)
        asked = asked.where(_a.id == attachment, _p.number == page)
    row = (await conn.execute(asked)).one_or_none()
    return None if row is None else File(*row)


async def forget_old(conn: AsyncConnection, today: date) -> int:
    """Files whose day is over (house door): how many. Their names stay with the notice, so that she is told why."""
    return (await conn.execute(delete(notice_attachments).where(_a.kept_until < today))).rowcount
