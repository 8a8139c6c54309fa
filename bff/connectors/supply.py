"""Water, power and gas alike: a supply is started at an address, stopped by its contract, looked after and cancelled.

One neutral form for all three, so that a resident who moves says the same of each; the companies' own differ.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.bounds import Line
from bff.connectors.manifest import Manifest
from bff.connectors.query import look, order
from bff.exchange.reading import Reading

Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Clock = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Note = Annotated[str, msgspec.Meta(max_length=2000)]


class Visit(msgspec.Struct, frozen=True):
    """When somebody comes and she has to be at home (立会い); times of the day in Tokyo, HH:MM."""

    id: Number
    on: date
    begins: Clock
    ends: Clock


class SupplyOrder(msgspec.Struct, frozen=True):
    """A start at `address` or a stop of `contract` on a day; `note` is the company's word to her."""

    number: Number
    kind: Literal["start", "stop"]
    state: Literal["received", "confirmed", "done", "cancelled"]
    at: Moment
    on: date
    address: Line | None
    contract: Number | None
    visit: Visit | None
    note: Note | None


class SupplyDesk:
    """All calls may be repeated: the same `key` is taken in once. Raise `Refused` and `Silent`."""

    manifest: Manifest

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def start(
        self, reading: Reading, *, key: UUID, address: str, on: date, visit: str | None = None
    ) -> SupplyOrder:
        """`visit`: the id of one that was offered, where somebody has to come."""
        start = {"address": address, "on": on, "visit": visit}
        answer = await order(self._http, self.manifest, reading, "/starts", key, start)
        return started(answer, self.manifest, address, on, visit)

    async def stop(self, reading: Reading, *, key: UUID, contract: str, on: date) -> SupplyOrder:
        answer = await order(self._http, self.manifest, reading, "/stops", key, {"contract": contract, "on": on})
        return stopped(answer, self.manifest, contract, on)

    async def cancel(self, reading: Reading, *, key: UUID, number: str) -> SupplyOrder:
        answer = await order(self._http, self.manifest, reading, "/cancellations", key, {"number": number})
        return cancelled(answer, self.manifest, number)

    async def status(self, reading: Reading, *, number: str) -> SupplyOrder:
        return standing(await look(self._http, self.manifest, reading, number), self.manifest, number)


def started(answer: httpx.Response, manifest: Manifest, address: str, on: date, visit: str | None) -> SupplyOrder:
    """An answer about another start than the one asked for is wrong; so is one that visits on another day."""
    wire = done(answer, SupplyOrder, manifest)
    agreed(manifest, wire.kind == "start", wire.address == address, wire.on == on)
    agreed(manifest, (wire.visit.id if wire.visit else None) == visit, wire.visit is None or _fits(wire.visit, on))
    return wire


def stopped(answer: httpx.Response, manifest: Manifest, contract: str, on: date) -> SupplyOrder:
    wire = done(answer, SupplyOrder, manifest)
    agreed(manifest, wire.kind == "stop", wire.contract == contract, wire.on == on)
    return wire


def standing(answer: httpx.Response, manifest: Manifest, number: str) -> SupplyOrder:
    wire = done(answer, SupplyOrder, manifest)
    agreed(manifest, wire.number == number)
    return wire


def cancelled(answer: httpx.Response, manifest: Manifest, number: str) -> SupplyOrder:
    wire = standing(answer, manifest, number)
    agreed(manifest, wire.state == "cancelled")
    return wire


def _fits(visit: Visit, on: date) -> bool:
    return visit.on == on and visit.begins < visit.ends
