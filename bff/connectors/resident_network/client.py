"""住基ネット 本人確認情報: whether the four items are hers, and why they last changed."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import about, ask
from bff.connectors.resident_network import mapping
from bff.connectors.resident_network.mapping import Confirmation, Sex
from bff.exchange.reading import Reading


class ResidentNetwork:
    """Raises `Silent`, also when the reading rests on another basis than the law names."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def confirm(self, reading: Reading, *, sex: Sex | None = None) -> Confirmation:
        """Whether the subject's name, birth date and address, and her `sex` when it is given, are registered so."""
        body = {"subject": {**about(reading, self.manifest), "sex": sex}}
        return mapping.confirmation(await ask(self._http, self.manifest, reading, "/query", body), self.manifest, sex)
