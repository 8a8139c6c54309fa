"""From the payment network's answers to a `Slip`, the `Banks` and a `HandedOver`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.bounds import Line
from bff.connectors.manifest import Link, Manifest
from bff.connectors.slip_numbers import SlipNumbers
from bff.exchange.answer import told

BankCode = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}$")]
Yen = Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
LONGEST = timedelta(hours=1)
"""A way into a payment that lives longer is none we hand on."""


class Slip(msgspec.Struct, frozen=True):
    """`due_on` is None where the payee names no day; `expired`: it cannot be paid by these numbers any more."""

    payee: Line
    content: Line
    amount_yen: Yen
    due_on: date | None
    state: Literal["unpaid", "paid", "expired"]
    paid_on: date | None


class Bank(msgspec.Struct, frozen=True):
    """`code` is the 金融機関コード."""

    code: BankCode
    name: Line


class Banks(msgspec.Struct, frozen=True):
    banks: Annotated[tuple[Bank, ...], msgspec.Meta(max_length=2000)]


class HandedOver(msgspec.Struct, frozen=True):
    """Never kept: `link` opens one payment at the chosen bank until `expires_at`."""

    bank: BankCode
    link: Link
    issued_at: Moment
    expires_at: Moment


class _Numbered(msgspec.Struct, frozen=True):
    numbers: SlipNumbers


def slip(answer: httpx.Response, manifest: Manifest, numbers: SlipNumbers) -> Slip:
    """Another slip than was asked for, or one paid on no day, is a wrong answer."""
    wire = done(answer, Slip, manifest)
    agreed(
        manifest,
        told(answer, _Numbered, manifest.id).numbers == numbers,
        (wire.state == "paid") is (wire.paid_on is not None),
    )
    return wire


def banks(answer: httpx.Response, manifest: Manifest) -> Banks:
    """One bank twice is a wrong answer."""
    wire = done(answer, Banks, manifest)
    codes = [one.code for one in wire.banks]
    agreed(manifest, len(codes) == len(set(codes)))
    return wire


def handed_over(answer: httpx.Response, manifest: Manifest, bank: str) -> HandedOver:
    """Another bank than she chose, or a link that lives on, is a wrong answer."""
    wire = done(answer, HandedOver, manifest)
    agreed(manifest, wire.bank == bank, timedelta(0) < wire.expires_at - wire.issued_at <= LONGEST)
    return wire
