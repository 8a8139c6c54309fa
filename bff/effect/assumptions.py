"""What a ward's figures assume: the study's numbers until its administrator enters the ward's; every change is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.effect.formulas import nearest
from bff.effect.study import Study, study
from bff.effect.tables import effect_assumptions as kept

MINUTES: Final = (0, 600)
PER_CENT: Final = (0, 100)
PEOPLE: Final = (1, 10_000_000)
YEN: Final = (0, 10_000_000_000_000)
BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "staff_yen_per_hour": (1, 1_000_000),
    "resident_yen_per_hour": (1, 1_000_000),
    "staff": PEOPLE,
    "visits": PEOPLE,
    "counter_now": MINUTES,
    "counter_rest": MINUTES,
    "automation_now": MINUTES,
    "automation_rest": MINUTES,
    "there": MINUTES,
    "there_rest": MINUTES,
    "way": MINUTES,
    "reference_staff": PEOPLE,
    "reference_paper_yen": YEN,
    "reference_staff_cost_yen": YEN,
    **{f"ict_{one}_yen": YEN for one in ("operation", "maintenance", "equipment", "network", "other")},
    **{f"ict_{one}_saved": PER_CENT for one in ("operation", "maintenance", "equipment", "network", "other")},
}
"""Every assumption, in the order it is asked in, with its least and its most."""
BY_POPULATION: Final = frozenset(
    {"staff", "visits", *(name for name in BOUNDS if name.startswith("ict_") and "yen" in name)}
)
"""Of the study these are for all 23 wards; until a ward enters its own they are its share of the population."""


@dataclass(frozen=True)
class Version:
    """One state of a ward's assumptions. `said`: only what was entered; 0 and nobody: the study's own."""

    number: int
    said: Mapping[str, int]
    by_name: str
    at: datetime | None
    note: str


def shipped(share: Fraction, of: Study | None = None) -> Mapping[str, int]:
    """The study's for a ward with that `share` of the population of the 23."""
    of = of or study()
    whole = {
        "staff_yen_per_hour": of.staff_yen_per_hour,
        "resident_yen_per_hour": of.resident_yen_per_hour,
        "staff": of.wards_staff,
        "visits": of.counter.visits,
        "counter_now": of.counter.minutes_now,
        "counter_rest": of.counter.minutes_rest,
        "automation_now": of.automation.minutes_now,
        "automation_rest": of.automation.minutes_rest,
        "there": of.residents.minutes_there,
        "there_rest": of.residents.minutes_there_rest,
        "way": of.residents.minutes_way,
        "reference_staff": of.paper.reference_staff,
        "reference_paper_yen": of.paper.reference_paper_yen,
        "reference_staff_cost_yen": of.paper.reference_staff_cost_yen,
        **{f"ict_{one.id}_yen": one.yen for one in of.ict.lines},
        **{f"ict_{one.id}_saved": one.saved for one in of.ict.lines},
    }
    return {name: nearest(share * value) if name in BY_POPULATION else value for name, value in whole.items()}


def fits(name: str, value: int) -> bool:
    least, most = BOUNDS[name]
    return least <= value <= most


async def newest(conn: AsyncConnection) -> Mapping[str, Version]:
    """Ward or house door: the newest of each ward that is seen."""
    rows = await conn.execute(select(kept).ext(distinct_on(kept.c.ward)).order_by(kept.c.ward, kept.c.version.desc()))
    return {row.ward: _version(row) for row in rows}


async def history(conn: AsyncConnection, ward: str) -> Sequence[Version]:
    """Ward door; the newest first."""
    rows = await conn.execute(select(kept).where(kept.c.ward == ward).order_by(kept.c.version.desc()))
    return [_version(row) for row in rows]


async def keep(
    conn: AsyncConnection, *, ward: str, said: Mapping[str, int], by: UUID, by_name: str, note: str, now: datetime
) -> int:
    """Ward door: a new version; what was before stays. Raises `IntegrityError` when two save at the same moment."""
    last = await conn.scalar(select(func.coalesce(func.max(kept.c.version), 0)).where(kept.c.ward == ward))
    number = int(last or 0) + 1
    line = {"ward": ward, "version": number, "said": dict(said), "by": by, "by_name": by_name, "note": note, "at": now}
    await conn.execute(insert(kept).values(**line))
    return number


def _version(row: Any) -> Version:
    said = {name: int(value) for name, value in row.said.items() if name in BOUNDS}
    return Version(row.version, said, row.by_name, row.at, row.note)
