"""Acts that wait for a second person: one official asks, another agrees or refuses, and only then is it done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.staff import Official
from bff.identity.tables import staff_asks

LIVES = timedelta(days=7)


class NotYours(Exception):
    """Who asked never decides."""


class Over(Exception):
    """Somebody else was first, or what was asked for is not to be had any more."""


@dataclass(frozen=True)
class Asked:
    """`about` and `about_name`: to whom or to what it is done; `what`: whatever doing it needs."""

    id: UUID
    act: str
    about: str
    about_name: str
    what: Mapping[str, Any]
    reason: str
    asked_by: UUID
    asked_by_name: str
    asked_at: datetime
    ends_at: datetime


async def ask(
    conn: AsyncConnection,
    *,
    id: UUID,
    by: Official,
    act: str,
    about: str,
    about_name: str,
    reason: str,
    now: datetime,
    what: Mapping[str, Any] | None = None,
    until: datetime | None = None,
) -> bool:
    """Ward door; lapses after `LIVES`, or at `until`. False: the same waits already."""
    await conn.execute(
        staff_asks.delete().where(
            staff_asks.c.ward == by.ward, staff_asks.c.decided_at.is_(None), staff_asks.c.ends_at <= now
        )
    )
    line = {"id": id, "ward": by.ward, "act": act, "about": about, "about_name": about_name, "what": dict(what or {})}
    line |= {
        "reason": reason,
        "asked_by": by.id,
        "asked_by_name": by.name,
        "asked_at": now,
        "ends_at": min(now + LIVES, until or now + LIVES),
    }
    made = await conn.execute(insert(staff_asks).values(**line).on_conflict_do_nothing().returning(staff_asks.c.id))
    return made.first() is not None


async def waiting(conn: AsyncConnection, ward: str, now: datetime) -> Sequence[Asked]:
    """Ward door; the oldest first."""
    kept = staff_asks.c
    asked = select(staff_asks).where(kept.ward == ward, kept.decided_at.is_(None), kept.ends_at > now)
    return [_asked(row) for row in await conn.execute(asked.order_by(kept.asked_at))]


async def one(conn: AsyncConnection, ward: str, id: UUID, now: datetime) -> Asked | None:
    """Ward door. None: there is none, or it was decided or has lapsed."""
    return next((asked for asked in await waiting(conn, ward, now) if asked.id == id), None)


async def asked_by(conn: AsyncConnection, by: Official, act: str, now: datetime) -> Sequence[tuple[Asked, str]]:
    """Ward door; what this official asked for of late, the newest first, each with how it stands: `asked`, `agreed`,
    `refused`. What was agreed to is theirs for `LIVES`."""
    kept = staff_asks.c
    mine = select(staff_asks).where(kept.ward == by.ward, kept.act == act, kept.asked_by == by.id)
    rows = await conn.execute(mine.where(kept.asked_at > now - 2 * LIVES).order_by(kept.asked_at.desc()))
    found = [(_asked(row), row.decided_at, row.agreed) for row in rows]
    return [
        (one, "asked" if at is None else "agreed" if agreed else "refused")
        for one, at, agreed in found
        if (one.ends_at > now if at is None else at > now - LIVES)
    ]


async def decide(conn: AsyncConnection, asked: Asked, *, by: Official, agreed: bool, now: datetime) -> bool:
    """Ward door. False: somebody else was first. Raises `NotYours`; by role it is judged before (`Acts`)."""
    if asked.asked_by == by.id:
        raise NotYours
    kept = staff_asks.c
    said = {"decided_by": by.id, "decided_by_name": by.name, "decided_at": now, "agreed": agreed}
    open_still = (kept.id == asked.id, kept.ward == by.ward, kept.decided_at.is_(None), kept.ends_at > now)
    return (await conn.execute(update(staff_asks).where(*open_still).values(**said))).rowcount == 1


async def take_back(conn: AsyncConnection, ward: str, *, act: str, about: str) -> None:
    """Ward door; whoever asked needs it no more, or it has lapsed. What was decided stays."""
    kept = staff_asks.c
    mine = (kept.ward == ward, kept.act == act, kept.about == about, kept.decided_at.is_(None))
    await conn.execute(staff_asks.delete().where(*mine))


def _asked(row: Row[Any]) -> Asked:
    return Asked(
        row.id,
        row.act,
        row.about,
        row.about_name,
        row.what,
        row.reason,
        row.asked_by,
        row.asked_by_name,
        row.asked_at,
        row.ends_at,
    )
