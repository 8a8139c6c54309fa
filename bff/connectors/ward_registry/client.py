"""住民基本台帳: who lives together, where and since when (ward)."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.connectors.ward_registry import mapping
from bff.exchange.reading import Reading
from life_events.facts import Household


class WardRegistry:
    """Asks for one person's `Household`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = Household

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> Household:
        answer = await query(self._http, self.manifest, reading)
        return mapping.household(answer, self.manifest.id, ward=reading.subject.ward)
