"""What a ward's staff does with bookings: times given and called off, people checked in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.bookings import store
from bff.bookings.booking import LIVE, Booking, Offer, Slot, State
from bff.bookings.series import MOST, Series
from bff.bookings.words import tell


async def add_series(conn: AsyncConnection, offer: Offer, series: Series, new_id: Callable[[], UUID]) -> int:
    """How many times are new (ward door); at most `MOST` at once."""
    slots = [
        Slot(new_id(), offer.id, offer.ward, starts, ends, series.capacity)
        for (starts, ends), _ in zip(series.times(), range(MOST), strict=False)
    ]
    return await store.add_slots(conn, slots)


async def close(conn: AsyncConnection, offer: Offer, slots: list[UUID], why: str, now: datetime) -> int:
    """Called off, and everybody who had or awaited a place is told; how many (house door)."""
    told = 0
    for slot in (await store.locked(conn, *slots)).values():
        if slot.closed_at is not None or slot.offer != offer.id:
            continue
        for one in await store.of_slots(conn, offer.ward, [slot.id]):
            if one.state in LIVE:
                values = {"state": "cancelled", "offered_until": None, "changed_at": now, "ended_by": "ward"}
                await store.change(conn, one.id, **values)
                await tell(conn, "closed", one, offer, slot, now, why=why)
                told += 1
        await store.close(conn, slot.id, why, now)
    return told


async def settle(conn: AsyncConnection, booking: UUID, ward: str, state: State, now: datetime) -> Booking | None:
    """Arrived or not; None: there is none of this ward that waits for either (house door). Doing it again changes
    nothing, and a slip of the finger is put right by the other."""
    found = await store.one(conn, booking, lock=True)
    if found is None or found.ward != ward or found.state not in ("booked", "arrived", "no_show"):
        return None
    if found.state != state:
        await store.change(conn, found.id, state=state, changed_at=now, ended_by="ward")
    return found
