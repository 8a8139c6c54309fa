"""ひとり親: 児童扶養手当, 児童育成手当 and the medical certificate, and when the next report is due."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.connectors.ward_single_parent import mapping
from bff.connectors.ward_single_parent.mapping import SingleParent
from bff.exchange.reading import Reading


class WardSingleParent:
    """Asks for one person's `SingleParent`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = SingleParent

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> SingleParent:
        return mapping.single_parent(await query(self._http, self.manifest, reading), self.manifest.id)
