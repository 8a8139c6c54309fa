"""From the mailbox's answers to what waits, a package that was opened, and a move."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from itertools import pairwise
from typing import Annotated, Literal

import httpx
import msgspec
import rfc8785

from bff.connectors.answers import agreed, done
from bff.connectors.bounds import Line, WardCode
from bff.connectors.manifest import Manifest
from bff.errors import NOT_JSON

State = Literal["arrived", "under_review", "correction_needed", "completed", "rejected", "withdrawn"]
ReceiptNumber = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
FormText = Annotated[str, msgspec.Meta(max_length=4000)]
FieldName = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_.]{0,99}$")]
FormTexts = Annotated[tuple[FormText, ...], msgspec.Meta(max_length=100)]
Form = Annotated[dict[FieldName, FormText | int | bool | FormTexts | None], msgspec.Meta(max_length=300)]


class Waiting(msgspec.Struct, frozen=True):
    receipt_number: ReceiptNumber
    procedure: Line
    submitted_at: Moment
    state: State


class Mailbox(msgspec.Struct, frozen=True):
    """`more`: there is another page."""

    ward: WardCode
    packages: Annotated[tuple[Waiting, ...], msgspec.Meta(max_length=200)]
    more: bool


class Applicant(msgspec.Struct, frozen=True):
    name: Line
    kana: Line | None
    birth_date: date
    address: Line
    phone: Line | None


class Attachment(msgspec.Struct, frozen=True):
    """`size` in bytes, `sha256` in hexadecimal."""

    name: Line
    media_type: Line
    size: Annotated[int, msgspec.Meta(ge=1, le=10_485_760)]
    sha256: Digest


class Signature(msgspec.Struct, frozen=True):
    """The id of a verifier's check; never the certificate."""

    verification: Line
    checked_at: Moment


class Package(msgspec.Struct, frozen=True):
    """What was submitted: `procedure` is the 手続ID, `ward` the 団体コード (6 digits), `form_version` the 様式."""

    receipt_number: ReceiptNumber
    procedure: Line
    ward: WardCode
    form_version: Line
    submitted_at: Moment
    applicant: Applicant
    form: Form
    attachments: Annotated[tuple[Attachment, ...], msgspec.Meta(max_length=50)]
    signature: Signature | None


class Step(msgspec.Struct, frozen=True):
    state: State
    at: Moment
    note: FormText | None


class Opened(msgspec.Struct, frozen=True):
    """`sha256` is over the package in canonical JSON (RFC 8785): the same package for ever."""

    package: Package
    sha256: Digest
    history: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1, max_length=100)]


class Moved(msgspec.Struct, frozen=True):
    receipt_number: ReceiptNumber
    state: State
    at: Moment


def mailbox(answer: httpx.Response, manifest: Manifest, ward: str) -> Mailbox:
    """Another ward's mailbox, one package twice, or an endless page of none, is a wrong answer."""
    wire = done(answer, Mailbox, manifest)
    numbers = [one.receipt_number for one in wire.packages]
    agreed(manifest, wire.ward == ward, len(numbers) == len(set(numbers)), bool(numbers) or not wire.more)
    return wire


def opened(answer: httpx.Response, manifest: Manifest, ward: str, receipt_number: str) -> Opened:
    """Another package than was asked for, or one whose digest is not its own, is a wrong answer."""
    wire = done(answer, Opened, manifest)
    package = wire.package
    agreed(
        manifest,
        (package.ward, package.receipt_number) == (ward, receipt_number),
        wire.history[0].state == "arrived",
        all(one.at <= after.at for one, after in pairwise(wire.history)),
        _digest(answer.content) == wire.sha256,
    )
    return wire


def moved(answer: httpx.Response, manifest: Manifest, receipt_number: str, state: str) -> Moved:
    wire = done(answer, Moved, manifest)
    agreed(manifest, (wire.receipt_number, wire.state) == (receipt_number, state))
    return wire


def _digest(content: bytes) -> str | None:
    """Over the package as it came, with fields we do not read; None when it has no canonical form."""
    try:
        return hashlib.sha256(rfc8785.dumps(msgspec.json.decode(content)["package"])).hexdigest()
    except (rfc8785.CanonicalizationError, *NOT_JSON):
        return None
