"""The nation's view of one person: pension category, registered account, signing certificate."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.national_profile import mapping
from bff.connectors.query import query
from bff.exchange.reading import Reading
from life_events.facts import NationalProfile


class NationalProfileService:
    """Asks for one person's `NationalProfile`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = NationalProfile

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> NationalProfile:
        return mapping.profile(await query(self._http, self.manifest, reading), self.manifest.id)
