"""Every data key under the newest master key, begun by an official and done by a job, some at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.administration.tables import key_rewraps
from bff.db import Database

REWRAP: Final = "rewrap_keys"
_k = key_rewraps.c

Some = Callable[[AsyncConnection], Awaitable[int]]
"""Wraps some keys anew; 0: none is left."""
Left = Callable[[AsyncConnection], Awaitable[Mapping[str, int]]]
"""How many data keys hang on each master key."""


@dataclass(frozen=True)
class Rewrap:
    id: UUID
    ward: str
    key_id: str
    begun_at: datetime
    begun_by_name: str
    whole: int
    done: int
    ended_at: datetime | None
    fault: str | None


async def begin(
    conn: AsyncConnection, id: UUID, ward: str, key_id: str, whole: int, *, by_name: str, now: datetime
) -> bool:
    """House door. False: one is under way already."""
    told = {"id": id, "ward": ward, "key_id": key_id, "whole": whole, "done": 0, "begun_at": now}
    made = insert(key_rewraps).values(**told, begun_by_name=by_name).on_conflict_do_nothing().returning(_k.id)
    return (await conn.execute(made)).first() is not None


async def newest(conn: AsyncConnection, most: int = 10) -> Sequence[Rewrap]:
    """House door: the keys are the house's, whichever ward's official began it."""
    rows = await conn.execute(select(key_rewraps).order_by(_k.begun_at.desc()).limit(most))
    return [Rewrap(**row._mapping) for row in rows]


async def run(db: Database, id: UUID, some: Some, now: Callable[[], datetime]) -> None:
    """The job: a transaction for each handful, so that it may be broken off and go on elsewhere. A master key that the
    settings no longer name ends it with its fault told."""
    while True:
        async with db.house() as conn:
            wrapped = await some(conn)
            told = {"done": _k.done + wrapped} if wrapped else {"ended_at": now()}
            await conn.execute(update(key_rewraps).where(_k.id == id, _k.ended_at.is_(None)).values(**told))
        if not wrapped:
            return


async def fail(db: Database, id: UUID, fault: str, now: datetime) -> None:
    async with db.house() as conn:
        ended = update(key_rewraps).where(_k.id == id, _k.ended_at.is_(None))
        await conn.execute(ended.values(ended_at=now, fault=fault[:200]))
