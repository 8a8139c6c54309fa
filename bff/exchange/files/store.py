"""Statements over files: announced, written part by part by one at a time, whole or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange.files.tables import exchange_files as rows

WRITER_MAY_REST: Final = timedelta(minutes=2)
HALF_IS_KEPT: Final = timedelta(hours=24)
State = Literal["open", "whole", "wrong", "gone"]


@dataclass(frozen=True)
class File:
    """`key`: the sender's own, under which it is one file; `received`: bytes that are safely here."""

    id: UUID
    kind: str
    ward: str
    key: str
    size: int
    sha512: bytes
    media_type: str
    received: int
    state: State
    made_at: datetime
    touched_at: datetime

    def is_same(self, other: File) -> bool:
        """Whether two announcements are of one file."""
        names = ("kind", "ward", "key", "size", "sha512", "media_type")
        return all(getattr(self, name) == getattr(other, name) for name in names)


_COLUMNS = [rows.c[name] for name in File.__dataclass_fields__]


async def announce(conn: AsyncConnection, file: File) -> File:
    """The file under this key: `file`, or the one that was announced before."""
    values = {name: getattr(file, name) for name in File.__dataclass_fields__}
    await conn.execute(insert(rows).values(**values).on_conflict_do_nothing())
    known = select(*_COLUMNS).where(rows.c.ward == file.ward, rows.c.key == file.key)
    return File(*(await conn.execute(known)).one())


async def open_of(conn: AsyncConnection, ward: str, *, but: str) -> int:
    """How many files of a ward are under way, but the one under this key."""
    open_ = (rows.c.ward == ward, rows.c.state == "open", rows.c.key != but)
    return await conn.scalar(select(func.count()).where(*open_)) or 0


async def one(conn: AsyncConnection, id: UUID, ward: str) -> File | None:
    """None: there is none, or it is another ward's."""
    row = (await conn.execute(select(*_COLUMNS).where(rows.c.id == id, rows.c.ward == ward))).first()
    return File(*row) if row else None


async def take_pen(conn: AsyncConnection, id: UUID, pen: UUID, received: int, now: datetime) -> bool:
    """From now on only `pen` writes behind what was `received`, until it is laid down or has rested too long.

    False: another one writes, or has written since that was looked at.
    """
    free = or_(rows.c.writer.is_(None), rows.c.touched_at < now - WRITER_MAY_REST)
    here = (rows.c.id == id, rows.c.state == "open", rows.c.received == received)
    return (await conn.execute(update(rows).where(*here, free).values(writer=pen, touched_at=now))).rowcount == 1


async def lay_down_pen(conn: AsyncConnection, id: UUID, pen: UUID, received: int, now: datetime) -> bool:
    """What was written counts; False: the pen was taken away meanwhile, and nothing of it does."""
    mine = update(rows).where(rows.c.id == id, rows.c.writer == pen)
    return (await conn.execute(mine.values(writer=None, received=received, touched_at=now))).rowcount == 1


async def settle(conn: AsyncConnection, id: UUID, state: State, now: datetime) -> None:
    await conn.execute(update(rows).where(rows.c.id == id).values(state=state, touched_at=now))


async def begin_anew(conn: AsyncConnection, id: UUID, now: datetime) -> None:
    """After a wrong digest, or when it has outlived its time, the sender may send it again under the same key."""
    again = update(rows).where(rows.c.id == id, rows.c.state.in_(("wrong", "gone")))
    await conn.execute(again.values(state="open", received=0, writer=None, touched_at=now))


async def outlived(conn: AsyncConnection, days: dict[str, int], now: datetime) -> Sequence[UUID]:
    """Half files nobody goes on with, and whole ones beyond their time."""
    half = select(rows.c.id).where(rows.c.state.in_(("open", "wrong")), rows.c.touched_at < now - HALF_IS_KEPT)
    found = list((await conn.execute(half)).scalars())
    for kind, kept in days.items():
        whole = (rows.c.kind == kind, rows.c.state == "whole", rows.c.touched_at < now - timedelta(days=kept))
        found += (await conn.execute(select(rows.c.id).where(*whole))).scalars()
    return found


async def forget_older(conn: AsyncConnection, before: datetime) -> int:
    """Of files that are gone also that they were here."""
    return (await conn.execute(delete(rows).where(rows.c.state == "gone", rows.c.touched_at < before))).rowcount


async def newest(conn: AsyncConnection, ward: str, first: int) -> Sequence[File]:
    mine = select(*_COLUMNS).where(rows.c.ward == ward).order_by(rows.c.made_at.desc(), rows.c.id).limit(first)
    return [File(*row) for row in await conn.execute(mine)]
