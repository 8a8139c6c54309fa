"""Bookings as she sees them: what it is, when and where, for whom, until when she may change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from bff.bookings.booking import Booking, ForWhom, Offer, Slot, free_until
from bff.graphql.lenses.common import TextLens
from bff.handover.square import Square


@strawberry.enum
class BookingState(Enum):
    BOOKED = "booked"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    ARRIVED = "arrived"
    NO_SHOW = "no_show"


@strawberry.enum
class BookingKind(Enum):
    COUNTER = "counter"
    CHECKUP = "checkup"
    NURSERY_VISIT = "nursery_visit"


@dataclass(frozen=True)
class ShownBooking:
    """A booking with what it is of; `ahead`: how many wait longer for the same time."""

    booking: Booking
    offer: Offer
    slot: Slot
    whom: ForWhom
    square: Square
    ahead: int


Shown = strawberry.Parent[ShownBooking]


@strawberry.type(name="Booking")
class BookingLens:
    @strawberry.field
    def id(self, shown: Shown) -> strawberry.ID:
        return strawberry.ID(str(shown.booking.id))

    @strawberry.field
    def state(self, shown: Shown) -> BookingState:
        return BookingState(shown.booking.state)

    @strawberry.field
    def kind(self, shown: Shown) -> BookingKind:
        return BookingKind(shown.offer.kind)

    @strawberry.field
    def title(self, shown: Shown) -> TextLens:
        return shown.offer.title  # type: ignore[return-value]

    @strawberry.field
    def ward(self, shown: Shown) -> strawberry.ID:
        return strawberry.ID(shown.offer.ward)

    @strawberry.field
    def offer(self, shown: Shown) -> strawberry.ID:
        return strawberry.ID(str(shown.offer.id))

    @strawberry.field
    def slot(self, shown: Shown) -> strawberry.ID:
        return strawberry.ID(str(shown.slot.id))

    @strawberry.field(description="the id of the facility in the ward's open data")
    def facility(self, shown: Shown) -> strawberry.ID:
        return strawberry.ID(shown.offer.facility)

    @strawberry.field
    def facility_name(self, shown: Shown) -> str:
        return shown.offer.facility_name

    @strawberry.field
    def phone(self, shown: Shown) -> str:
        return shown.offer.phone

    @strawberry.field
    def starts_at(self, shown: Shown) -> datetime:
        return shown.slot.starts_at

    @strawberry.field
    def ends_at(self, shown: Shown) -> datetime:
        return shown.slot.ends_at

    @strawberry.field
    def for_whom(self, shown: Shown) -> str:
        return shown.whom.name

    @strawberry.field(description="until then she may change or cancel it here")
    def free_until(self, shown: Shown) -> datetime:
        return free_until(shown.offer, shown.slot)

    @strawberry.field(description="a place came free and is kept until then; null: none is")
    def offered_until(self, shown: Shown) -> datetime | None:
        return shown.booking.offered_until

    @strawberry.field(description="how many wait longer for the same time")
    def ahead(self, shown: Shown) -> int:
        return shown.ahead

    @strawberry.field(description="why the ward has called it off; null: it has not")
    def closed_why(self, shown: Shown) -> str | None:
        return shown.slot.closed_why

    @strawberry.field(description="shown on arrival, or told")
    def code(self, shown: Shown) -> str:
        return f"{shown.booking.code[:4]}-{shown.booking.code[4:]}"

    @strawberry.field(description="strokes of the square that says the code, as one SVG path")
    def path(self, shown: Shown) -> str:
        return shown.square.path

    @strawberry.field(description="modules of its side")
    def side(self, shown: Shown) -> int:
        return shown.square.side

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, ShownBooking)


@strawberry.type(name="BookingSlot")
class BookingSlotLens:
    id: strawberry.ID
    starts_at: datetime
    ends_at: datetime
    left: int = strawberry.field(description="free places; 0: she may wait for one")


@strawberry.type(name="BookingPerson")
class BookingPersonLens:
    id: strawberry.ID | None = strawberry.field(description="null: herself")
    name: str


@dataclass(frozen=True)
class ShownOffer:
    """An offer with its open times."""

    offer: Offer
    slots: Sequence[Slot]
    people: Sequence[ForWhom]


@strawberry.type(name="BookingOffer")
class BookingOfferLens:
    @strawberry.field
    def id(self, shown: strawberry.Parent[ShownOffer]) -> strawberry.ID:
        return strawberry.ID(str(shown.offer.id))

    @strawberry.field
    def title(self, shown: strawberry.Parent[ShownOffer]) -> TextLens:
        return shown.offer.title  # type: ignore[return-value]

    @strawberry.field
    def facility_name(self, shown: strawberry.Parent[ShownOffer]) -> str:
        return shown.offer.facility_name

    @strawberry.field
    def cancel_hours(self, shown: strawberry.Parent[ShownOffer]) -> int:
        return shown.offer.cancel_hours

    @strawberry.field(description="its open times of the next weeks")
    def slots(self, shown: strawberry.Parent[ShownOffer]) -> list[BookingSlotLens]:
        return [
            BookingSlotLens(id=strawberry.ID(str(one.id)), starts_at=one.starts_at, ends_at=one.ends_at, left=one.left)
            for one in shown.slots
        ]

    @strawberry.field(description="for whom she may book it; empty: it is for a child, and the register tells of none")
    def people(self, shown: strawberry.Parent[ShownOffer]) -> list[BookingPersonLens]:
        return [
            BookingPersonLens(id=strawberry.ID(one.person) if one.person else None, name=one.name)
            for one in shown.people
        ]
