"""Clinics: free times for vaccinations and health checks, a booking, and its cancellation; no illness is told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import httpx

from bff.connectors.bounds import WardCode
from bff.connectors.clinic_booking import mapping
from bff.connectors.clinic_booking.mapping import Booking, Item, Slots, What
from bff.connectors.manifest import manifest_of
from bff.connectors.query import ask, look, order
from bff.exchange.reading import Reading


class ClinicBooking:
    """All calls may be repeated: the same `key` is taken in once. Raise `Refused` and `Silent`."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def slots(
        self, reading: Reading, *, what: What, item: Item, ward: WardCode, first: date, last: date
    ) -> Slots:
        """Still free at clinics of the `ward`; who asks is not told. `item`: an id of a vaccine or of a check."""
        subject = {"id": reading.subject.id}
        asked = {"subject": subject, "what": what, "item": item, "ward": ward, "first": first, "last": last}
        return mapping.slots(await ask(self._http, self.manifest, reading, "/slots", asked), self.manifest, first, last)

    async def book(
        self, reading: Reading, *, key: UUID, slot: str, what: What, item: Item, person: str, born: date
    ) -> Booking:
        """`person`, `born`: who is to come, herself or her child."""
        told = {"slot": slot, "what": what, "item": item, "person": person, "born": born}
        answer = await order(self._http, self.manifest, reading, "/bookings", key, told)
        return mapping.booked(answer, self.manifest, slot, item, person)

    async def cancel(self, reading: Reading, *, key: UUID, number: str) -> Booking:
        answer = await order(self._http, self.manifest, reading, "/cancellations", key, {"number": number})
        return mapping.cancelled(answer, self.manifest, number)

    async def status(self, reading: Reading, *, number: str) -> Booking:
        return mapping.standing(await look(self._http, self.manifest, reading, number), self.manifest, number)
