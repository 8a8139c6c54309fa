"""Her no, and her new yes: what a source told goes at once; when it was asked stays, so that none is asked sooner."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, case, null, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange.silence import Why
from bff.facts.store import Kept
from bff.facts.tables import kept_facts

_NOTHING = {"value": None, "told_at": None, "expires_at": None, "silent_since": None, "silent_why": None}
_kept = kept_facts.c


async def let_go(conn: AsyncConnection, resident: UUID, sources: Collection[str]) -> None:
    """Drops what these sources told and whether they were silent.

    A refresh after her no asked nobody: its time goes too. By then the last question had rested long enough.
    """
    nobody_asked = and_(_kept.silent_why == str(Why.STOPPED), _kept.asked_at > _kept.silent_since)
    await conn.execute(
        update(kept_facts)
        .where(_kept.resident == resident, _kept.source.in_(sources))
        .values(**_NOTHING, asked_at=case((nobody_asked, null()), else_=_kept.asked_at))
    )


async def stopped(conn: AsyncConnection, resident: UUID, source: str, now: datetime) -> None:
    """Nothing is told of the source since her no."""
    values = {"silent_since": now, "silent_why": str(Why.STOPPED)}
    new = insert(kept_facts).values(resident=resident, source=source, **values)
    await conn.execute(new.on_conflict_do_update(index_elements=[_kept.resident, _kept.source], set_=values))


def is_known(kept: Kept, source: str) -> bool:
    """Kept to be without her yes: nobody tries, so that there is no refused reading to write down either."""
    gap = held.gap if (held := kept.get(source)) is not None else None
    return gap is not None and gap.why is Why.STOPPED


async def was_asked(conn: AsyncConnection, resident: UUID, source: str, at: datetime) -> None:
    """All that is kept of an answer that came after her no."""
    new = insert(kept_facts).values(resident=resident, source=source, asked_at=at)
    await conn.execute(new.on_conflict_do_update(index_elements=[_kept.resident, _kept.source], set_={"asked_at": at}))
