"""東京都の018サポート: where each child's application and payments stand."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.connectors.support_018 import mapping
from bff.connectors.support_018.mapping import Support
from bff.exchange.reading import Reading


class Support018:
    """Asks for one person's `Support`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = Support

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> Support:
        return mapping.support(await query(self._http, self.manifest, reading), self.manifest.id)
