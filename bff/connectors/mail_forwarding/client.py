"""日本郵便の転居・転送サービス (e転居): has mail to the old address sent on for a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal
from uuid import UUID

import httpx

from bff.connectors.mail_forwarding import mapping
from bff.connectors.mail_forwarding.mapping import Forwarding
from bff.connectors.manifest import manifest_of
from bff.connectors.query import look, order
from bff.exchange.reading import Reading


class MailForwarding:
    """All calls may be repeated: the same `key` is taken in once. Raise `Refused` and `Silent`."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def request(
        self,
        reading: Reading,
        *,
        key: UUID,
        old_address: str,
        new_address: str,
        persons: Sequence[str],
        from_day: date,
        stays: Literal["none", "some"],
    ) -> Forwarding:
        """`persons`: names of those who move, six at most. `stays`: whether anybody goes on living at the old home."""
        asked = {
            "old_address": old_address,
            "new_address": new_address,
            "persons": list(persons),
            "from_day": from_day,
            "stays": stays,
        }
        answer = await order(self._http, self.manifest, reading, "/requests", key, asked)
        return mapping.requested(
            answer, self.manifest, old_address=old_address, new_address=new_address, persons=persons, from_day=from_day
        )

    async def cancel(self, reading: Reading, *, key: UUID, number: str) -> Forwarding:
        answer = await order(self._http, self.manifest, reading, "/cancellations", key, {"number": number})
        return mapping.cancelled(answer, self.manifest, number)

    async def status(self, reading: Reading, *, number: str) -> Forwarding:
        return mapping.standing(await look(self._http, self.manifest, reading, number), self.manifest, number)
