"""印鑑登録: whether a seal is registered, and since when."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.connectors.seal_registration import mapping
from bff.connectors.seal_registration.mapping import SealRegistration
from bff.exchange.reading import Reading


class SealRegister:
    """Asks for one person's `SealRegistration`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = SealRegistration

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> SealRegistration:
        return mapping.registration(await query(self._http, self.manifest, reading), self.manifest.id)
