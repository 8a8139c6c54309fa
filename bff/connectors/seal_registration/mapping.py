"""From the seal register's answer to a `SealRegistration`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.exchange.answer import told
from bff.exchange.silence import Silent, Why

Status = Literal["registered", "suspended", "none"]
CardNumber = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,20}$")]


class SealRegistration(msgspec.Struct, frozen=True):
    """`registered_on` and `card_number` (印鑑登録証の番号) are None when no seal is registered."""

    status: Status
    registered_on: date | None
    card_number: CardNumber | None


def registration(answer: httpx.Response, source: str) -> SealRegistration:
    """A seal that is registered since no day, or none that has one, is a wrong answer."""
    wire = told(answer, SealRegistration, source)
    if (wire.status == "none") is not (wire.registered_on is None):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire
