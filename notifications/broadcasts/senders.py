"""Who is new at this: what she sends goes to those who try it out, until the ward's administrator trusts her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import delete, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.audience import Audience, Marked
from notifications.broadcasts.settled import Settled
from notifications.broadcasts.tables import senders
from notifications.tables import HERSELF, contact_marks, contacts

TESTERS: Final = UUID("6b1d3c52-9f0a-5c0e-8f0f-2b7a90d1c0de")


@dataclass(frozen=True, slots=True)
class Sender:
    who: str
    who_name: str
    school: str | None
    trials: int
    trusted_at: datetime | None
    trusted_by_name: str | None


def testers_mark(ward: str, school: str | None) -> str:
    """Of those who have agreed to get what the officials of a ward or a school try out: themselves, or made-up ones."""
    return f"list:{uuid5(TESTERS, f'{ward}|{school or str()}')}"


def testers(ward: str, school: str | None) -> Audience:
    return Audience(ward, Marked(testers_mark(ward, school)))


async def add_tester(conn: AsyncConnection, *, ward: str, school: str | None, resident: UUID) -> bool:
    """House door. False: she does not live in this ward, or is one already."""
    mark = literal(testers_mark(ward, school))
    line = select(contacts.c.resident, contacts.c.number, contacts.c.ward, mark, literal(HERSELF))
    line = line.where(contacts.c.resident == resident, contacts.c.ward == ward)
    wish = insert(contact_marks).from_select(["resident", "number", "ward", "mark", "child"], line)
    made = await conn.execute(wish.on_conflict_do_nothing().returning(contact_marks.c.resident))
    return made.first() is not None


async def testers_of(conn: AsyncConnection, *, ward: str, school: str | None) -> Sequence[UUID]:
    """House door."""
    mark = contact_marks.c.mark == testers_mark(ward, school)
    asked = select(contact_marks.c.resident).where(contact_marks.c.ward == ward, mark)
    return (await conn.execute(asked)).scalars().all()


async def forget_testers(conn: AsyncConnection, *, ward: str, school: str | None) -> int:
    """House door: how many there were."""
    mark = contact_marks.c.mark == testers_mark(ward, school)
    return (await conn.execute(delete(contact_marks).where(contact_marks.c.ward == ward, mark))).rowcount


async def is_on_trial(conn: AsyncConnection, settled: Settled, ward: str, who: str) -> bool:
    """Ward door."""
    if settled.trials == 0:
        return False
    known = await conn.execute(select(senders.c.trusted_at).where(senders.c.ward == ward, senders.c.who == who))
    return known.scalar() is None


async def tried(conn: AsyncConnection, *, ward: str, who: str, who_name: str, school: str | None) -> None:
    """Ward door: one more of hers went out on trial."""
    line = {"ward": ward, "who": who, "who_name": who_name, "school": school, "trials": 1}
    more = {"trials": senders.c.trials + 1, "who_name": who_name}
    await conn.execute(insert(senders).values(**line).on_conflict_do_update(index_elements=["ward", "who"], set_=more))


async def of_ward(conn: AsyncConnection, ward: str) -> Sequence[Sender]:
    """Ward door: everyone who ever tried; who waits to be trusted first."""
    kept = senders.c
    asked = select(kept.who, kept.who_name, kept.school, kept.trials, kept.trusted_at, kept.trusted_by_name)
    asked = asked.where(kept.ward == ward).order_by(kept.trusted_at.desc().nulls_first(), kept.who_name)
    return [Sender(*row) for row in await conn.execute(asked)]


async def trust(conn: AsyncConnection, ward: str, who: str, *, by_name: str, now: datetime) -> bool:
    """Ward door. False: nobody of that name tries anything, or she is trusted already."""
    kept = senders.c
    waits = (kept.ward == ward, kept.who == who, kept.trusted_at.is_(None))
    said = {"trusted_at": now, "trusted_by_name": by_name}
    return (await conn.execute(update(senders).where(*waits).values(**said))).rowcount == 1
