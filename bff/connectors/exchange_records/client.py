"""情報提供等記録: which public body gave what of her to which other, when and on which law."""

from __future__ import annotations

import httpx

from bff.connectors.exchange_records import mapping
from bff.connectors.exchange_records.mapping import ExchangeRecords
from bff.connectors.manifest import manifest_of
from bff.connectors.query import query
from bff.exchange.reading import Reading


class ExchangeRecordsService:
    """Asks for one person's `ExchangeRecords`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = ExchangeRecords

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> ExchangeRecords:
        return mapping.records(await query(self._http, self.manifest, reading), self.manifest.id)
