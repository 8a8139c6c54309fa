"""From the moving company's answers to `Slots`, a `Quote` and a `Booking`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.manifest import Manifest

CityCode = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{6}$")]
"""全国地方公共団体コード, six digits."""
Size = Literal["single", "couple", "family"]
Part = Literal["morning", "afternoon", "free"]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Yen = Annotated[int, msgspec.Meta(ge=0, le=5_000_000)]


class Slot(msgspec.Struct, frozen=True):
    """`part` of the day `free`: when the company likes. `from_yen`: the least it costs, tax included."""

    id: Number
    on: date
    part: Part
    from_yen: Yen


class Slots(msgspec.Struct, frozen=True):
    """Empty when all are taken."""

    slots: Annotated[tuple[Slot, ...], msgspec.Meta(max_length=200)]


class Quote(msgspec.Struct, frozen=True):
    """`yen`, tax included, for the slot until the end of the day `valid_until`."""

    number: Number
    state: Literal["offered", "cancelled"]
    at: Moment
    slot: Number
    on: date
    part: Part
    yen: Yen
    valid_until: date


class Booking(msgspec.Struct, frozen=True):
    """`cancel_fee_yen`: what cancelling it has cost; None when it stands. `note`: the company's word to her."""

    number: Number
    state: Literal["booked", "done", "cancelled"]
    at: Moment
    quote: Number
    on: date
    part: Part
    yen: Yen
    cancel_fee_yen: Yen | None
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None


def slots(answer: httpx.Response, manifest: Manifest, first: date, last: date) -> Slots:
    """Within the days asked for, each once."""
    wire = done(answer, Slots, manifest)
    agreed(manifest, all(first <= slot.on <= last for slot in wire.slots))
    agreed(manifest, len({slot.id for slot in wire.slots}) == len(wire.slots))
    return wire


def quoted(answer: httpx.Response, manifest: Manifest, slot: str) -> Quote:
    wire = done(answer, Quote, manifest)
    agreed(manifest, wire.slot == slot, wire.state == "offered", wire.valid_until <= wire.on)
    return wire


def booked(answer: httpx.Response, manifest: Manifest, quote: str) -> Booking:
    wire = done(answer, Booking, manifest)
    agreed(manifest, wire.quote == quote, _fits(wire))
    return wire


def standing(answer: httpx.Response, manifest: Manifest, number: str) -> Booking:
    wire = done(answer, Booking, manifest)
    agreed(manifest, wire.number == number, _fits(wire))
    return wire


def cancelled(answer: httpx.Response, manifest: Manifest, number: str) -> Booking:
    wire = standing(answer, manifest, number)
    agreed(manifest, wire.state == "cancelled")
    return wire


def _fits(wire: Booking) -> bool:
    """What is cancelled says what that costs, and never more than the move."""
    if wire.cancel_fee_yen is None:
        return wire.state != "cancelled"
    return wire.state == "cancelled" and wire.cancel_fee_yen <= wire.yen
