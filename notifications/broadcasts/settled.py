"""What a ward has settled about broadcasts, and how many must agree to one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.broadcasts import tables
from notifications.notice import Kind

RANGES: Final = {
    "class_size": (0, 500),
    "class_approvals": (0, 1),
    "large_from": (0, 9_999_999),
    "large_approvals": (1, 2),
    "budget": (1, 50),
    "trials": (0, 20),
}


@dataclass(frozen=True, slots=True)
class Settled:
    """A school's notice to at most `class_size` people needs `class_approvals`; one to `large_from` people or more
    `large_approvals` (0: no such class); any other needs one, an emergency two. `budget`: notices a week that are
    enough for anybody. `trials`: how many a new sender sends to try it out before she is trusted; 0: none."""

    class_size: int = 60
    class_approvals: int = 1
    large_from: int = 0
    large_approvals: int = 1
    budget: int = 3
    trials: int = 0


class Risk(StrEnum):
    EMERGENCY = "emergency"
    LARGE = "large"
    USUAL = "usual"
    CLASS = "class"


def risk(settled: Settled, kind: Kind, people: int, *, of_school: bool) -> Risk:
    if kind is Kind.EMERGENCY:
        return Risk.EMERGENCY
    if settled.large_from and people >= settled.large_from:
        return Risk.LARGE
    return Risk.CLASS if of_school and people <= settled.class_size else Risk.USUAL


def approvals(settled: Settled, risk: Risk) -> int:
    return {
        Risk.EMERGENCY: 2,
        Risk.LARGE: settled.large_approvals,
        Risk.USUAL: 1,
        Risk.CLASS: settled.class_approvals,
    }[risk]


async def of_ward(conn: AsyncConnection, ward: str) -> Settled:
    """Ward door. What nobody has settled is as it is shipped."""
    kept = tables.settings
    row = (await conn.execute(select(kept).where(kept.c.ward == ward))).one_or_none()
    return Settled() if row is None else Settled(*(getattr(row, name) for name in RANGES))


async def settle(conn: AsyncConnection, ward: str, settled: Settled, *, by_name: str, now: datetime) -> None:
    """Ward door. Raises ValueError for what lies outside of RANGES."""
    told = asdict(settled)
    if any(not least <= told[name] <= most for name, (least, most) in RANGES.items()):
        raise ValueError("outside of what can be settled")
    line = told | {"by_name": by_name, "at": now}
    wish = insert(tables.settings).values(ward=ward, **line)
    await conn.execute(wish.on_conflict_do_update(index_elements=["ward"], set_=line))
