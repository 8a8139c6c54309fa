"""マルチペイメントネットワーク（Pay-easy）: what a slip asks for, and the way to her own bank to pay it."""

from __future__ import annotations

from uuid import UUID

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.payeasy import mapping
from bff.connectors.payeasy.mapping import BankCode, Banks, HandedOver, Slip
from bff.connectors.query import ask
from bff.connectors.slip_numbers import SlipNumbers
from bff.exchange.reading import Reading


class PayEasy:
    """Raises `Silent` when there is no answer of use, `no_match` for a slip nobody issued."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def look_up(self, reading: Reading, *, numbers: SlipNumbers) -> Slip:
        """What is due, and whether it is paid."""
        answer = await ask(self._http, self.manifest, reading, "/query", {"numbers": numbers})
        return mapping.slip(answer, self.manifest, numbers)

    async def banks(self, reading: Reading, *, numbers: SlipNumbers) -> Banks:
        """Where this slip can be paid over the network."""
        answer = await ask(self._http, self.manifest, reading, "/banks", {"numbers": numbers})
        return mapping.banks(answer, self.manifest)

    async def hand_over(self, reading: Reading, *, key: UUID, numbers: SlipNumbers, bank: BankCode) -> HandedOver:
        """The link to her bank, good for minutes and for one payment; the same `key` makes one.

        Raises `Refused` (already_paid, expired, bank_not_taken, key_taken).
        """
        body = {"key": str(key), "numbers": numbers, "bank": bank}
        return mapping.handed_over(
            await ask(self._http, self.manifest, reading, "/hand-overs", body), self.manifest, bank
        )
