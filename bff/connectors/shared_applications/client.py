"""東京共同電子申請・届出サービス: where an application made there stands, by its number; its catalogue is a link."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.query import ask
from bff.connectors.shared_applications import mapping
from bff.connectors.shared_applications.mapping import SharedApplication
from bff.exchange.reading import Reading


class SharedApplications:
    """Nothing is applied for here: applications are made on its own pages, to which the manifest's `link` leads."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def status(self, reading: Reading, *, number: str, password: str) -> SharedApplication:
        """By the number (整理番号) and the password she was given when she applied, which is kept nowhere here.

        Raises `Refused` when no application has both, and `Silent`.
        """
        asked = {"subject": {"id": reading.subject.id}, "number": number, "password": password}
        return mapping.standing(await ask(self._http, self.manifest, reading, "/status", asked), self.manifest, number)
