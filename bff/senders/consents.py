"""Her yes to a sender that is no office of hers: under a number that only this sender has for her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.pairwise import Pairwise
from bff.identity.residents import Resident
from bff.senders.tables import sender_consents as kept


@dataclass(frozen=True)
class Agreed:
    """`subject`: how the sender names her."""

    sender: str
    subject: str
    given_at: datetime


async def give(conn: AsyncConnection, me: Resident, sender: str, pairwise: Pairwise, now: datetime) -> str:
    """Her number for this sender: always the same, also when she said no in between."""
    subject = pairwise.id_for(me.id, f"sender/{sender}", me.pairwise)
    yes = insert(kept).values(sender=sender, subject=subject, resident=me.id, given_at=now, ended_at=None)
    anew = {"given_at": now, "ended_at": None}
    held = yes.on_conflict_do_update(
        index_elements=["sender", "subject"],
        set_=anew,
        where=(kept.c.ended_at.is_not(None)) & (kept.c.resident == me.id),
    )
    await conn.execute(held)
    return subject


async def end(conn: AsyncConnection, resident: UUID, sender: str, now: datetime) -> str | None:
    """Her no: from now on nothing more is taken. None: there was no yes."""
    no = update(kept).where(kept.c.resident == resident, kept.c.sender == sender, kept.c.ended_at.is_(None))
    subjects = list(await conn.scalars(no.values(ended_at=now).returning(kept.c.subject)))
    return subjects[0] if subjects else None


async def of(conn: AsyncConnection, resident: UUID) -> Sequence[Agreed]:
    held = select(kept).where(kept.c.resident == resident, kept.c.ended_at.is_(None)).order_by(kept.c.sender)
    return [Agreed(row.sender, row.subject, row.given_at) for row in await conn.execute(held)]


async def whose(conn: AsyncConnection, sender: str, subject: str) -> UUID | None:
    """House door: who agreed under this number, and still does until this transaction ends."""
    held = select(kept.c.resident).where(kept.c.sender == sender, kept.c.subject == subject, kept.c.ended_at.is_(None))
    found: UUID | None = await conn.scalar(held.with_for_update(read=True))
    return found
