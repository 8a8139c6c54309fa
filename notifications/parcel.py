"""What is handed to a channel and what comes back from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol
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
class Digest:
    """Her one summary a day, in her language. `id`: of these very notices; `lines`: who wrote, the first few."""

    id: str
    count: int
    lines: tuple[str, ...]


class Parcel(NamedTuple):
    """One notice, or a `digest` of several, for one device. `badge`: what the app's icon there should say, where the
    phone cannot count itself."""

    device: UUID
    endpoint: str
    p256dh: str
    auth: str
    language: Language
    badge: int | None = None
    digest: Digest | None = None


class Pusher(Protocol):
    """An outcome for every parcel; never raises for a push service's fault."""

    async def push(
        self,
        notice: Notice,
        parcels: Sequence[Parcel],
        now: datetime,
        *,
        revision: int = 1,
        recalled: bool = False,
        bare: bool = False,
    ) -> Mapping[UUID, Outcome]: ...


class Summariser(Protocol):
    """As Pusher; every parcel has a `digest`."""

    async def summarise(self, parcels: Sequence[Parcel], now: datetime) -> Mapping[UUID, Outcome]: ...
