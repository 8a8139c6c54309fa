"""From the nursery operator's answers to a `NurseryReport`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.bounds import Line
from bff.connectors.manifest import Manifest

Kind = Literal["absence", "pick_up"]
Reason = Literal["illness", "family", "late", "leaves_early", "other"]
Hour = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class NurseryReport(msgspec.Struct, frozen=True):
    """`late`: taken in after the nursery's hour, so she should call too. `note`: why it was sent back, or a word.

    `who` and `time` (HH:MM) are of a pick-up. The reason is not told back.
    """

    number: Number
    kind: Kind
    state: Literal["sent", "checking", "confirmed", "sent_back", "replaced", "withdrawn"]
    at: Moment
    child: Line
    on: date
    until: date | None
    who: Line | None
    time: Hour | None
    late: bool
    replaces: Number | None
    note: Annotated[str, msgspec.Meta(max_length=1000)] | None


def reported(answer: httpx.Response, manifest: Manifest, kind: Kind, child: str, on: date) -> NurseryReport:
    """An answer about another child, day or matter is wrong."""
    wire = done(answer, NurseryReport, manifest)
    agreed(manifest, wire.kind == kind, wire.child == child, wire.on == on, _fits(wire))
    return wire


def standing(answer: httpx.Response, manifest: Manifest, number: str) -> NurseryReport:
    wire = done(answer, NurseryReport, manifest)
    agreed(manifest, wire.number == number, _fits(wire))
    return wire


def withdrawn(answer: httpx.Response, manifest: Manifest, number: str) -> NurseryReport:
    wire = standing(answer, manifest, number)
    agreed(manifest, wire.state == "withdrawn")
    return wire


def _fits(wire: NurseryReport) -> bool:
    if wire.until is not None and wire.until < wire.on:
        return False
    if wire.state == "sent_back" and not wire.note:
        return False
    return (wire.who is not None) is (wire.kind == "pick_up")
