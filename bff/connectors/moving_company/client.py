"""A moving company: free slots, a quote, a booking, and its cancellation."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.moving_company import mapping
from bff.connectors.moving_company.mapping import Booking, CityCode, Quote, Size, Slots
from bff.connectors.query import ask, look, order
from bff.exchange.reading import Reading


class MovingCompany:
    """All calls may be repeated: the same `key` is taken in once. Raise `Refused` and `Silent`."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def slots(
        self, reading: Reading, *, from_city: CityCode, to_city: CityCode, first: date, last: date
    ) -> Slots:
        """Still free; who asks is not told, and only the municipalities of both homes are."""
        subject = {"id": reading.subject.id}
        asked = {"subject": subject, "from_city": from_city, "to_city": to_city, "first": first, "last": last}
        return mapping.slots(await ask(self._http, self.manifest, reading, "/slots", asked), self.manifest, first, last)

    async def quote(
        self, reading: Reading, *, key: UUID, slot: str, from_address: str, to_address: str, size: Size, lift: bool
    ) -> Quote:
        """Binds nobody. `lift`: both houses have one, or are entered at the level of the street."""
        home = {"from_address": from_address, "to_address": to_address, "size": size, "lift": lift}
        answer = await order(self._http, self.manifest, reading, "/quotes", key, {"slot": slot, **home})
        return mapping.quoted(answer, self.manifest, slot)

    async def book(self, reading: Reading, *, key: UUID, quote: str) -> Booking:
        answer = await order(self._http, self.manifest, reading, "/bookings", key, {"quote": quote})
        return mapping.booked(answer, self.manifest, quote)

    async def cancel(self, reading: Reading, *, key: UUID, number: str) -> Booking:
        answer = await order(self._http, self.manifest, reading, "/cancellations", key, {"number": number})
        return mapping.cancelled(answer, self.manifest, number)

    async def status(self, reading: Reading, *, number: str) -> Booking:
        return mapping.standing(await look(self._http, self.manifest, reading, number), self.manifest, number)
