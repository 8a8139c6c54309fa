"""Her files in the database: through her own door, and sealed for her alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import NotFound
from bff.identity.residents import Resident
from bff.texts import say
from bff.uploads.checking import Checked
from bff.uploads.refusals import refused
from bff.uploads.tables import uploads

KEPT = timedelta(days=30)
WITH_IT = datetime(9999, 1, 1, tzinfo=UTC)
"""Until when a file is kept that lies with something else of hers: as long as that, no longer than her account."""
MOST_KEPT = 20
KIND = "upload"
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('uploads ' || :resident, 0))")


@dataclass(frozen=True)
class Upload:
    id: UUID
    media_type: str
    body: bytes


async def keep(conn: AsyncConnection, resident: Resident, upload: UUID, file: Checked, now: datetime) -> None:
    """The same id again is the same file, sent twice. Raises `UploadRefused` when she has as many as may be kept."""
    await conn.execute(_ONE_AT_A_TIME, {"resident": str(resident.id)})
    waiting = (uploads.c.resident == resident.id, uploads.c.kept_until > now, uploads.c.kept_until < WITH_IT)
    counted = select(func.count()).where(*waiting, uploads.c.id != upload)
    if (await conn.scalar(counted) or 0) >= MOST_KEPT:
        raise refused("too_many")
    await conn.execute(
        upsert(uploads)
        .values(
            id=upload,
            resident=resident.id,
            media_type=file.media_type,
            size=len(file.body),
            sealed=resident.key.seal(f"{KIND} {upload}", file.body),
            made_at=now,
            kept_until=now + KEPT,
        )
        .on_conflict_do_nothing()
    )


async def one(conn: AsyncConnection, resident: Resident, upload: UUID, now: datetime) -> Upload:
    """Hers; raises `NotFound`."""
    found = select(uploads).where(uploads.c.id == upload, uploads.c.resident == resident.id, uploads.c.kept_until > now)
    row = (await conn.execute(found)).first()
    if row is None:
        raise NotFound(say("not_found"))
    return Upload(row.id, row.media_type, resident.key.open(f"{KIND} {row.id}", row.sealed))


async def drop(conn: AsyncConnection, resident: UUID, upload: UUID) -> None:
    """She thought better of it before she handed it in; raises `NotFound`."""
    hers = delete(uploads).where(uploads.c.id == upload, uploads.c.resident == resident, uploads.c.kept_until < WITH_IT)
    if (await conn.execute(hers)).rowcount == 0:
        raise NotFound(say("not_found"))


async def forget_old(conn: AsyncConnection, now: datetime) -> None:
    """Files whose time is over (house door)."""
    await conn.execute(delete(uploads).where(uploads.c.kept_until <= now))
