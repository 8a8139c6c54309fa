"""May she? Asked before every look and every act for another, and answered in the log before anything is opened.

A person who acts for another stays herself: there is no session as somebody else, only a mandate named each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import Denied, NotFound, Refusal
from bff.family import store
from bff.family.hands import case_of
from bff.family.house import House
from bff.family.kinds import Act, Item, sensitive
from bff.family.mandate import Mandate
from bff.family.tables import protections
from bff.family.words import say
from bff.identity.residents import Resident, is_leaving, resident_of
from bff.ledger import looks
from bff.ledger.looks import Look, Looker

GUARDIANS: Final = frozenset({"parent", "legal_guardian"})
PURPOSE: Final = "representation"


@dataclass(frozen=True)
class Standing:
    """A mandate that holds now, with both its people; `is_protected`: this kind is to find an empty page."""

    mandate: Mandate
    represented: Resident
    representative: Resident
    is_protected: bool


async def stand(house: House, me: Resident, mandate: UUID | None, needs: Item | Act | None = None) -> Standing:
    """What `me` may rest on; raises `NotFound` (not hers, or nobody's) and `Denied`. Either way a row is written."""
    async with house.db.house() as conn:
        found = await store.one(conn, mandate) if mandate else None
        represented = await _represented(conn, house, found)
        refused = _refusal(found, me, house, needs, represented) or await _leaving(conn, represented)
        await looks.note(
            conn, _look(me, mandate, found, needs, refused is None), now=house.clock(), new_id=house.new_id
        )
        shut = await _is_protected(conn, house, found)
    if refused is not None:
        raise refused
    if found is None or represented is None:
        raise NotFound(say("no_such_mandate"))
    return Standing(found, represented, me, shut)


def _refusal(
    found: Mandate | None, me: Resident, house: House, needs: Item | Act | None, represented: Resident | None
) -> Refusal | None:
    if found is None or found.representative != me.id:
        return NotFound(say("no_such_mandate"))
    if found.state == "asked":
        return Denied(say("not_yet"))
    if not found.holds(house.today()) or represented is None:
        return Denied(say("over"))
    if needs is not None and needs not in (*found.rules.items, *found.rules.acts):
        return Denied(say("not_within"))
    return None


async def _leaving(conn: AsyncConnection, represented: Resident | None) -> Refusal | None:
    """In the days of grace before an account is erased nobody acts in it; a login of hers brings everything back."""
    if represented is None or not await is_leaving(conn, represented.id):
        return None
    return Denied(say("leaving"))


def _look(me: Resident, asked: UUID | None, found: Mandate | None, needs: Item | Act | None, allowed: bool) -> Look:
    """Whose data it is about is told; of a mandate that nobody gave, who asked is told herself."""
    kind = found.kind if found and found.representative == me.id else "stranger"
    return Look(
        resident=found.represented if found and found.represented else me.id,
        by=Looker("guardian" if kind in GUARDIANS else "delegate", me.id, kind),
        what=needs or "represented",
        purpose=PURPOSE,
        basis=found.rules.basis if found else "mandate_none",
        case=case_of(found.id if found else asked or "none"),
        allowed=allowed,
    )


async def _represented(conn: AsyncConnection, house: House, found: Mandate | None) -> Resident | None:
    if found is None or found.represented is None:
        return None
    return await resident_of(conn, found.represented, house.keys)


async def _is_protected(conn: AsyncConnection, house: House, found: Mandate | None) -> bool:
    if found is None or found.represented is None:
        return False
    if not any(found.kind in one.protected_kinds for one in sensitive().values()):
        return False
    return await is_protected(conn, found.represented, house.today())


async def is_protected(conn: AsyncConnection, resident: UUID, today: date) -> bool:
    """支援措置: whether nobody is to learn from here where she lives (house door)."""
    p = protections.c
    holding = select(p.id).where(p.resident == resident, p.ended_at.is_(None), p.until >= today)
    return (await conn.execute(holding.limit(1))).first() is not None
