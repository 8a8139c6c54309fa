"""How far a ward is: being prepared, tried out by chosen people, or live. A ward that nobody has set back is live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.administration.tables import ward_stages, ward_testers, ward_ticks

Stage = Literal["preparing", "trial", "live"]
_s, _t, _x = ward_stages.c, ward_ticks.c, ward_testers.c


@dataclass(frozen=True)
class Standing:
    """`agreed_by_name` None: it was one person's, since nothing was opened by it."""

    stage: Stage = "live"
    at: datetime | None = None
    by_name: str = ""
    agreed_by_name: str | None = None


@dataclass(frozen=True)
class Tick:
    item: str
    ticked: bool
    note: str
    at: datetime
    by_name: str


@dataclass(frozen=True)
class Tester:
    """`number`: by which the official knows her; her name stands in the papers."""

    resident: UUID
    number: str
    at: datetime
    by_name: str


async def standing(conn: AsyncConnection, ward: str) -> Standing:
    asked = select(_s.stage, _s.at, _s.by_name, _s.agreed_by_name).where(_s.ward == ward)
    found = (await conn.execute(asked)).first()
    return Standing(*found) if found else Standing()


async def turn(
    conn: AsyncConnection,
    ward: str,
    stage: Stage,
    *,
    before: Stage,
    by_name: str,
    agreed_by_name: str | None,
    now: datetime,
) -> bool:
    """House door. False: meanwhile it is no longer at `before`, and stays where it is."""
    await conn.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"stage:{ward}", 0))))
    if (await standing(conn, ward)).stage != before:
        return False
    told = {"stage": stage, "at": now, "by_name": by_name, "agreed_by_name": agreed_by_name}
    made = upsert(ward_stages).values(ward=ward, **told)
    await conn.execute(made.on_conflict_do_update(index_elements=["ward"], set_=told))
    return True


async def not_live(conn: AsyncConnection) -> Mapping[str, tuple[Stage, frozenset[UUID]]]:
    """House door: wards that are not live, and who may use each all the same."""
    stages = (await conn.execute(select(_s.ward, _s.stage).where(_s.stage != "live"))).all()
    if not stages:
        return {}
    wards = [row.ward for row in stages]
    testers: dict[str, set[UUID]] = {ward: set() for ward in wards}
    for row in await conn.execute(select(_x.ward, _x.resident).where(_x.ward.in_(wards))):
        testers[row.ward].add(row.resident)
    return {row.ward: (row.stage, frozenset(testers[row.ward])) for row in stages}


async def ticks(conn: AsyncConnection, ward: str) -> Mapping[str, Tick]:
    """By item, as it was last said; what was said before stays in the ward's record."""
    newest = select(_t.item, _t.ticked, _t.note, _t.at, _t.by_name).where(_t.ward == ward)
    rows = await conn.execute(newest.ext(distinct_on(_t.item)).order_by(_t.item, _t.id.desc()))
    return {row.item: Tick(*row) for row in rows}


async def tick(
    conn: AsyncConnection, ward: str, item: str, *, ticked: bool, note: str, by_name: str, now: datetime
) -> None:
    told = {"ward": ward, "item": item, "ticked": ticked, "note": note, "at": now, "by_name": by_name}
    await conn.execute(insert(ward_ticks).values(**told))


async def testers(conn: AsyncConnection, ward: str) -> Sequence[Tester]:
    asked = select(_x.resident, _x.number, _x.at, _x.by_name).where(_x.ward == ward).order_by(_x.at)
    return [Tester(*row) for row in await conn.execute(asked)]


async def let_try(
    conn: AsyncConnection, ward: str, resident: UUID, *, number: str, by_name: str, now: datetime
) -> None:
    told = {"ward": ward, "resident": resident, "number": number, "at": now, "by_name": by_name}
    await conn.execute(upsert(ward_testers).values(**told).on_conflict_do_nothing())


async def let_try_no_more(conn: AsyncConnection, ward: str, resident: UUID) -> bool:
    """False: she was none of them."""
    return (await conn.execute(delete(ward_testers).where(_x.ward == ward, _x.resident == resident))).rowcount == 1
