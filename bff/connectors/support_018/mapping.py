"""From the metropolis' answer to a `Support`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import clean
from bff.connectors.bounds import AtMost100, Line, Month
from bff.exchange.silence import Silent, Why

Yen = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class SupportedChild(msgspec.Struct, frozen=True):
    """Months as YYYY-MM; `since`, `paid_until`: of which months, judged on the 1st of each. `paid_yen`: last time."""

    name: Line
    state: Literal["checking", "sent_back", "paying", "rejected", "ended"]
    applied_on: date
    since: Month | None
    paid_until: Month | None
    paid_yen: Yen | None
    next_payment: Month | None


class Support(msgspec.Struct, frozen=True):
    """Applied for once; later years follow by themselves. `transfer`: is an account registered, never which."""

    children: Annotated[tuple[SupportedChild, ...], AtMost100]
    transfer: Literal["registered", "not_registered"]


def support(answer: httpx.Response, source: str) -> Support:
    """Nothing is paid to whoever is still being checked, nor before the first month."""
    wire = clean(answer, Support, source)
    if not all(map(_fits, wire.children)):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def _fits(child: SupportedChild) -> bool:
    if child.state == "paying" and child.since is None:
        return False
    if (child.paid_until is None) is not (child.paid_yen is None):
        return False
    if child.paid_until is None:
        return True
    return child.since is not None and child.since <= child.paid_until and child.state in ("paying", "ended")
