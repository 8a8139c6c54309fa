"""How many cases were decided, and how many by the rule alone, by day, ward and procedure; of nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, and_, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.cases.tables import cases, desk_procedures


@dataclass(frozen=True)
class DayDecided:
    """`automatable`: decided where the ward lets the rule decide; `automated`: of them those it decided alone."""

    day: date
    ward: str
    procedure: str
    automatable: int
    automated: int


async def decided(conn: AsyncConnection, since: datetime) -> Sequence[DayDecided]:
    """House door; by the day in Tokyo on which it was decided."""
    day = cast(func.timezone("Asia/Tokyo", cases.c.closed_at), Date).label("day")
    chosen = and_(desk_procedures.c.ward == cases.c.ward, desk_procedures.c.procedure == cases.c.procedure)
    found = await conn.execute(
        select(day, cases.c.ward, cases.c.procedure, func.count(), func.count().filter(cases.c.automatic))
        .select_from(cases.outerjoin(desk_procedures, chosen))
        .where(cases.c.closed_at >= since, cases.c.outcome.in_(("decided", "rejected")))
        .where(or_(cases.c.automatic, desk_procedures.c.automatic))
        .group_by(day, cases.c.ward, cases.c.procedure)
    )
    return [DayDecided(*row) for row in found]
