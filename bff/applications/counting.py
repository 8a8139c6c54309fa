"""How much came in, by day, ward and procedure; of nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, Integer, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications.tables import applications

NOT_COUNTED = ("waiting", "withdrawn")
"""Not handed in, or taken back: nobody was spared a way by it."""
FINAL = ("decided", "rejected")


@dataclass(frozen=True)
class DayCount:
    """`paper`: what came to a counter; `prefilled`: fields nobody had to fill in; `corrected`: of them those that were
    wrong."""

    day: date
    ward: str
    procedure: str
    electronic: int
    paper: int
    prefilled: int
    corrected: int
    decided: int


async def counted(conn: AsyncConnection, since: datetime) -> Sequence[DayCount]:
    """House door; of everything accepted since then, by the day in Tokyo."""
    kept = applications.c
    day = cast(func.timezone("Asia/Tokyo", kept.accepted_at), Date).label("day")
    wrong = func.coalesce(func.array_length(kept.corrected, 1), 0)
    found = await conn.execute(
        select(
            day,
            kept.ward,
            kept.procedure,
            func.count().filter(kept.channel == "online").label("electronic"),
            func.count().filter(kept.channel == "paper").label("paper"),
            cast(func.sum(kept.prefilled), Integer).label("prefilled"),
            cast(func.sum(wrong), Integer).label("corrected"),
            func.count().filter(kept.state.in_(FINAL)).label("decided"),
        )
        .where(kept.accepted_at >= since, kept.state.not_in(NOT_COUNTED))
        .group_by(day, kept.ward, kept.procedure)
    )
    return [DayCount(*row) for row in found]
