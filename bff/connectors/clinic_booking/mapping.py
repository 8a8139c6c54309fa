"""From the booking service's answers to `Slots` and a `Booking`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.bounds import Line
from bff.connectors.manifest import Manifest

What = Literal["vaccination", "check"]
Item = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]{1,40}$")]
Hour = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Slot(msgspec.Struct, frozen=True):
    """`begins`: the time of the day in Tokyo, HH:MM."""

    id: Number
    clinic: Line
    address: Line
    on: date
    begins: Hour


class Slots(msgspec.Struct, frozen=True):
    """Empty when none is free."""

    slots: Annotated[tuple[Slot, ...], msgspec.Meta(max_length=200)]


class Booking(msgspec.Struct, frozen=True):
    """`bring`: what to take along, in the clinic's words. Whether somebody came is not asked, nor what was found."""

    number: Number
    state: Literal["booked", "cancelled"]
    at: Moment
    slot: Number
    clinic: Line
    address: Line
    on: date
    begins: Hour
    what: What
    item: Item
    person: Line
    bring: Annotated[tuple[Line, ...], msgspec.Meta(max_length=20)]
    note: Annotated[str, msgspec.Meta(max_length=1000)] | None


def slots(answer: httpx.Response, manifest: Manifest, first: date, last: date) -> Slots:
    """Within the days asked for, each once."""
    wire = done(answer, Slots, manifest)
    agreed(manifest, all(first <= slot.on <= last for slot in wire.slots))
    agreed(manifest, len({slot.id for slot in wire.slots}) == len(wire.slots))
    return wire


def booked(answer: httpx.Response, manifest: Manifest, slot: str, item: str, person: str) -> Booking:
    """An answer about another time, another person or something else is wrong."""
    wire = done(answer, Booking, manifest)
    agreed(manifest, wire.slot == slot, wire.item == item, wire.person == person)
    return wire


def standing(answer: httpx.Response, manifest: Manifest, number: str) -> Booking:
    wire = done(answer, Booking, manifest)
    agreed(manifest, wire.number == number)
    return wire


def cancelled(answer: httpx.Response, manifest: Manifest, number: str) -> Booking:
    wire = standing(answer, manifest, number)
    agreed(manifest, wire.state == "cancelled")
    return wire
