"""The electricity company: which contract serves which address."""

from __future__ import annotations

import httpx

from bff.connectors.electricity import mapping
from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.exchange.reading import Reading
from life_events.facts import Contracts


class Electricity:
    """Asks for one person's `Contracts`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = Contracts

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> Contracts:
        return mapping.contracts(await query(self._http, self.manifest, reading), self.manifest.id)
