"""Statements over dropped files: seen, being taken, settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange.drop.folder import SETTLED, Found, Point
from bff.exchange.drop.tables import drop_applications, drop_files

State = Literal["seen", "taking", "taken", "failed", "again"]


@dataclass(frozen=True)
class File:
    """One dropped file; `name` as it may be shown."""

    id: UUID
    ward: str
    point: str
    name: str
    size: int
    state: State
    good: int
    wrong: int
    seen_at: datetime
    settled_at: datetime | None


_COLUMNS = [drop_files.c[name] for name in File.__dataclass_fields__]


async def sight(
    conn: AsyncConnection, point: Point, found: Found, now: datetime, new_id: Callable[[], UUID]
) -> UUID | None:
    """Under which id it is taken now; None while it may still be growing. One that changed is watched anew."""
    mine = (drop_files.c.ward == point.ward, drop_files.c.point == point.name, drop_files.c.name == found.shown)
    row = (await conn.execute(select(drop_files).where(*mine, drop_files.c.state == "seen"))).first()
    same = row is not None and (row.size, row.changed) == (found.size, found.changed)
    if row is not None and (point.layout.end_mark or (same and row.seen_at <= now - SETTLED)):
        await conn.execute(update(drop_files).where(drop_files.c.id == row.id).values(state="taking", size=found.size))
        return UUID(str(row.id))
    if row is None or not same:
        await conn.execute(delete(drop_files).where(*mine, drop_files.c.state == "seen"))
        id, state = new_id(), "taking" if point.layout.end_mark else "seen"
        values = {"id": id, "ward": point.ward, "point": point.name, "name": found.shown, "size": found.size}
        await conn.execute(insert(drop_files).values(**values, changed=found.changed, seen_at=now, state=state))
        return id if point.layout.end_mark else None
    return None


async def unfinished(conn: AsyncConnection, point: Point) -> Sequence[File]:
    """What a worker that died had in its hands."""
    mine = (drop_files.c.ward == point.ward, drop_files.c.point == point.name, drop_files.c.state == "taking")
    return [File(*row) for row in await conn.execute(select(*_COLUMNS).where(*mine).order_by(drop_files.c.seen_at))]


async def one(conn: AsyncConnection, id: UUID) -> File | None:
    row = (await conn.execute(select(*_COLUMNS).where(drop_files.c.id == id))).first()
    return File(*row) if row else None


async def was_taken(conn: AsyncConnection, point: Point, digest: bytes) -> bool:
    """Whether the very same bytes were settled before, under whatever name."""
    mine = (drop_files.c.ward == point.ward, drop_files.c.point == point.name, drop_files.c.digest == digest)
    settled = drop_files.c.state.in_(("taken", "failed"))
    return (await conn.execute(select(drop_files.c.id).where(*mine, settled).limit(1))).first() is not None


async def settle(
    conn: AsyncConnection, id: UUID, state: State, *, digest: bytes | None, good: int, wrong: int, now: datetime
) -> None:
    values = {"state": state, "digest": digest, "good": good, "wrong": wrong, "settled_at": now}
    await conn.execute(update(drop_files).where(drop_files.c.id == id).values(**values))


async def newest(conn: AsyncConnection, ward: str, first: int) -> Sequence[File]:
    """For the ward's officials."""
    mine = select(*_COLUMNS).where(drop_files.c.ward == ward).order_by(drop_files.c.seen_at.desc(), drop_files.c.id)
    return [File(*row) for row in await conn.execute(mine.limit(first))]


async def unfit(conn: AsyncConnection, ward: str, first: int) -> Sequence[tuple[UUID, str]]:
    """Applications that the ward's own layout cannot hold, and why: they wait until it can."""
    mine = (drop_applications.c.ward == ward, drop_applications.c.fault.is_not(None))
    found = select(drop_applications.c.application, drop_applications.c.fault).where(*mine).limit(first)
    return [(row.application, row.fault) for row in await conn.execute(found)]


async def forget_older(conn: AsyncConnection, before: datetime) -> int:
    return (await conn.execute(delete(drop_files).where(drop_files.c.seen_at < before))).rowcount
