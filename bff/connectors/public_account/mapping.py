"""From the answer of the register of accounts to a `PublicAccount`."""

from __future__ import annotations

from datetime import date
from typing import Literal

import httpx
import msgspec

from bff.exchange.answer import told
from bff.exchange.silence import Silent, Why


class PublicAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`since` is None when none is registered, or when its holder does not tell the day.

    Unlike elsewhere a field too many is a wrong answer: it could be the account's number.
    """

    status: Literal["registered", "changing", "none"]
    since: date | None


def account(answer: httpx.Response, source: str) -> PublicAccount:
    """An account that is not registered since a day is a wrong answer."""
    wire = told(answer, PublicAccount, source)
    if wire.status == "none" and wire.since is not None:
        raise Silent(source, Why.WRONG_ANSWER)
    return wire
