"""Files handed in with something else of hers: each belongs to one thing only, and is kept as long as that is.

What a file lies with is in its id (name-based, RFC 9562 5.5), so that handing it in changes the id: the one she was
told before names nothing any more, and cannot be handed in a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import FieldRefused, FieldsRefused
from bff.identity.residents import Resident
from bff.texts import say
from bff.uploads.store import KIND, WITH_IT
from bff.uploads.tables import uploads

MOST = 3
MOST_PAPERS = 8
"""With an application."""
MOST_BYTES_OF_PAPERS = 6 * 1024 * 1024
"""Of all papers of an application: they go to the ward in one message of the exchange, of 10 MiB at most."""
_FIELD = "files"


@dataclass(frozen=True)
class Bound:
    """`place`: 1 to `MOST`, in the order in which she chose them."""

    id: UUID
    place: int
    media_type: str
    size: int


async def looked_at(
    conn: AsyncConnection, resident: Resident, files: Sequence[str], now: datetime
) -> tuple[bytes, ...]:
    """SHA-256 of each, before they are handed in as an application's papers. Raises `FieldsRefused`."""
    if len(files) > MOST_PAPERS or len(set(files)) < len(files):
        raise _refused("too_many", "papers_too_many")
    found = []
    for said in files:
        row = (await conn.execute(select(uploads).where(uploads.c.id == _id(said), *_free(resident.id, now)))).first()
        if row is None:
            raise _refused("gone", "files_gone")
        found.append(resident.key.open(f"{KIND} {row.id}", row.sealed))
    if sum(map(len, found)) > MOST_BYTES_OF_PAPERS:
        raise _refused("too_large", "papers_too_large")
    return tuple(sha256(body).digest() for body in found)


async def bind(
    conn: AsyncConnection, resident: Resident, to: UUID, files: Sequence[str], now: datetime, *, most: int = MOST
) -> None:
    """In the transaction in which `to` is made. Raises `FieldsRefused` for one of another, used before, or gone."""
    if len(files) > most:
        raise _refused("too_many", "files_too_many")
    free = _free(resident.id, now)
    for said, place in zip(files, _places(to, most), strict=False):
        row = (await conn.execute(select(uploads).where(uploads.c.id == _id(said), *free).with_for_update())).first()
        if row is None:
            raise _refused("gone", "files_gone")
        sealed = resident.key.seal(f"{KIND} {place}", resident.key.open(f"{KIND} {row.id}", row.sealed))
        kept = update(uploads).where(uploads.c.id == row.id, *free)
        await conn.execute(kept.values(id=place, sealed=sealed, kept_until=WITH_IT))


async def taken(
    conn: AsyncConnection, resident: Resident, files: Sequence[str], now: datetime, *, most: int = MOST
) -> list[tuple[str, bytes]]:
    """(media type, bytes) of each, which lie elsewhere from now on, in this transaction. Raises `FieldsRefused`."""
    if len(files) > most or len(set(files)) < len(files):
        raise _refused("too_many", "files_too_many")
    found = []
    for said in files:
        mine = delete(uploads).where(uploads.c.id == _id(said), *_free(resident.id, now)).returning(uploads)
        row = (await conn.execute(mine)).first()
        if row is None:
            raise _refused("gone", "files_gone")
        found.append((row.media_type, resident.key.open(f"{KIND} {row.id}", row.sealed)))
    return found


async def bound(conn: AsyncConnection, resident: UUID, to: UUID, *, most: int = MOST) -> list[Bound]:
    """What she handed in with `to`, without the contents."""
    order = {id: number for number, id in enumerate(_places(to, most), 1)}
    of_hers = select(uploads.c.id, uploads.c.media_type, uploads.c.size)
    rows = await conn.execute(of_hers.where(uploads.c.resident == resident, uploads.c.id.in_(order)))
    return sorted((Bound(row.id, order[row.id], row.media_type, row.size) for row in rows), key=lambda one: one.place)


def _free(resident: UUID, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Hers, and handed in with nothing yet."""
    return uploads.c.resident == resident, uploads.c.kept_until > now, uploads.c.kept_until < WITH_IT


def _places(to: UUID, most: int) -> list[UUID]:
    return [uuid5(to, f"{KIND} {number}") for number in range(1, most + 1)]


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as wrong:
        raise _refused("gone", "files_gone") from wrong


def _refused(code: str, key: str) -> FieldsRefused:
    text = say(key)
    return FieldsRefused(text, (FieldRefused(_FIELD, code, text),))
