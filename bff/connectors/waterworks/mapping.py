"""From the Bureau of Waterworks's answer to `WaterContracts`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.bounds import AtMost100, Line
from bff.connectors.contracts import contracts_as

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
    return contracts_as(answer, WaterContracts, source)
