"""What is handed to a channel and what comes back from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from notifications.notice import Notice
from notifications.words import Language


class Fate(StrEnum):
    ACCEPTED = "accepted"
    GONE = "gone"
    TOO_BIG = "too_big"
    LATER = "later"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`retry_after` only with LATER, and only where the push service named a time. `status` None: never answered."""

    fate: Fate
    status: int | None = None
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """One notice for one device."""

    device: UUID
    endpoint: str
    p256dh: str
    auth: str
    language: Language


class Pusher(Protocol):
    """At most this many at once, and an outcome for every parcel; never raises for a push service's fault."""

    @property
    def at_once(self) -> int: ...

    async def push(self, notice: Notice, parcels: Sequence[Parcel], now: datetime) -> Mapping[UUID, Outcome]: ...
