"""From the electricity company's answer to `Contracts`."""

from __future__ import annotations

from typing import Annotated

import httpx
import msgspec

from bff.connectors.bounds import AtMost100, Line
from bff.exchange.answer import told
from life_events.facts import Contract, Contracts


class _Contract(msgspec.Struct, frozen=True):
    number: Line
    address: Line
    company: Line


class _Contracts(msgspec.Struct, frozen=True):
    contracts: Annotated[tuple[_Contract, ...], AtMost100]


def contracts(answer: httpx.Response, source: str) -> Contracts:
    wire = told(answer, _Contracts, source)
    return Contracts(
        contracts=tuple(Contract(number=one.number, address=one.address, company=one.company) for one in wire.contracts)
    )
