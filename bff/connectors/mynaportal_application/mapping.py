"""From Mynaportal's answers to the `Progress` of an application."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.bounds import Line
from bff.connectors.manifest import Manifest

State = Literal["arrived", "under_review", "correction_needed", "completed", "rejected", "withdrawn"]
ReceiptNumber = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Attachment(msgspec.Struct, frozen=True):
    """What is known of a file that goes along; `size` in bytes, `sha256` in hexadecimal."""

    name: Line
    media_type: Line
    size: Annotated[int, msgspec.Meta(ge=1, le=10_485_760)]
    sha256: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]


class Signature(msgspec.Struct, frozen=True):
    """That a verifier found her signature good: its own id of the check, never the certificate."""

    verification: Line
    checked_at: Moment


class Step(msgspec.Struct, frozen=True):
    state: State
    at: Moment


class Progress(msgspec.Struct, frozen=True):
    """Where an application stands since `at`; `note` is the official's word; `history` begins with its arrival."""

    receipt_number: ReceiptNumber
    state: State
    at: Moment
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None
    history: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1, max_length=100)]


def taken_in(answer: httpx.Response, manifest: Manifest) -> Progress:
    return _whole(answer, manifest)


def progress(answer: httpx.Response, manifest: Manifest, receipt_number: str) -> Progress:
    """An answer about another application is wrong."""
    wire = _whole(answer, manifest)
    agreed(manifest, wire.receipt_number == receipt_number)
    return wire


def withdrawn(answer: httpx.Response, manifest: Manifest, receipt_number: str) -> Progress:
    wire = progress(answer, manifest, receipt_number)
    agreed(manifest, wire.state == "withdrawn")
    return wire


def _whole(answer: httpx.Response, manifest: Manifest) -> Progress:
    """A history that does not begin with its arrival, runs back or ends elsewhere than it stands is a wrong answer."""
    wire = done(answer, Progress, manifest)
    first, last = wire.history[0], wire.history[-1]
    agreed(
        manifest,
        first.state == "arrived",
        (last.state, last.at) == (wire.state, wire.at),
        all(one.at <= after.at for one, after in pairwise(wire.history)),
    )
    return wire
