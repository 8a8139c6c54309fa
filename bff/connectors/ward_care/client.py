"""介護保険: who is insured and certified to which level (ward)."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.connectors.ward_care import mapping
from bff.exchange.reading import Reading
from life_events.facts import CareRecords


class WardCare:
    """Asks for one person's `CareRecords`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = CareRecords

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> CareRecords:
        return mapping.records(await query(self._http, self.manifest, reading), self.manifest.id)
