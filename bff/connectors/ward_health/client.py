"""健診・予防接種台帳: which checks were done or are due, and which doses were given; no result of any."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.connectors.ward_health import mapping
from bff.connectors.ward_health.mapping import HealthCentre
from bff.exchange.reading import Reading


class WardHealth:
    """Asks for one person's `HealthCentre`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = HealthCentre

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> HealthCentre:
        return mapping.health(await query(self._http, self.manifest, reading), self.manifest.id)
