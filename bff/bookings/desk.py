"""What a ward's staff does with bookings: times given, people checked in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.bookings import store
from bff.bookings.booking import Booking, Offer, Slot, State
from bff.bookings.series import MOST, Series


async def add_series(conn: AsyncConnection, offer: Offer, series: Series, new_id: Callable[[], UUID]) -> int:
    """How many times are new (ward door); at most `MOST` at once."""
    slots = [
        Slot(new_id(), offer.id, offer.ward, starts, ends, series.capacity)
        for (starts, ends), _ in zip(series.times(), range(MOST), strict=False)
    ]
    return await store.add_slots(conn, slots)


async def settle(conn: AsyncConnection, booking: UUID, ward: str, state: State, now: datetime) -> Booking | None:
    """Arrived or not; None: there is none of this ward that waits for either (house door). Doing it again changes
    nothing, and a slip of the finger is put right by the other."""
    found = await store.one(conn, booking, lock=True)
    if found is None or found.ward != ward or found.state not in ("booked", "arrived", "no_show"):
        return None
    if found.state != state:
        await store.change(conn, found.id, state=state, changed_at=now, ended_by="ward")
    return found
