"""From the gas company's answer to `GasContracts`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.bounds import AtMost100, Line
from bff.connectors.contracts import contracts_as

Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Z][0-9A-Z-]{3,19}$")]


class GasContract(msgspec.Struct, frozen=True):
    """`kind`: appliances of one do not burn the other. `transfer`: 口座振替, never which account."""

    number: Number
    address: Line
    state: Literal["in_use", "stopping", "stopped"]
    since: date
    until: date | None
    kind: Literal["city", "propane"]
    transfer: Literal["registered", "not_registered"]


class GasContracts(msgspec.Struct, frozen=True):
    """Empty when she has no contract; she may hold several, at the old address and the new one."""

    contracts: Annotated[tuple[GasContract, ...], AtMost100]


def contracts(answer: httpx.Response, source: str) -> GasContracts:
    return contracts_as(answer, GasContracts, source)
