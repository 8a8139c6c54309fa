"""eLTAX 共通納税: her local taxes, one slip by its four numbers, and a number to pay it by Pay-easy."""

from __future__ import annotations

from uuid import UUID

import httpx

from bff.connectors.answers import Refused
from bff.connectors.local_tax import mapping
from bff.connectors.local_tax.mapping import LocalTax, PayEasyNumber, Scanned, Slip
from bff.connectors.manifest import manifest_of
from bff.connectors.query import ask, query
from bff.connectors.slip_numbers import SlipNumbers
from bff.exchange.reading import Reading

LARGEST_CODE = 2_953
"""Bytes a QR code can hold (version 40-L)."""


class LocalTaxes:
    """Raises `Silent` when there is no answer of use, `no_match` for a slip nobody issued."""

    manifest = manifest_of(__file__)
    shape = LocalTax

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading) -> LocalTax:
        return mapping.taxes(await query(self._http, self.manifest, reading), self.manifest.id)

    async def slip(self, reading: Reading, *, numbers: SlipNumbers) -> Slip:
        """One slip by its eL番号; nothing of her is told, the numbers are enough."""
        answer = await ask(self._http, self.manifest, reading, "/slips", {"numbers": numbers})
        return mapping.slip(answer, self.manifest, numbers)

    async def scanned(self, reading: Reading, *, content: bytes) -> Scanned:
        """One slip by its eL-QR, whose `content` is passed on unread; raises `Refused`."""
        if not 0 < len(content) <= LARGEST_CODE:
            raise Refused(self.manifest.id, "unreadable")
        answer = await ask(self._http, self.manifest, reading, "/scanned", {"content": content})
        return mapping.scanned(answer, self.manifest)

    async def pay_easy_number(self, reading: Reading, *, key: UUID, numbers: SlipNumbers) -> PayEasyNumber:
        """A number for banks, good for about a day; the same `key` makes one. Raises `Refused`."""
        body = {"key": str(key), "numbers": numbers}
        return mapping.pay_easy(await ask(self._http, self.manifest, reading, "/pay-easy", body), self.manifest)
