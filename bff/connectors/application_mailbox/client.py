"""ぴったりサービス 申請管理: the municipality's mailbox: what came in, one package, where it stands now."""

from __future__ import annotations

from uuid import UUID

import httpx

from bff.connectors.application_mailbox import mapping
from bff.connectors.application_mailbox.mapping import Mailbox, Moved, Opened, State
from bff.connectors.bounds import WardCode
from bff.connectors.manifest import manifest_of
from bff.connectors.query import ask
from bff.exchange.reading import Reading


class ApplicationMailbox:
    """List, fetch, move. The subject of every reading is the official who asks, by a pseudonym.

    Raises `Refused` with a reason of the manifest, `Silent` when there is no answer of use or no right to ask.
    """

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def waiting(self, reading: Reading, *, ward: WardCode, after: str | None = None) -> Mailbox:
        """The oldest first; `after` is the last 受付番号 of the page before."""
        answer = await ask(self._http, self.manifest, reading, "/waiting", {"ward": ward, "after": after})
        return mapping.mailbox(answer, self.manifest, ward)

    async def fetch(self, reading: Reading, *, ward: WardCode, receipt_number: str) -> Opened:
        """The package as it was submitted; it never changes, only its history grows."""
        body = {"ward": ward, "receipt_number": receipt_number}
        answer = await ask(self._http, self.manifest, reading, "/packages", body)
        return mapping.opened(answer, self.manifest, ward, receipt_number)

    async def move(
        self, reading: Reading, *, key: UUID, ward: WardCode, receipt_number: str, state: State, note: str | None
    ) -> Moved:
        """The applicant sees `state` and `note` on Mynaportal. The same `key` moves it once."""
        body = {"key": str(key), "ward": ward, "receipt_number": receipt_number, "state": state, "note": note}
        answer = await ask(self._http, self.manifest, reading, "/states", body)
        return mapping.moved(answer, self.manifest, receipt_number, state)
