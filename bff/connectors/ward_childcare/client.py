"""児童手当, 子ども医療証, 保育の認定: what the ward pays and has certified for children."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.connectors.ward_childcare import mapping
from bff.exchange.reading import Reading
from life_events.facts import ChildcareRecords


class WardChildcare:
    """Asks for one person's `ChildcareRecords`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = ChildcareRecords

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> ChildcareRecords:
        return mapping.records(await query(self._http, self.manifest, reading), self.manifest.id)
