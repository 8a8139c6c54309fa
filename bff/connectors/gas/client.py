"""The gas company: which contract serves which address, and whether it is town gas or cylinders."""

from __future__ import annotations

import httpx

from bff.connectors.gas import mapping
from bff.connectors.gas.mapping import GasContracts
from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.exchange.reading import Reading


class Gas:
    """Asks for one person's `GasContracts`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = GasContracts

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> GasContracts:
        return mapping.contracts(await query(self._http, self.manifest, reading), self.manifest.id)
