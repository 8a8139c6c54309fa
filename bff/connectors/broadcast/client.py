"""NHK: the household's reception contract (放送受信契約), its address and how far it is paid."""

from __future__ import annotations

import httpx

from bff.connectors.broadcast import mapping
from bff.connectors.broadcast.mapping import ReceptionContracts
from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.exchange.reading import Reading


class Broadcast:
    """Asks for one person's `ReceptionContracts`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = ReceptionContracts

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> ReceptionContracts:
        return mapping.contracts(await query(self._http, self.manifest, reading), self.manifest.id)
