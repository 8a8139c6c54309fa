"""From eLTAX's answers to `LocalTax`, a `Slip` and a `PayEasyNumber`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, clean, done
from bff.connectors.bounds import Line
from bff.connectors.manifest import Manifest
from bff.connectors.slip_numbers import SlipNumbers
from bff.exchange.answer import told
from bff.exchange.silence import Silent, Why

Tax = Literal["resident_tax", "fixed_asset_tax", "vehicle_tax", "light_vehicle_tax", "other"]
State = Literal["unpaid", "paid", "expired"]
Yen = Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]
Year = Annotated[int, msgspec.Meta(ge=2000, le=2100)]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
LONGEST = timedelta(hours=36)
"""A Pay-easy number that claims to live longer is not what it says [B: about one day]."""


class TaxItem(msgspec.Struct, frozen=True):
    """`instalment` (期別) is None for a tax paid at once; `expired`: the slip cannot be paid any more."""

    number: Number
    payee: Line
    tax: Tax
    fiscal_year: Year
    instalment: Annotated[int, msgspec.Meta(ge=1, le=12)] | None
    amount_yen: Yen
    due_on: date
    state: State
    paid_on: date | None


class LocalTax(msgspec.Struct, frozen=True):
    items: Annotated[tuple[TaxItem, ...], msgspec.Meta(max_length=100)]


class Slip(msgspec.Struct, frozen=True):
    """What is due by one slip; the amount is the platform's, none is written by hand."""

    payee: Line
    tax: Tax
    fiscal_year: Year
    amount_yen: Yen
    due_on: date
    state: State
    paid_on: date | None


class Scanned(msgspec.Struct, frozen=True):
    """What a code stands for, and the four numbers it holds; its layout stays the platform's own."""

    slip: Slip
    numbers: SlipNumbers


class PayEasyNumber(msgspec.Struct, frozen=True):
    """Never kept: after `expires_at` it is another's."""

    numbers: SlipNumbers
    issued_at: Moment
    expires_at: Moment


class _Numbered(msgspec.Struct, frozen=True):
    numbers: SlipNumbers


def taxes(answer: httpx.Response, source: str) -> LocalTax:
    """One item twice, or paid on no day, or unpaid on one, is a wrong answer."""
    wire = clean(answer, LocalTax, source)
    numbers = [one.number for one in wire.items]
    if len(numbers) != len(set(numbers)) or not all(_fits(one) for one in wire.items):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def slip(answer: httpx.Response, manifest: Manifest, numbers: SlipNumbers | None) -> Slip:
    """Another slip than was asked for is a wrong answer."""
    wire = done(answer, Slip, manifest)
    agreed(manifest, _fits(wire), numbers is None or told(answer, _Numbered, manifest.id).numbers == numbers)
    return wire


def scanned(answer: httpx.Response, manifest: Manifest) -> Scanned:
    return Scanned(slip(answer, manifest, None), told(answer, _Numbered, manifest.id).numbers)


def pay_easy(answer: httpx.Response, manifest: Manifest) -> PayEasyNumber:
    """Twelve digits of a 納付番号 may look like a 個人番号 and are none, so its digits are not searched for one."""
    wire = told(answer, PayEasyNumber, manifest.id) if answer.is_success else done(answer, PayEasyNumber, manifest)
    agreed(manifest, timedelta(0) < wire.expires_at - wire.issued_at <= LONGEST)
    return wire


def _fits(one: TaxItem | Slip) -> bool:
    return (one.state == "paid") is (one.paid_on is not None)
