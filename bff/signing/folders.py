"""Folders as they are kept: what she sends together, and which application is which part; each function takes her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.signing.tables import folder_parts as parts
from bff.signing.tables import folders

UNSENT_IS_KEPT: Final = timedelta(days=30)
"""A folder of which nothing has come: her phone may have been without a network since it was begun."""


@dataclass(frozen=True)
class Part:
    """`digest`: as the folder lists it. `application`: the newest sent for it; one sent anew is not what is listed."""

    procedure: str
    subject: str | None
    digest: bytes
    application: UUID


@dataclass(frozen=True)
class Folder:
    """`event`: the life event it is about; `document`: what lists its parts (folder.py)."""

    id: UUID
    resident: UUID
    event: str
    document: bytes
    made_at: datetime
    parts: tuple[Part, ...]


async def keep(conn: AsyncConnection, folder: Folder) -> bool:
    """Keeps it once; False: its id is taken, by herself or by whomever."""
    values = {name: getattr(folder, name) for name in ("id", "resident", "event", "document", "made_at")}
    kept = await conn.execute(upsert(folders).values(**values).on_conflict_do_nothing().returning(folders.c.id))
    if kept.first() is None:
        return False
    rows = [
        {
            "folder": folder.id,
            "place": place,
            "resident": folder.resident,
            "procedure": part.procedure,
            "subject": part.subject,
            "digest": part.digest,
            "application": part.application,
        }
        for place, part in enumerate(folder.parts)
    ]
    await conn.execute(insert(parts), rows)
    return True


async def one(conn: AsyncConnection, resident: UUID, id: UUID) -> Folder | None:
    """The folder, if it is this resident's."""
    row = (await conn.execute(select(folders).where(folders.c.resident == resident, folders.c.id == id))).first()
    if row is None:
        return None
    found = await conn.execute(select(parts).where(parts.c.folder == id).order_by(parts.c.place))
    listed = tuple(Part(one.procedure, one.subject, one.digest, one.application) for one in found)
    return Folder(row.id, row.resident, row.event, row.document, row.made_at, listed)


async def newest(conn: AsyncConnection, resident: UUID, first: int) -> Sequence[Folder]:
    """Of which something was sent, newest first."""
    sent = select(parts.c.folder).where(parts.c.resident == resident, parts.c.sent_at.is_not(None))
    chosen = select(folders.c.id).where(folders.c.resident == resident, folders.c.id.in_(sent))
    ids = (await conn.execute(chosen.order_by(folders.c.made_at.desc()).limit(first))).scalars().all()
    found = [await one(conn, resident, id) for id in ids]
    return [folder for folder in found if folder is not None]


async def member(conn: AsyncConnection, resident: UUID, folder: UUID, application: UUID, digest: bytes) -> bytes | None:
    """The document that lists this very application; None: it is not of this folder, or was written otherwise."""
    return await _document(conn, parts.c.folder == folder, resident, application, digest)


async def of_application(conn: AsyncConnection, resident: UUID, application: UUID, digest: bytes) -> bytes | None:
    """As `member`, of whatever folder it was sent with; None: it was sent alone."""
    return await _document(conn, True, resident, application, digest)


async def follow(
    conn: AsyncConnection,
    resident: UUID,
    folder: UUID,
    procedure: str,
    subject: str | None,
    application: UUID,
    now: datetime,
    *,
    signature: UUID | None,
) -> None:
    """From now on this application stands for that part; nothing where there is no such part of hers. `signature`: the
    one over the folder, None: it was sent without, or with one of its own."""
    its = (
        parts.c.folder == folder,
        parts.c.resident == resident,
        parts.c.procedure == procedure,
        parts.c.subject.is_not_distinct_from(subject),
    )
    await conn.execute(update(parts).where(*its).values(application=application, sent_at=now, signature=signature))


async def forget_unsent(conn: AsyncConnection, now: datetime) -> None:
    """Those of which nothing ever came."""
    sent = select(parts.c.folder).where(parts.c.folder == folders.c.id, parts.c.sent_at.is_not(None))
    old = (folders.c.made_at < now - UNSENT_IS_KEPT, ~sent.exists())
    await conn.execute(delete(folders).where(*old))


async def _document(
    conn: AsyncConnection, which: object, resident: UUID, application: UUID, digest: bytes
) -> bytes | None:
    its = (
        folders.c.resident == resident,
        parts.c.application == application,
        parts.c.digest == digest,
    )
    wanted = select(folders.c.document).join(parts, parts.c.folder == folders.c.id).where(which, *its)  # type: ignore[arg-type]
    found: bytes | None = await conn.scalar(wanted.order_by(folders.c.made_at.desc()).limit(1))
    return found
