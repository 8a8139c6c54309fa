"""情報提供ネットワークシステム: a body the law names asks another yes or no, and hears later."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import httpx

from bff.connectors.bounds import Line
from bff.connectors.information_network import mapping
from bff.connectors.information_network.mapping import Inquiry, Question
from bff.connectors.manifest import manifest_of
from bff.connectors.query import about, ask, look
from bff.exchange.reading import Reading


class InformationNetwork:
    """Asked now, answered later. Raises `Silent`, also when the reading rests on another basis than the law names."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def ask(self, reading: Reading, *, key: UUID, procedure: Line, question: Question, on: date) -> Inquiry:
        """`procedure` is the 事務手続 the answer is needed for, `on` the day it is asked about; `key` asks it once.

        Raises `Refused` (not_listed, key_taken).
        """
        body = {
            "key": str(key),
            "subject": about(reading, self.manifest),
            "procedure": procedure,
            "purpose": reading.purpose,
            "basis": reading.basis,
            "question": question,
            "on": on,
        }
        return mapping.inquiry(await ask(self._http, self.manifest, reading, "/", body), self.manifest)

    async def answer(self, reading: Reading, *, inquiry: str) -> Inquiry:
        """What has come of it so far; `waiting` is an answer too."""
        return mapping.inquiry(await look(self._http, self.manifest, reading, inquiry), self.manifest, inquiry)
