"""From the Bureau of Waterworks's answer to `WaterContracts`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import clean
from bff.connectors.bounds import AtMost100, Line
from bff.exchange.silence import Silent, Why

Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Z][0-9A-Z-]{3,19}$")]


class WaterContract(msgspec.Struct, frozen=True):
    """`number`: お客さま番号. `next_reading`: 検針. `transfer`: 口座振替, never which account."""

    number: Number
    address: Line
    state: Literal["in_use", "stopping", "stopped"]
    since: date
    until: date | None
    next_reading: date | None
    transfer: Literal["registered", "not_registered"]


class WaterContracts(msgspec.Struct, frozen=True):
    """Empty when she has no contract; she may hold several, at the old address and the new one."""

    contracts: Annotated[tuple[WaterContract, ...], AtMost100]


def contracts(answer: httpx.Response, source: str) -> WaterContracts:
    """A contract that stops has the day, one in use has none."""
    wire = clean(answer, WaterContracts, source)
    numbers = {one.number for one in wire.contracts}
    if len(numbers) < len(wire.contracts) or not all(map(_fits, wire.contracts)):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def _fits(one: WaterContract) -> bool:
    if one.until is None:
        return one.state == "in_use"
    return one.state != "in_use" and one.since <= one.until
