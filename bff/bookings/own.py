"""Our own book. A slot is locked before a place of it is given or given back, so two never get the same one."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.bookings import store
from bff.bookings.booking import (
    CODE_LENGTH,
    CODE_MARKS,
    HOLDING,
    SEALED,
    Booking,
    ForWhom,
    Offer,
    Slot,
    answer_by,
    free_until,
)
from bff.bookings.house import House
from bff.bookings.port import Wish
from bff.bookings.words import say, tell, when
from bff.errors import Denied, NotFound
from bff.family.children import children_of
from bff.identity.residents import Resident

LAPSE: Final = "booking_lapses"


class OwnBook:
    """The port, kept in our own tables."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def slots(self, ward: str, offer: UUID, *, since: datetime, until: datetime) -> Sequence[Slot]:
        async with self._house.db.ward(ward) as conn:
            return await store.slots(conn, ward, offer=offer, since=since, until=until)

    async def book(self, me: Resident, wish: Wish) -> Booking:
        """Raises `Denied` and `NotFound`."""
        whom, now = await self._whom(me, wish.person), self._house.clock()
        async with self._house.db.house() as conn:
            slot = (await store.locked(conn, wish.slot)).get(wish.slot)
            known = await store.one(conn, wish.id)
            if known is not None:
                return _hers(known, me)
            offer = await store.offer(conn, slot.ward, slot.offer) if slot else None
            if slot is None or offer is None or offer.ended_at or not slot.is_open(now):
                raise Denied(say("slot_gone"))
            if (offer.about == "child") != bool(whom.person):
                raise Denied(say("wrong_person"))
            made = self._made(me, wish, offer, slot, whom, now)
            if await store.live_of(conn, offer.id, me.id, made.person):
                raise Denied(say("booked_already"))
            if made.state == "waiting" and not wish.wait:
                raise Denied(say("slot_full"))
            if not await store.add(conn, made):
                raise Denied(say("booked_already"))
            if made.state == "booked":
                await store.take(conn, slot.id, 1)
            await tell(conn, made.state, made, offer, slot, now)
        return made

    async def confirm(self, me: Resident, booking: UUID) -> Booking:
        """Her yes to a place that came free. Raises `Denied` and `NotFound`."""
        now = self._house.clock()
        async with self._house.db.house() as conn:
            found, offer, slot = await opened(conn, booking, me)
            if found.state == "booked":
                return found
            if found.state != "offered" or found.offered_until is None or found.offered_until <= now:
                raise Denied(say("offer_over"))
            values = {"state": "booked", "offered_until": None, "changed_at": now}
            await store.change(conn, found.id, **values)
            kept = replace(found, **values)  # type: ignore[arg-type]
            await tell(conn, "booked", kept, offer, slot, now)
        return kept

    async def move(self, me: Resident, booking: UUID, slot: UUID) -> Booking:
        """To another time of the same offer; the old one is kept until the new one is hers."""
        now = self._house.clock()
        async with self._house.db.house() as conn:
            found, offer, old = await opened(conn, booking, me, also=slot)
            new = (await store.locked(conn, slot)).get(slot)
            if found.slot == slot:
                return found
            if found.state != "booked":
                raise Denied(say("over"))
            self._in_time(offer, old, now)
            if new is None or new.offer != offer.id or not new.is_open(now):
                raise Denied(say("slot_gone"))
            if new.left == 0:
                raise Denied(say("slot_full"))
            await store.take(conn, new.id, 1)
            await store.take(conn, old.id, -1)
            values = {"slot": new.id, "changed_at": now, "reminded_at": None}
            await store.change(conn, found.id, **values)
            kept = replace(found, **values)  # type: ignore[arg-type]
            await tell(conn, "moved", kept, offer, new, now)
            await move_up(conn, offer, old.id, now)
        return kept

    async def cancel(self, me: Resident, booking: UUID) -> Booking:
        """Waiting may end at any time; a place only until the deadline. Raises `Denied` and `NotFound`."""
        now = self._house.clock()
        async with self._house.db.house() as conn:
            found, offer, slot = await opened(conn, booking, me)
            if found.state == "cancelled":
                return found
            if not found.is_live:
                raise Denied(say("over"))
            if found.state == "booked":
                self._in_time(offer, slot, now)
            kept = await let_go(conn, found, offer, slot, "cancelled", by="resident", now=now)
            await tell(conn, "cancelled", kept, offer, slot, now)
        return kept

    async def _whom(self, me: Resident, person: str | None) -> ForWhom:
        if person is None:
            return ForWhom(me.basics.name)
        child = next((one for one in await children_of(self._house, me) if one.person == person), None)
        if child is None:
            raise Denied(say("wrong_person"))
        return ForWhom(child.name, child.person)

    def _made(self, me: Resident, wish: Wish, offer: Offer, slot: Slot, whom: ForWhom, now: datetime) -> Booking:
        told = f"{me.id}|{whom.person}".encode()
        return Booking(
            id=wish.id,
            resident=me.id,
            offer=offer.id,
            slot=slot.id,
            ward=slot.ward,
            state="booked" if slot.left > 0 else "waiting",
            person=hashlib.sha256(told).digest(),
            for_whom=me.key.seal(SEALED, msgspec.json.encode(whom)),
            code="".join(secrets.choice(CODE_MARKS) for _ in range(CODE_LENGTH)),
            asked_at=now,
            changed_at=now,
        )

    def _in_time(self, offer: Offer, slot: Slot, now: datetime) -> None:
        if now > free_until(offer, slot):
            raise Denied(say("too_late", phone=offer.phone or say("the_desk")))


