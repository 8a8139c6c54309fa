"""What has outlived its purpose: pictures of papers, and people who were known from a paper alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol
from uuid import UUID

import structlog
from sqlalchemy import exists, select, update

from bff.cases.tables import cases
from bff.identity.residents import FROM_PAPER
from bff.identity.tables import residents
from bff.paper import people, store
from bff.paper.house import House

log = structlog.get_logger()


class Kept(Protocol):
    @property
    def pictures_days(self) -> int: ...
    @property
    def people_days(self) -> int: ...


async def come_round(house: House, kept: Kept) -> None:
    """Each night. Whose last case is over goes the way of every account that is erased: at once, since nobody can call
    it off, and all that `holdings.toml` does not keep."""
    now = house.clock()
    async with house.db.house() as conn:
        await store.forget_pages(conn, now - timedelta(days=kept.pictures_days))
        theirs = cases.c.resident == residents.c.id
        until = now - timedelta(days=kept.people_days)
        still = exists(
            select(cases.c.application).where(
                theirs,
                (cases.c.closed_at.is_(None))
                | (cases.c.closed_at > until)
                | cases.c.handover.in_(("waiting", "failed")),
            )
        )
        over = update(residents).where(residents.c.issuer.startswith(FROM_PAPER), residents.c.erase_at.is_(None))
        over = over.where(residents.c.made_at < until, ~still)
        gone = await conn.execute(over.values(erase_at=now, erase_asked_at=now))
    if gone.rowcount:
        log.info("people known from papers alone are forgotten", people=gone.rowcount)
    after: UUID | None = UUID(int=0)
    while after is not None:
        after = await people.take_up_some(house, after)
