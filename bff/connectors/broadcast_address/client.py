"""NHK: reports who moved where, which changes an address or begins a contract."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import httpx

from bff.connectors.broadcast_address import mapping
from bff.connectors.broadcast_address.mapping import Case, MoveReport
from bff.connectors.manifest import manifest_of
from bff.connectors.query import look, order
from bff.exchange.reading import Reading


class BroadcastAddress:
    """All calls may be repeated: the same `key` is taken in once. Raise `Refused` and `Silent`."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def report(
        self, reading: Reading, *, key: UUID, case: Case, address: str, on: date, contract: str | None = None
    ) -> MoveReport:
        """`whole`: the household with its `contract` moves. `leaving`: some of it do, and need one. `merging`: two
        that pay become one, which NHK takes by phone only and refuses here (source S137, B)."""
        told = {"case": case, "contract": contract, "address": address, "on": on}
        answer = await order(self._http, self.manifest, reading, "/reports", key, told)
        return mapping.reported(answer, self.manifest, case, address, on)

    async def cancel(self, reading: Reading, *, key: UUID, number: str) -> MoveReport:
        answer = await order(self._http, self.manifest, reading, "/cancellations", key, {"number": number})
        return mapping.cancelled(answer, self.manifest, number)

    async def status(self, reading: Reading, *, number: str) -> MoveReport:
        return mapping.standing(await look(self._http, self.manifest, reading, number), self.manifest, number)
