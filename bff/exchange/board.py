"""Which services are closed, as every process knows it within seconds and without a query a call."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bff.db import Database
from bff.exchange import switches
from bff.exchange.silence import Silent, Why
from bff.exchange.switches import EVERYWHERE, Off, Outage

log = structlog.get_logger()
ANNOUNCED_BEFORE = timedelta(days=7)
LASTS = 2.0
"""Seconds for which what was read holds."""


@dataclass(frozen=True)
class Closed:
    """Why a service is not asked; `until`: the end of a planned outage, None: nobody knows."""

    why: Why
    until: datetime | None = None

    def silence(self, source: str) -> Silent:
        return Silent(source, self.why, self.until)


IsClosed = Callable[[str, str | None], Awaitable[Closed | None]]
"""Of a source, for residents of a ward (None: of no known one)."""


@dataclass(frozen=True)
class Read:
    """What stood there when it was last looked at."""

    off: Mapping[tuple[str, str], Off] = field(default_factory=dict)
    outages: Sequence[Outage] = ()

    def closed(self, source: str, ward: str | None, now: datetime) -> Closed | None:
        """Whether `source` is asked for a resident of `ward`; a switch counts before a plan."""
        if not self.off and not self.outages:
            return None
        for whose in (EVERYWHERE, ward or EVERYWHERE):
            if (source, whose) in self.off:
                return Closed(Why.SWITCHED_OFF)
        until = [one.ends for one in self._of(source, ward) if one.is_on(now)]
        return Closed(Why.PLANNED_OUTAGE, max(until)) if until else None

    def announced(self, source: str, ward: str | None, now: datetime) -> Outage | None:
        """The outage a resident of `ward` is told of: the one under way, or the next of these days."""
        soon = now + ANNOUNCED_BEFORE
        told = [one for one in self._of(source, ward) if one.ends > now and one.begins <= soon]
        return min(told, key=lambda one: one.begins, default=None)

    def _of(self, source: str, ward: str | None) -> Sequence[Outage]:
        return [one for one in self.outages if one.source == source and one.ward in (EVERYWHERE, ward)]


class Board:
    """Reads when what it knows is older than `LASTS`; one caller reads, the others go on with what stood there.

    A database that cannot be read leaves what was known last.
    """

    def __init__(self, db: Database, clock: Callable[[], datetime], lasts: float = LASTS) -> None:
        self._db = db
        self._clock = clock
        self._lasts = lasts
        self._read: Read | None = None
        self._read_at = 0.0
        self._reading = asyncio.Lock()

    async def closed(self, source: str, ward: str | None) -> Closed | None:
        return (await self.now()).closed(source, ward, self._clock())

    async def now(self) -> Read:
        known = self._read
        if known is not None and (self._is_fresh or self._reading.locked()):
            return known
        async with self._reading:
            if self._read is None or not self._is_fresh:
                await self._look()
            assert self._read is not None
            return self._read

    @property
    def _is_fresh(self) -> bool:
        return time.monotonic() - self._read_at < self._lasts

    async def _look(self) -> None:
        try:
            async with self._db.house() as conn:
                off = {(one.source, one.ward): one for one in await switches.switched_off(conn)}
                self._read = Read(off, await switches.outages(conn, self._clock()))
        except (OSError, SQLAlchemyError):
            if self._read is None:
                raise
            log.warning("which services are closed could not be read; what was known last goes on")
        self._read_at = time.monotonic()


Serves = Callable[[str | None, UUID | None], bool]
"""Whether the systems of a ward (None: of nobody's) are asked for a resident: one that is tried out only for some."""


def everybody(ward: str | None, resident: UUID | None) -> bool:
    return True


async def always_open(source: str, ward: str | None) -> Closed | None:
    """For an exchange over which nobody has a switch."""
    return None
