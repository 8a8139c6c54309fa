"""The nursery operator's app: is the child there today, since when, and who fetches it."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.nursery_day import mapping
from bff.connectors.nursery_day.mapping import DayAtNursery
from bff.connectors.query import query
from bff.exchange.reading import Reading


class NurseryDay:
    """Asks for one person's `DayAtNursery`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = DayAtNursery

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> DayAtNursery:
        return mapping.day(await query(self._http, self.manifest, reading), self.manifest.id)
