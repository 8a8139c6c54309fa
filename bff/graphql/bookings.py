"""Her bookings: what she sees of them and does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated
from uuid import UUID

import msgspec
import strawberry

from bff.bookings import store
from bff.bookings.booking import SEALED, Booking, ForWhom
from bff.bookings.own import OwnBook
from bff.bookings.port import Wish
from bff.bookings.words import say
from bff.errors import NotFound
from bff.family.children import children_of
from bff.graphql.context import Info
from bff.graphql.lenses.bookings import BookingLens, BookingOfferLens, ShownBooking, ShownOffer
from bff.graphql.lenses.common import DeniedLens, NotFoundLens, SignInNeededLens, TooManyTriesLens
from bff.graphql.refusals import told
from bff.handover.square import square
from bff.identity.residents import Resident
from bff.wiring import House

AHEAD = timedelta(days=60)
Me = strawberry.Parent[Resident]
BookingResult = Annotated[
    BookingLens | DeniedLens | NotFoundLens | TooManyTriesLens | SignInNeededLens, strawberry.union("BookingResult")
]


@strawberry.input
class BookInput:
    id: strawberry.ID = strawberry.field(description="made on the device: the same again is answered as the first time")
    slot: strawberry.ID
    person: strawberry.ID | None = strawberry.field(default=None, description="a child of hers; null: herself")
    wait: bool = strawberry.field(default=False, description="she would wait for a place when there is none")


@strawberry.type
class BookingsViewer:
    @strawberry.field(description="her bookings, the newest first")
    async def bookings(self, me: Me, info: Info) -> list[BookingLens]:
        house = info.context.house
        async with house.db.resident(me.id) as conn:
            found = await store.of(conn, me.id)
        return await shown(house, me, found)  # type: ignore[return-value]

    @strawberry.field(description="null: there is no such offer in this ward, or it has ended")
    async def booking_offer(
        self, me: Me, info: Info, ward: strawberry.ID, offer: strawberry.ID
    ) -> BookingOfferLens | None:
        house, id, now = info.context.house, identifier(offer), info.context.house.clock()
        if id is None or ward not in house.catalogue.wards:
            return None
        async with house.db.ward(ward) as conn:
            found = await store.offer(conn, ward, id)
        if found is None or found.ended_at is not None:
            return None
        slots = await OwnBook(house).slots(ward, id, since=now, until=now + AHEAD)
        young = [ForWhom(one.name, one.person) for one in await children_of(house, me)]
        people = young if found.about == "child" else [ForWhom(me.basics.name)]
        return ShownOffer(found, [one for one in slots if one.is_open(now)], people)  # type: ignore[return-value]


@strawberry.type
class BookingsMutation:
    @strawberry.mutation(description="takes a place, or waits for one; the same id again is answered as the first time")
    @told
    async def book(self, info: Info, input: BookInput) -> BookingResult:
        me, house = await info.context.someone(), info.context.house
        await info.context.take("booking")
        id, slot = known(input.id), known(input.slot)
        made = await OwnBook(house).book(me, Wish(id, slot, input.person, input.wait))
        return await _one(house, me, made)

    @strawberry.mutation(description="her yes to a place that came free")
    @told
    async def confirm_booking(self, info: Info, id: strawberry.ID) -> BookingResult:
        me, house = await info.context.someone(), info.context.house
        return await _one(house, me, await OwnBook(house).confirm(me, known(id)))

    @strawberry.mutation(description="to another time of the same offer; refused, the old time stays hers")
    @told
    async def move_booking(self, info: Info, id: strawberry.ID, slot: strawberry.ID) -> BookingResult:
        me, house = await info.context.someone(), info.context.house
        await info.context.take("booking")
        return await _one(house, me, await OwnBook(house).move(me, known(id), known(slot)))

    @strawberry.mutation(description="until its deadline; whoever waits is asked next")
    @told
    async def cancel_booking(self, info: Info, id: strawberry.ID) -> BookingResult:
        me, house = await info.context.someone(), info.context.house
        return await _one(house, me, await OwnBook(house).cancel(me, known(id)))


async def _one(house: House, me: Resident, booking: Booking) -> BookingLens:
    return (await shown(house, me, [booking]))[0]  # type: ignore[return-value]


async def shown(house: House, me: Resident, some: Sequence[Booking]) -> list[ShownBooking]:
    """With what each is of, a ward at a time."""
    found: dict[UUID, ShownBooking] = {}
    for ward in sorted({one.ward for one in some}):
        hers = [one for one in some if one.ward == ward]
        async with house.db.ward(ward) as conn:
            offers = {one.id: one for one in await store.offers(conn, ward, {one.offer for one in hers})}
            slots = await store.slots_of(conn, ward, {one.slot for one in hers})
            ahead = {one.id: await store.before_her(conn, one) for one in hers if one.state == "waiting"}
        for one in hers:
            whom = msgspec.json.decode(me.key.open(SEALED, one.for_whom), type=ForWhom)
            arrival = square(f"{house.origin}/staff/bookings?code={one.code}")
            found[one.id] = ShownBooking(one, offers[one.offer], slots[one.slot], whom, arrival, ahead.get(one.id, 0))
    return [found[one.id] for one in some]


def identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def known(text: str) -> UUID:
    """Raises `NotFound`."""
    found = identifier(text)
    if found is None:
        raise NotFound(say("no_such"))
    return found
