"""公金受取口座: whether she has registered one, and since when; never which."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.public_account import mapping
from bff.connectors.public_account.mapping import PublicAccount
from bff.connectors.query import query
from bff.exchange.reading import Reading


class PublicAccountService:
    """Asks for one person's `PublicAccount`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = PublicAccount

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> PublicAccount:
        return mapping.account(await query(self._http, self.manifest, reading), self.manifest.id)
