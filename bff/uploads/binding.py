"""Files handed in with something else of hers: each belongs to one thing only, and is kept as long as that is.

What a file lies with is in its id (name-based, RFC 9562 5.5), so that handing it in changes the id: the one she was
told before names nothing any more, and cannot be handed in a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import FieldRefused, FieldsRefused
from bff.identity.residents import Resident
from bff.texts import say
from bff.uploads.store import KIND, WITH_IT
from bff.uploads.tables import uploads

MOST = 3
_FIELD = "files"


@dataclass(frozen=True)
class Bound:
    """`place`: 1 to `MOST`, in the order in which she chose them."""

    id: UUID
    place: int
    media_type: str
    size: int


async def bind(conn: AsyncConnection, resident: Resident, to: UUID, files: Sequence[str], now: datetime) -> None:
    """In the transaction in which `to` is made. Raises `FieldsRefused` for one of another, used before, or gone."""
    if len(files) > MOST:
        raise _refused("too_many", "files_too_many")
    for said, place in zip(files, _places(to), strict=False):
        free = (uploads.c.resident == resident.id, uploads.c.kept_until > now, uploads.c.kept_until < WITH_IT)
        row = (await conn.execute(select(uploads).where(uploads.c.id == _id(said), *free).with_for_update())).first()
        if row is None:
            raise _refused("gone", "files_gone")
        sealed = resident.key.seal(f"{KIND} {place}", resident.key.open(f"{KIND} {row.id}", row.sealed))
        kept = update(uploads).where(uploads.c.id == row.id, *free)
        await conn.execute(kept.values(id=place, sealed=sealed, kept_until=WITH_IT))


async def bound(conn: AsyncConnection, resident: UUID, to: UUID) -> list[Bound]:
    """What she handed in with `to`, without the contents."""
    order = {id: number for number, id in enumerate(_places(to), 1)}
    of_hers = select(uploads.c.id, uploads.c.media_type, uploads.c.size)
    rows = await conn.execute(of_hers.where(uploads.c.resident == resident, uploads.c.id.in_(order)))
    return sorted((Bound(row.id, order[row.id], row.media_type, row.size) for row in rows), key=lambda one: one.place)


def _places(to: UUID) -> list[UUID]:
    return [uuid5(to, f"{KIND} {number}") for number in range(1, MOST + 1)]


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as wrong:
        raise _refused("gone", "files_gone") from wrong


def _refused(code: str, key: str) -> FieldsRefused:
    text = say(key)
    return FieldsRefused(text, (FieldRefused(_FIELD, code, text),))
