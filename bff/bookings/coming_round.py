"""What time does to bookings: an unanswered offer lapses, tomorrow's are called to mind, a missed one is noted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.bookings import store
from bff.bookings.booking import Booking, Offer, Slot
from bff.bookings.house import House
from bff.bookings.own import let_go, move_up
from bff.bookings.series import TOKYO
from bff.bookings.words import tell

KEPT_AFTER: Final = timedelta(days=90)
LATE: Final = timedelta(hours=6)
"""After its end a time is over for good: until then a desk may still check somebody in."""


async def lapse(house: House, booking: UUID) -> None:
    """At the moment it was promised for; done again it does nothing."""
    now = house.clock()

    async def over(conn: AsyncConnection, one: Booking, offer: Offer, slot: Slot) -> None:
        if one.state == "offered" and one.offered_until is not None and one.offered_until <= now:
            await let_go(conn, one, offer, slot, "lapsed", by="time", now=now)
            await tell(conn, "lapsed", one, offer, slot, now)

    await _with(house, booking, over)


async def lapse_due(house: House) -> None:
    """Those whose job was lost, and places that nobody gave back by hand."""
    async with house.db.house() as conn:
        due = await store.lapsing(conn, house.clock())
        left = await store.free_and_awaited(conn, house.clock())
    for one in due:
        await lapse(house, one)
    for slot in left:
        async with house.db.house() as conn:
            offer = await store.offer(conn, slot.ward, slot.offer)
            if offer is not None:
                await move_up(conn, offer, slot.id, house.clock())


async def remind(house: House) -> None:
    """Each morning: of what is booked for the next day in Tokyo."""
    now = house.clock()
    tomorrow = datetime.combine(house.today() + timedelta(days=1), datetime.min.time(), TOKYO)

    async def told(conn: AsyncConnection, one: Booking, offer: Offer, slot: Slot) -> None:
        if one.state == "booked" and one.reminded_at is None:
            await store.change(conn, one.id, reminded_at=now)
            await tell(conn, "reminder", one, offer, slot, now)

    async with house.db.house() as conn:
        those = await store.to_remind(conn, tomorrow, tomorrow + timedelta(days=1))
    for one in those:
        await _with(house, one, told)


async def close_past(house: House) -> None:
    """Each night: who was booked and did not come, who waited in vain; and what is old is forgotten."""
    now = house.clock()

    async def over(conn: AsyncConnection, one: Booking, offer: Offer, slot: Slot) -> None:
        if one.is_live:
            state = "no_show" if one.state == "booked" else "lapsed"
            await store.change(conn, one.id, state=state, offered_until=None, changed_at=now, ended_by="time")

    async with house.db.house() as conn:
        those = await store.missed(conn, now - LATE)
    for one in those:
        await _with(house, one, over)
    async with house.db.house() as conn:
        await store.forget_older(conn, now - KEPT_AFTER)


async def _with(
    house: House, booking: UUID, act: Callable[[AsyncConnection, Booking, Offer, Slot], Awaitable[None]]
) -> None:
    """One transaction a booking, its slot locked first; nothing when it is gone."""
    async with house.db.house() as conn:
        seen = await store.one(conn, booking)
        if seen is None:
            return
        slot = (await store.locked(conn, seen.slot)).get(seen.slot)
        found = await store.one(conn, booking, lock=True)
        offer = await store.offer(conn, seen.ward, seen.offer)
        if found and slot and offer and found.slot == slot.id:
            await act(conn, found, offer, slot)
