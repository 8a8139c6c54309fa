"""From the children's office's answer to a `SingleParent`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import clean
from bff.connectors.bounds import Month
from bff.exchange.silence import Silent, Why


class SingleParentAllowance(msgspec.Struct, frozen=True):
    """`rearing`: 児童扶養手当; `nurturing`: 児童育成手当 of Tokyo. `since`: YYYY-MM. `next_report`: 現況届."""

    kind: Literal["rearing", "nurturing"]
    state: Literal["checking", "paid", "suspended", "ended"]
    amount: Literal["full", "partial", "none"] | None
    since: Month | None
    next_report: date | None
    children: Annotated[int, msgspec.Meta(ge=1, le=20)]


class SingleParent(msgspec.Struct, frozen=True):
    """`medical_until`: last day of the マル親 certificate. `transfer`: is an account registered, never which."""

    allowances: Annotated[tuple[SingleParentAllowance, ...], msgspec.Meta(max_length=2)]
    medical_until: date | None
    transfer: Literal["registered", "not_registered"]


def single_parent(answer: httpx.Response, source: str) -> SingleParent:
    """Each allowance once; one that is paid has an amount and a first month."""
    wire = clean(answer, SingleParent, source)
    kinds = {one.kind for one in wire.allowances}
    if len(kinds) < len(wire.allowances) or not all(map(_fits, wire.allowances)):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def _fits(one: SingleParentAllowance) -> bool:
    if one.state == "paid":
        return one.since is not None and one.amount in ("full", "partial")
    return one.state != "suspended" or one.amount == "none"
