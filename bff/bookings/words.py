"""What this room says: `texts.toml`, notices made of it, and times as people say them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.bookings.booking import Booking, Offer, Slot
from bff.texts import handed_over, saying
from life_events import Text, day
from notifications.delivery import tell_one
from notifications.jobs import JAPAN
from notifications.notice import Kind, Notice

say = saying(Path(__file__).with_name("texts.toml"))


def when(at: datetime) -> Text:
    """The day as people write it, with the time in Tokyo."""
    here = at.astimezone(JAPAN)
    return day(here.date()).changed(lambda _, on: f"{on} {here:%H:%M}")


async def tell(
    conn: AsyncConnection, what: str, booking: Booking, offer: Offer, slot: Slot, now: datetime, **more: str | Text
) -> None:
    """To whose it is, in the caller's transaction that changes it (house door)."""
    values: dict[str, str | Text] = {"title": offer.title, "when": when(slot.starts_at), "place": offer.facility_name}
    key = f"booking:{what}:{booking.id}:{slot.id}:{now.isoformat()}"
    note = Notice(
        id=uuid5(NAMESPACE_URL, key),
        ward=offer.ward,
        kind=Kind.ACTION if what in ("offered", "rebooked") else Kind.STATUS,
        sender=handed_over(say("sender")),
        title=handed_over(say(f"notice_{what}_title", **values, **more)),
        body=handed_over(say(f"notice_{what}_body", **values, **more)),
        sent_at=now,
        about=about(booking.id),
    )
    await tell_one(conn, database.defer, booking.resident, note)


def about(booking: UUID) -> str:
    return f"/bookings/{booking}"
