"""What a resident's booking asks of whoever keeps the times: our own book, or a ward's system by a connector later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bff.bookings.booking import Booking, Slot
from bff.identity.residents import Resident


@dataclass(frozen=True)
class Wish:
    """`id` is made on her device: the same again is answered as the first time. `person` None: herself. `wait`: she
    would rather wait than have nothing."""

    id: UUID
    slot: UUID
    person: str | None
    wait: bool


class Book(Protocol):
    """Every act is idempotent; a refusal is raised (`bff.errors`), in words for her."""

    async def slots(self, ward: str, offer: UUID, *, since: datetime, until: datetime) -> Sequence[Slot]: ...
    async def book(self, me: Resident, wish: Wish) -> Booking: ...
    async def confirm(self, me: Resident, booking: UUID) -> Booking: ...
    async def move(self, me: Resident, booking: UUID, slot: UUID) -> Booking: ...
    async def cancel(self, me: Resident, booking: UUID) -> Booking: ...
