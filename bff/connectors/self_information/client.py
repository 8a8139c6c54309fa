"""マイナポータル 自己情報: what public bodies hold of her, by family, with how whole each answer is."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.connectors.self_information import mapping
from bff.connectors.self_information.mapping import SelfInformation
from bff.exchange.reading import Reading


class SelfInformationService:
    """Asks for one person's `SelfInformation`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = SelfInformation

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> SelfInformation:
        return mapping.information(await query(self._http, self.manifest, reading), self.manifest.id)
