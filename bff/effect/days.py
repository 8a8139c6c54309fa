"""The counts of each day, made by a job so that no page counts anything itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, cast, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import counting
from bff.cases import counting as cases
from bff.effect.tables import effect_days as kept
from notifications import counting as mail

JAPAN: Final = ZoneInfo("Asia/Tokyo")
NO_PROCEDURE: Final = ""
"""Notices are of the ward as a whole."""
WHAT: Final = (
    "electronic", "paper", "prefilled", "corrected", "decided", "automatable", "automated", "delivered", "reached"
)  # fmt: skip
"""`automatable`: decisions in procedures that are decided automatically where the facts allow; `automated`: those."""
LATELY: Final = timedelta(days=2)
STILL_CHANGES: Final = timedelta(days=100)
"""Older days stay as they are: also after an account they came from was erased."""
A_ROW_AT_ONCE: Final = 1_000


@dataclass(frozen=True)
class Count:
    """`month`: its first day."""

    month: date
    ward: str
    procedure: str
    what: str
    n: int


async def count(conn: AsyncConnection, today: date, back: timedelta) -> None:
    """House door: the days from `today` - `back` on are counted anew; the same twice makes the same."""
    since = today - back
    begins = datetime.combine(since, time(), JAPAN)
    rows = [*_applications(await counting.counted(conn, begins)), *_decisions(await cases.decided(conn, begins))]
    rows += _notices(await mail.reached(conn, since))
    await conn.execute(delete(kept).where(kept.c.day >= since))
    for at in range(0, len(rows), A_ROW_AT_ONCE):
        await conn.execute(insert(kept), rows[at : at + A_ROW_AT_ONCE])


def _applications(days: Sequence[counting.DayCount]) -> Iterator[dict[str, object]]:
    for one in days:
        for what in ("electronic", "paper", "prefilled", "corrected", "decided"):
            if n := getattr(one, what):
                yield {"day": one.day, "ward": one.ward, "procedure": one.procedure, "what": what, "n": n}


def _decisions(days: Sequence[cases.DayDecided]) -> Iterator[dict[str, object]]:
    for one in days:
        for what, n in (("automatable", one.automatable), ("automated", one.automated)):
            if n:
                yield {"day": one.day, "ward": one.ward, "procedure": one.procedure, "what": what, "n": n}


def _notices(days: Sequence[mail.DayReached]) -> Iterator[dict[str, object]]:
    for one in days:
        for what, n in (("delivered", one.delivered), ("reached", one.reached)):
            if n:
                yield {"day": one.day, "ward": one.ward, "procedure": NO_PROCEDURE, "what": what, "n": n}


async def by_month(conn: AsyncConnection, since: date, until: date) -> Sequence[Count]:
    """Ward door: that ward's; house door: every ward's. From `since` to `until`, both within."""
    month = func.date_trunc("month", kept.c.day).label("month")
    found = await conn.execute(
        select(month, kept.c.ward, kept.c.procedure, kept.c.what, cast(func.sum(kept.c.n), BigInteger))
        .where(kept.c.day.between(since, until))
        .group_by(month, kept.c.ward, kept.c.procedure, kept.c.what)
        .order_by(month, kept.c.ward, kept.c.procedure)
    )
    return [Count(at.date(), ward, procedure, what, int(n)) for at, ward, procedure, what, n in found]


async def write(conn: AsyncConnection, rows: Sequence[Mapping[str, object]]) -> None:
    """House door: days of a demo city."""
    if rows:
        await conn.execute(insert(kept), list(rows))


async def any_before(conn: AsyncConnection, day: date) -> bool:
    """House door."""
    return (await conn.execute(select(kept.c.day).where(kept.c.day < day).limit(1))).first() is not None
