"""保育の利用: where a child's place or application stands, and what is paid a month."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.connectors.ward_nursery import mapping
from bff.connectors.ward_nursery.mapping import NurseryStanding
from bff.exchange.reading import Reading


class WardNursery:
    """Asks for one person's `NurseryStanding`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = NurseryStanding

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> NurseryStanding:
        return mapping.standing(await query(self._http, self.manifest, reading), self.manifest.id)
