"""登記情報: what a land, building or company register says at its head, and whether she is its holder."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import about, ask
from bff.connectors.register_extract import mapping
from bff.connectors.register_extract.mapping import Extract, Kind, RegisterNumber
from bff.exchange.reading import Reading


class RegisterExtracts:
    """Raises `Silent`, also when the reading rests on another basis than the law names."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def look_up(self, reading: Reading, *, kind: Kind, number: RegisterNumber, holder: bool) -> Extract:
        """`number` is a 不動産番号 or a 法人番号; `holder`: ask too whether the subject owns or represents it."""
        subject = about(reading, self.manifest) if holder else None
        body = {"kind": kind, "number": number, "subject": subject}
        return mapping.extract(await ask(self._http, self.manifest, reading, "/query", body), self.manifest, body)
