"""What is offered, the times of it, and who has taken one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import msgspec

from life_events import Text

Kind = Literal["counter", "checkup", "nursery_visit"]
State = Literal["booked", "waiting", "offered", "cancelled", "lapsed", "arrived", "no_show"]
LIVE: Final = ("booked", "waiting", "offered")
HOLDING: Final = ("booked", "offered")
"""A place is kept for these."""
SEALED: Final = "booking"
CODE_MARKS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 8


@dataclass(frozen=True)
class Offer:
    """`facility` is the id of the ward's open data; `elsewhere`: it is booked there, and has no slots here."""

    id: UUID
    ward: str
    facility: str
    facility_name: str
    kind: Kind
    title: Text
    procedures: tuple[str, ...]
    about: Literal["self", "child"]
    phone: str
    elsewhere: str
    cancel_hours: int
    confirm_hours: int
    made_at: datetime
    made_by: str
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Slot:
    id: UUID
    offer: UUID
    ward: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int = 0
    closed_at: datetime | None = None
    closed_why: str | None = None

    @property
    def left(self) -> int:
        return 0 if self.closed_at else max(0, self.capacity - self.taken)

    def is_open(self, now: datetime) -> bool:
        return self.closed_at is None and self.starts_at > now


class ForWhom(msgspec.Struct, frozen=True):
    """Sealed under her key. `person` as the register has the child; empty: herself."""

    name: str
    person: str = ""


@dataclass(frozen=True)
class Booking:
    """`offered_until`: a place came free and is kept for her until then; `code` is shown on arrival."""

    id: UUID
    resident: UUID
    offer: UUID
    slot: UUID
    ward: str
    state: State
    person: bytes
    for_whom: bytes
    code: str
    asked_at: datetime
    changed_at: datetime
    offered_until: datetime | None = None
    reminded_at: datetime | None = None
    ended_by: str | None = None

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


def free_until(offer: Offer, slot: Slot) -> datetime:
    """Until when she may cancel or change it herself."""
    return slot.starts_at - timedelta(hours=offer.cancel_hours)


def answer_by(offer: Offer, slot: Slot, now: datetime) -> datetime:
    """Until when a place that came free is kept: never past the time itself."""
    return min(now + timedelta(hours=offer.confirm_hours), slot.starts_at)


def plain_code(typed: str) -> str:
    """However it was typed or scanned: 「k7qm-2xwa」, or the address in the square."""
    text = typed.strip().rpartition("code=")[2].upper()
    return "".join(mark for mark in text if mark.isalnum())
