"""Who stands in which household: told by the register, kept as keyed digests that say nothing by themselves.

So a teenager with an account of her own is known as the child in her mother's household, and a ward's official who has
the papers before him finds whose account holds a person, without anything being opened.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.facts.refresh import Heard
from bff.facts.store import Part
from bff.family.tables import household_people
from bff.identity.residents import Resident
from bff.identity.tables import residents
from life_events import Household, Law, Member
from life_events.dates import birthday

Tie = Literal["self", "child", "other"]
GUARDIANS = ("head", "spouse")
_p = household_people.c


def digest_of(secret: bytes, ward: str, person: str) -> bytes:
    """32 bytes; `person` is the register's own id in that ward."""
    return hmac.digest(secret, f"household-person|{ward}|{person}".encode(), "sha256")


def hears(secret: bytes) -> Heard:
    """Of each household that is told, who stands in it."""

    async def heard(conn: AsyncConnection, resident: Resident, part: Part) -> None:
        if isinstance(part, Household):
            await _keep(conn, secret, resident.id, part)

    return heard


async def forget(conn: AsyncConnection, resident: UUID) -> None:
    """After her no to the register."""
    await conn.execute(delete(household_people).where(_p.resident == resident))


async def accounts(conn: AsyncConnection, digest: bytes, tie: Tie) -> Sequence[UUID]:
    """Through the house's door: the accounts in which this person stands so, the oldest first."""
    so = select(_p.resident).join(residents, residents.c.id == _p.resident).where(_p.digest == digest, _p.tie == tie)
    return list(await conn.scalars(so.order_by(residents.c.made_at, residents.c.id)))


async def myself(conn: AsyncConnection, resident: UUID) -> bytes | None:
    """Her own digest; None as long as the register has not been heard."""
    found: bytes | None = await conn.scalar(select(_p.digest).where(_p.resident == resident, _p.tie == "self"))
    return found


def is_guardian(household: Household) -> bool:
    """Whether the register shows the person signed in as one of those who bring up the children of the household."""
    return household.me is not None and household.me.relation in GUARDIANS


def children(household: Household, law: Law, today: date) -> Sequence[Member]:
    """The minors of the household she brings up, as the register tells."""
    if not is_guardian(household):
        return ()
    return [one for one in household.members if one.relation == "child" and today < of_age_on(one, law, today)]


def of_age_on(member: Member, law: Law, today: date) -> date:
    """The birthday from which a person speaks for herself (民法4条)."""
    return birthday(member.birth_date, law.numbers["age_of_majority"].on(today))


async def _keep(conn: AsyncConnection, secret: bytes, resident: UUID, household: Household) -> None:
    await forget(conn, resident)
    rows = {digest_of(secret, household.ward, one.person): _tie(household, one) for one in household.members}
    if rows:
        values = [{"resident": resident, "digest": digest, "tie": tie} for digest, tie in rows.items()]
        await conn.execute(insert(household_people), values)


def _tie(household: Household, member: Member) -> Tie:
    if member.me:
        return "self"
    return "child" if member.relation == "child" and is_guardian(household) else "other"
