"""The form of a fee: what was typed, read whole, every mistake told with the field it belongs to."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from bff.connectors.slip_numbers import SlipNumbers
from bff.errors import FieldsRefused
from bff.payments.bill import FOR_WARDS
from bff.payments.issuing import Fee
from bff.payments.paying import numbers_of
from bff.staff.mistakes import Mistake
from bff.staff.typed import Typed
from bff.staff.visit import NotHere
from bff.staff.words import word
from life_events import contains_individual_number

MOST_YEN: Final = 1_000_000_000
LONGEST_QR: Final = 1000
NUMBERS: Final = ("institution", "payment", "confirmation", "slip_kind")


def fee_of(typed: Typed, *, ward: str, ward_name: str, today: date, by: str) -> tuple[Fee | None, tuple[Mistake, ...]]:
    """None: there are mistakes."""
    said = {name: typed.one(name).strip() for name in ("bill_receipt", "fee", "amount", "due_on", "expires_on", "qr")}
    yen = _yen(said["amount"])
    due = _day(said["due_on"])
    expires = _day(said["expires_on"]) if said["expires_on"] else due
    numbers, is_wrong = _numbers(typed)
    wrong = [
        name
        for name, fits in (
            ("bill_receipt", bool(said["bill_receipt"]) and len(said["bill_receipt"]) <= 60),  # noqa: PLR2004
            ("fee", said["fee"] in FOR_WARDS),
            ("amount", yen is not None),
            ("due_on", due is not None and due >= today),
            ("expires_on", due is None or (expires is not None and expires >= due)),
            ("qr", len(said["qr"]) <= LONGEST_QR and not contains_individual_number(said["qr"])),
        )
        if not fits
    ]
    mistakes = [Mistake(name, word("payments", _why(name))) for name in wrong]
    if is_wrong:
        mistakes.append(Mistake("payment", word("payments", "numbers")))
    if mistakes or yen is None or due is None or expires is None:
        return None, tuple(mistakes)
    fee = Fee(
        _key(typed), ward, ward_name, said["bill_receipt"], said["fee"], yen, due, expires, numbers, said["qr"], by
    )
    return fee, ()


def _why(name: str) -> str:
    return "unknown_receipt" if name == "bill_receipt" else name


def _yen(said: str) -> int | None:
    bare = said.replace(",", "")
    if not (bare.isascii() and bare.isdigit() and len(bare) <= len(str(MOST_YEN))):
        return None
    return int(bare) if 0 < int(bare) <= MOST_YEN else None


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _numbers(typed: Typed) -> tuple[SlipNumbers | None, bool]:
    """None: none were typed; True: they are none."""
    said = [typed.one(name).strip() for name in NUMBERS]
    if not any(said):
        return None, False
    try:
        return numbers_of(*said), False
    except FieldsRefused:
        return None, True


def _key(typed: Typed) -> UUID:
    try:
        return UUID(typed.one("key"))
    except ValueError as error:
        raise NotHere from error
