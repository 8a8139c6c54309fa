"""How many notices a ward's residents got, and opened, by day; of nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.tables import deliveries


@dataclass(frozen=True)
class DayReached:
    day: date
    ward: str
    delivered: int
    reached: int


async def reached(conn: AsyncConnection, since: date) -> Sequence[DayReached]:
    """House door; whole partitions older than `since` are not looked at."""
    kept = deliveries.c
    found = await conn.execute(
        select(kept.sent_on, kept.ward, func.count(), func.count(kept.opened_at))
        .where(kept.sent_on >= since, kept.ward.is_not(None))
        .group_by(kept.sent_on, kept.ward)
    )
    return [DayReached(*row) for row in found]
