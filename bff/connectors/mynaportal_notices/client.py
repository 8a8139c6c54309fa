"""マイナポータル お知らせ: notices that public bodies sent her there, and the mark that she has read one."""

from __future__ import annotations

from typing import Literal

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.mynaportal_notices import mapping
from bff.connectors.mynaportal_notices.mapping import Marked, Notices
from bff.connectors.query import about, ask, query
from bff.exchange.reading import Reading


class NoticesService:
    """Asks for one person's `Notices`; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)
    shape = Notices

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> Notices:
        return mapping.notices(await query(self._http, self.manifest, reading), self.manifest.id)

    async def mark(self, reading: Reading, *, number: str, mark: Literal["read", "unread"]) -> Marked:
        """On Mynaportal too she has read it, or has not; may be repeated. Raises `Refused` (unknown_notice)."""
        body = {"subject": about(reading, self.manifest), "number": number, "mark": mark}
        return mapping.marked(
            await ask(self._http, self.manifest, reading, "/marks", body), self.manifest, number, mark
        )
