"""What officials did, were refused and asked another for: the ward's own record, which only grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.tables import staff_log

Outcome = Literal["done", "refused", "asked"]


@dataclass(frozen=True)
class Who:
    """`official` None: nobody was known yet."""

    ward: str
    official: UUID | None
    name: str


@dataclass(frozen=True)
class Line:
    """`about` is never a resident's name: an official's, a service's or a path of ours."""

    id: int
    at: datetime
    official: UUID | None
    official_name: str
    act: str
    outcome: Outcome
    about: str
    reason: str


async def write(
    conn: AsyncConnection,
    who: Who,
    act: str,
    *,
    now: datetime,
    outcome: Outcome = "done",
    about: str = "",
    reason: str = "",
) -> None:
    """House or ward door."""
    line = {"ward": who.ward, "official": who.official, "official_name": who.name}
    line |= {"act": act, "outcome": outcome, "about": about[:200], "reason": reason[:500]}
    # Inline: nothing is read back, since who speaks for a school may add to the record and not read it.
    await conn.execute(insert(staff_log).inline().values(at=now, **line))


async def times(conn: AsyncConnection, ward: str, official: UUID, act: str, since: datetime) -> int:
    """House or ward door: how often she has done it."""
    log = staff_log.c
    hers = (log.ward == ward, log.official == official, log.act == act, log.outcome == "done", log.at > since)
    return int((await conn.execute(select(func.count()).select_from(staff_log).where(*hers))).scalar_one())


async def newest(conn: AsyncConnection, ward: str, first: int, before: int | None = None) -> Sequence[Line]:
    """Ward door; newest first, those before the line `before`."""
    log = staff_log.c
    asked = select(log.id, log.at, log.official, log.official_name, log.act, log.outcome, log.about, log.reason).where(
        log.ward == ward
    )
    if before is not None:
        asked = asked.where(log.id < before)
    return [Line(*row) for row in await conn.execute(asked.order_by(log.id.desc()).limit(first))]
