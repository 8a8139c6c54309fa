"""Whom a silence reaches: how many see older facts because of it, and how many see nothing. Counts, nobody's facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange.silence import Why
from bff.facts.tables import kept_facts
from bff.identity.residents import of_ward

OUTSIDE = (Why.TIMEOUT, Why.UNAVAILABLE, Why.WRONG_ANSWER, Why.BUSY, Why.RESTING, Why.SWITCHED_OFF, Why.PLANNED_OUTAGE)
"""Reasons that lie with a service or with us, and not with her."""


@dataclass(frozen=True)
class Reached:
    """Residents whose last asking was in vain: `older` still see what was told before, `nothing` see a gap alone."""

    older: int = 0
    nothing: int = 0


async def reached(conn: AsyncConnection, ward: str) -> Mapping[str, Reached]:
    """By source, of the residents of this ward; needs the house's door."""
    is_kept = kept_facts.c.value.is_not(None)
    rows = await conn.execute(
        select(
            kept_facts.c.source,
            func.count().filter(is_kept).label("older"),
            func.count().filter(~is_kept).label("nothing"),
        )
        .where(kept_facts.c.silent_since.is_not(None), kept_facts.c.silent_why.in_([str(why) for why in OUTSIDE]))
        .where(kept_facts.c.resident.in_(of_ward(ward)))
        .group_by(kept_facts.c.source)
    )
    return {row.source: Reached(row.older, row.nothing) for row in rows}
