"""From the post's answers to a `Forwarding`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Final, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.bounds import Line
from bff.connectors.manifest import Manifest

Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
LONGEST: Final = timedelta(days=366)
"""A year; whether it counts from the request or from the first day sources differ (S055, S056, B): the post says it."""


class Forwarding(msgspec.Struct, frozen=True):
    """`from_day`: as asked; `begins`: as it will be, three to seven working days after the request at the earliest."""

    number: Number
    state: Literal["received", "checking", "forwarding", "ended", "cancelled"]
    at: Moment
    old_address: Line
    new_address: Line
    persons: Annotated[tuple[Line, ...], msgspec.Meta(min_length=1, max_length=6)]
    from_day: date
    begins: date
    ends: date
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None


def requested(
    answer: httpx.Response,
    manifest: Manifest,
    *,
    old_address: str,
    new_address: str,
    persons: Sequence[str],
    from_day: date,
) -> Forwarding:
    """An answer about other addresses, people or days than were asked for is wrong."""
    wire = done(answer, Forwarding, manifest)
    agreed(manifest, (wire.old_address, wire.new_address) == (old_address, new_address), _fits(wire))
    agreed(manifest, sorted(wire.persons) == sorted(persons), wire.from_day == from_day)
    return wire


def standing(answer: httpx.Response, manifest: Manifest, number: str) -> Forwarding:
    wire = done(answer, Forwarding, manifest)
    agreed(manifest, wire.number == number, _fits(wire))
    return wire


def cancelled(answer: httpx.Response, manifest: Manifest, number: str) -> Forwarding:
    wire = standing(answer, manifest, number)
    agreed(manifest, wire.state == "cancelled")
    return wire


def _fits(wire: Forwarding) -> bool:
    """Never before the day asked for, and for a year at most."""
    return wire.from_day <= wire.begins <= wire.ends <= wire.begins + LONGEST
