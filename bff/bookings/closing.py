"""Times called off: who was expected there is told why, and a place at another time is kept for them to answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.bookings import store
from bff.bookings.booking import LIVE, Booking, Offer, Slot, answer_by
from bff.bookings.own import LAPSE
from bff.bookings.words import tell, when

ELSEWHEN: Final = timedelta(days=60)
"""How far from now another time may lie."""


@dataclass(frozen=True)
class Closed:
    """How many were told, and for how many of them a place at another time is kept."""

    told: int = 0
    kept: int = 0

    def __add__(self, other: Closed) -> Closed:
        return Closed(self.told + other.told, self.kept + other.kept)


@dataclass
class _Places:
    """Of the same offer at other times, those still free; each is given once."""

    open: Sequence[Slot]
    given: dict[UUID, int] = field(default_factory=dict)

    def nearest(self, slot: Slot) -> Slot | None:
        free = [one for one in self.open if one.left > self.given.get(one.id, 0)]
        found = min(free, key=lambda one: (abs(one.starts_at - slot.starts_at), one.starts_at), default=None)
        if found is not None:
            self.given[found.id] = self.given.get(found.id, 0) + 1
        return found


async def close(conn: AsyncConnection, offer: Offer, slots: Collection[UUID], why: str, now: datetime) -> Closed:
    """House door. Who had a place comes before who waited, each in the order in which they asked."""
    near = await store.slots(conn, offer.ward, offer=offer.id, since=now, until=now + ELSEWHEN)
    held = await store.locked(conn, *slots, *(one.id for one in near))
    closing = {id: one for id, one in held.items() if id in slots and one.closed_at is None and one.offer == offer.id}
    others = _Places([one for id, one in held.items() if id not in closing and one.is_open(now)])
    here = [one for one in await store.of_slots(conn, offer.ward, list(closing)) if one.state in LIVE]
    for slot in closing.values():
        await store.close(conn, slot.id, why, now)
    kept = 0
    for one in sorted(here, key=lambda one: (one.state == "waiting", one.asked_at, one.id)):
        slot = closing[one.slot]
        other = None if offer.ended_at else others.nearest(slot)
        if other is None:
            values = {"state": "cancelled", "offered_until": None, "changed_at": now, "ended_by": "ward"}
            await store.change(conn, one.id, **values)
            await tell(conn, "closed", one, offer, slot, now, why=why)
        else:
            await _keep(conn, one, offer, slot, other, why, now)
            kept += 1
    return Closed(len(here), kept)


async def _keep(
    conn: AsyncConnection, one: Booking, offer: Offer, slot: Slot, other: Slot, why: str, now: datetime
) -> None:
    """As a place that came free: hers until she says no, or says nothing."""
    until = answer_by(offer, other, now)
    values = {"state": "offered", "slot": other.id, "offered_until": until, "changed_at": now, "reminded_at": None}
    await store.change(conn, one.id, **values)
    await store.take(conn, other.id, 1)
    await tell(conn, "rebooked", one, offer, slot, now, why=why, other=when(other.starts_at), until=when(until))
    await database.defer(conn, LAPSE, args={"booking": str(one.id)}, at=until)
