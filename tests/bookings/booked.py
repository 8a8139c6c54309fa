"""Offers, times and bookings as tests want them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from bff.bookings import store
from bff.bookings.booking import Offer, Slot
from life_events import Text
from tests.town import Person, Town

MINATO = "131032"
BOOK = (
    "mutation($input: BookInput!) { it: book(input: $input) { __typename ... on Booking { id state slot code forWhom"
    " offeredUntil ahead } ... on Denied { message { ja } } } }"
)
ACT = (
    " { __typename ... on Booking { id state slot offeredUntil } ... on Denied { message { ja } }"
    " ... on NotFound { message { ja } } } }"
)


async def offered(
    town: Town, *starts: datetime, capacity: int = 1, about: str = "self", cancel_hours: int = 24
) -> tuple[Offer, list[Slot]]:
    offer = Offer(
        id=uuid4(),
        ward=MINATO,
        facility="abcdef012345",
        facility_name="港区役所",
        kind="counter",
        title=Text("引っ越しの窓口", "ひっこしの まどぐち", "Moving counter"),
        procedures=("move_in_notice",),
        about=about,  # type: ignore[arg-type]
        phone="03-0000-0001",
        elsewhere="",
        cancel_hours=cancel_hours,
        confirm_hours=24,
        made_at=town.house.clock(),
        made_by="石井",
    )
    half = timedelta(minutes=30)
    slots = [Slot(uuid4(), offer.id, MINATO, start, start + half, capacity) for start in starts]
    async with town.house.db.ward(MINATO) as conn:
        await store.keep_offer(conn, offer)
        assert await store.add_slots(conn, slots) == len(slots)
    return offer, slots


async def books(who: Person, slot: Slot, **more: Any) -> dict[str, Any]:
    wish = {"id": str(uuid4()), "slot": str(slot.id), **more}
    return dict((await who.asks(BOOK, input=wish))["it"])


async def acts(person: Person, call: str) -> dict[str, Any]:
    return dict((await person.asks(f"mutation {{ it: {call}{ACT}"))["it"])


async def booked(town: Town, hana: Person) -> dict[str, str]:
    """Ids of a booking of hers, of its offer and time."""
    offer, (slot,) = await offered(town, town.house.clock() + timedelta(days=5), capacity=9)
    made = await books(hana, slot)
    return {"booking": made["id"], "slot": str(slot.id), "offer": str(offer.id)}
