"""Documents come in: promised when a ward has decided or she asks, tried before they are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
from cryptography import x509
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.applications.application import Application
from bff.connectors.ward_documents.mapping import Issued
from bff.documents import store
from bff.documents.document import CONTENT, SEAL, Document, Kept, Written, read, tried, tried_own
from bff.documents.words import notice
from bff.errors import NotFound
from bff.identity.residents import Resident
from bff.signing.seal import HouseSeal
from life_events import Text
from notifications.delivery import tell_one

FETCH: Final = "fetch_documents"
DECISIONS: Final = ("decided", "rejected")
LATER: Final = (timedelta(hours=1), timedelta(days=1), timedelta(days=3), timedelta(days=7))
"""A ward decides and issues later: so long after each look that brought nothing, it is asked again."""


async def promise(conn: AsyncConnection, resident: UUID) -> None:
    """Deferred in the caller's transaction; one at a time for each person."""
    await database.defer(conn, FETCH, args={"resident": str(resident)}, once=f"documents:{resident}")


async def promise_of_decision(conn: AsyncConnection, sent: Application, state: str) -> None:
    """What the ward that has decided it issues upon that, be it hers today or not; no promise before a decision."""
    if state in DECISIONS:
        known_as = sent.known_as or ""
        args = {"resident": str(sent.resident), "ward": sent.ward, "known_as": known_as, "tries": "0"}
        await database.defer(conn, FETCH, args=args, once=f"documents:{sent.resident}:{sent.ward}")


async def promise_again(
    conn: AsyncConnection, resident: UUID, ward: str, known_as: str, tries: int, now: datetime
) -> None:
    """Nothing had been issued yet at the look before; after the last of `LATER` she asks herself."""
    if tries < len(LATER):
        args = {"resident": str(resident), "ward": ward, "known_as": known_as, "tries": str(tries + 1)}
        once = f"documents-later:{resident}:{ward}"
        await database.defer(conn, FETCH, args=args, at=now + LATER[tries], once=once)


async def receive(
    conn: AsyncConnection,
    resident: Resident,
    ward: str,
    issued: Sequence[Issued],
    roots: Sequence[x509.Certificate],
    now: datetime,
    new_id: Callable[[], UUID],
) -> int:
    """How many are new (house door). What does not hold is kept too, and said to be so wherever it is shown."""
    fresh = []
    for one in issued:
        written = read(one.content)
        kept = await store.keep(
            conn,
            id=new_id(),
            resident=resident.id,
            ward=ward,
            number=one.number,
            verdict=tried(one.content, one.seal, ward=ward, roots=roots, now=now),
            content=resident.key.seal(CONTENT, one.content),
            seal=resident.key.seal(SEAL, one.seal),
            fetched_at=now,
            valid_until=written.valid_until if written else None,
        )
        if kept:
            fresh.append(one.number)
    if fresh:
        key = f"{resident.id}:{ward}:{fresh[0]}"
        await tell_one(conn, database.defer, resident.id, notice("came", key, ward, now))
    return len(fresh)


async def keep_own(
    conn: AsyncConnection,
    resident: Resident,
    written: Written,
    seal: HouseSeal,
    roots: Sequence[x509.Certificate],
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """What the house writes itself: sealed, tried like all others, kept once for its number (house door)."""
    content = msgspec.json.encode(written)
    over = seal.over(content, now)
    await store.keep(
        conn,
        id=new_id(),
        resident=resident.id,
        ward=written.ward,
        number=written.number,
        verdict=tried_own(content, over, roots=roots, now=now),
        content=resident.key.seal(CONTENT, content),
        seal=resident.key.seal(SEAL, over),
        fetched_at=now,
        valid_until=written.valid_until,
    )


async def all_of(conn: AsyncConnection, resident: Resident) -> list[Document]:
    return [Document(one, resident) for one in await store.of(conn, resident.id)]


async def delete(
    conn: AsyncConnection, resident: Resident, document: UUID | None, refused: Text, now: datetime
) -> None:
    """Gone from here; the ward has its own. Raises `NotFound`."""
    if document is None or not await store.delete(conn, resident.id, document, now):
        raise NotFound(refused)


async def remind(conn: AsyncConnection, one: Kept, day: str, now: datetime) -> None:
    if one.valid_until is not None and await store.reminded(conn, one.id, now):
        note = notice("ends", f"{one.id}", one.ward, now, day=day)
        await tell_one(conn, database.defer, one.resident, note)


def roots_of(file: Path) -> list[x509.Certificate]:
    """What wards' seals lead to; none: nothing holds, and every document says so."""
    content = file.read_bytes() if file.exists() else b""
    return x509.load_pem_x509_certificates(content) if content.strip() else []
