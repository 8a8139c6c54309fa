"""Decisions and certificates a ward has issued: each with the ward's own seal."""

from __future__ import annotations

from collections.abc import Sequence

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import about, ask
from bff.connectors.ward_documents import mapping
from bff.connectors.ward_documents.mapping import Issued
from bff.exchange.reading import Reading


class WardDocuments:
    """Whether a seal is to be believed is not judged here, but by `bff.documents`."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def issued(self, reading: Reading) -> Sequence[Issued]:
        """All that was issued to her and still is kept there; raises `Silent`."""
        question = {"subject": about(reading, self.manifest)}
        return mapping.issued(await ask(self._http, self.manifest, reading, "/", question), self.manifest)
