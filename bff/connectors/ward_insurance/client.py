"""国民健康保険: who is covered since when, how that is shown at a clinic, and where the premium stands."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.connectors.ward_insurance import mapping
from bff.connectors.ward_insurance.mapping import HealthInsurance
from bff.exchange.reading import Reading


class WardInsurance:
    """Asks for one person's `HealthInsurance`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = HealthInsurance

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> HealthInsurance:
        return mapping.insurance(await query(self._http, self.manifest, reading), self.manifest.id)
