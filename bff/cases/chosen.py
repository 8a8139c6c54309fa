"""Which procedures a ward works here, as its administrator has chosen; none unless said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.cases.tables import desk_procedures


@dataclass(frozen=True)
class Chosen:
    """`sample_percent`: of those that the rule may decide alone, so many wait for a person. `standard_days`: the
    標準処理期間 that the ward has set (行政手続法6条); None: as the catalogue has it."""

    here: bool = False
    automatic: bool = False
    sample_percent: int = 10
    standard_days: int | None = None


async def of_ward(conn: AsyncConnection, ward: str) -> Mapping[str, Chosen]:
    """By procedure."""
    rows = await conn.execute(select(desk_procedures).where(desk_procedures.c.ward == ward))
    return {row.procedure: Chosen(row.here, row.automatic, row.sample_percent, row.standard_days) for row in rows}


async def choose(
    conn: AsyncConnection, ward: str, wishes: Mapping[str, Chosen], *, by: str, now: datetime
) -> list[str]:
    """Only what is another than before is written; the procedures that changed."""
    before = await of_ward(conn, ward)
    changed = [procedure for procedure, wish in wishes.items() if before.get(procedure, Chosen()) != wish]
    for procedure in changed:
        values = {**vars(wishes[procedure]), "chosen_by": by, "chosen_at": now}
        new = insert(desk_procedures).values(ward=ward, procedure=procedure, **values)
        await conn.execute(new.on_conflict_do_update(index_elements=["ward", "procedure"], set_=values))
    return changed
