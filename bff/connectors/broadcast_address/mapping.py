"""From NHK's answers to a `MoveReport`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.bounds import Line
from bff.connectors.manifest import Manifest

Case = Literal["whole", "leaving", "merging"]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class MoveReport(msgspec.Struct, frozen=True):
    """`contract`: the one whose address changes (住所変更); None as long as a new one (新規契約) has no number."""

    number: Number
    case: Literal["whole", "leaving"]
    state: Literal["received", "done", "cancelled"]
    at: Moment
    contract: Number | None
    address: Line
    on: date
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None


def reported(answer: httpx.Response, manifest: Manifest, case: Case, address: str, on: date) -> MoveReport:
    """An answer about another move than the one reported is wrong."""
    wire = done(answer, MoveReport, manifest)
    agreed(manifest, wire.case == case, wire.address == address, wire.on == on, _fits(wire))
    return wire


def standing(answer: httpx.Response, manifest: Manifest, number: str) -> MoveReport:
    wire = done(answer, MoveReport, manifest)
    agreed(manifest, wire.number == number, _fits(wire))
    return wire


def cancelled(answer: httpx.Response, manifest: Manifest, number: str) -> MoveReport:
    wire = standing(answer, manifest, number)
    agreed(manifest, wire.state == "cancelled")
    return wire


def _fits(wire: MoveReport) -> bool:
    return wire.contract is not None or wire.case == "leaving"
