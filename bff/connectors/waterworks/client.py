"""東京都水道局: which contract serves which address, and when the meter is read next."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.connectors.waterworks import mapping
from bff.connectors.waterworks.mapping import WaterContracts
from bff.exchange.reading import Reading


class Waterworks:
    """Asks for one person's `WaterContracts`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = WaterContracts

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> WaterContracts:
        return mapping.contracts(await query(self._http, self.manifest, reading), self.manifest.id)