async def opened(
    conn: AsyncConnection, booking: UUID, me: Resident, also: UUID | None = None
) -> tuple[Booking, Offer, Slot]:
    """Hers, with its slot locked first and then itself, as everywhere. Raises `NotFound`."""
    seen = await store.one(conn, booking)
    if seen is None:
        raise NotFound(say("no_such"))
    _hers(seen, me)
    slots = await store.locked(conn, seen.slot, *([also] if also else []))
    found = await store.one(conn, booking, lock=True)
    if found is None or found.slot not in slots:
        raise NotFound(say("no_such"))
    offer = await store.offer(conn, found.ward, found.offer)
    if offer is None:
        raise NotFound(say("no_such"))
    return found, offer, slots[found.slot]


def _hers(booking: Booking, me: Resident) -> Booking:
    if booking.resident != me.id:
        raise NotFound(say("no_such"))
    return booking


async def let_go(
    conn: AsyncConnection, booking: Booking, offer: Offer, slot: Slot, state: str, *, by: str, now: datetime
) -> Booking:
    """Over, its place given back, and whoever waits longest asked (house door, slot locked)."""
    values = {"state": state, "offered_until": None, "changed_at": now, "ended_by": by}
    await store.change(conn, booking.id, **values)
    if booking.state in HOLDING and slot.closed_at is None:
        await store.take(conn, slot.id, -1)
        await move_up(conn, offer, slot.id, now)
    return replace(booking, **values)  # type: ignore[arg-type]


async def move_up(conn: AsyncConnection, offer: Offer, slot: UUID, now: datetime) -> None:
    """Each free place is kept for who waits longest until they answer; in the transaction that freed it."""
    while True:
        here = (await store.locked(conn, slot))[slot]
        if here.left == 0 or not here.is_open(now):
            return
        waits = await store.next_waiting(conn, slot)
        if waits is None:
            return
        until = answer_by(offer, here, now)
        await store.change(conn, waits.id, state="offered", offered_until=until, changed_at=now)
        await store.take(conn, slot, 1)
        await tell(conn, "offered", waits, offer, here, now, until=when(until))
        await database.defer(conn, LAPSE, args={"booking": str(waits.id)}, at=until)
