"""The catalogue that holds at this moment: what is shipped, and what wards say otherwise of it since.

Every process holds the whole line of what is published, what is yet to begin included, so that all of them turn the
page at the same moment by the clock and none waits for a message.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bff.administration import amendments, banners, stages
from bff.administration.amendments import Version
from bff.administration.banners import Banner
from bff.administration.edition import Edition
from bff.administration.stages import Stage
from bff.db import Database
from life_events import Catalogue, WrongData
from life_events.amending import amended

log = structlog.get_logger()
LASTS: Final = 2.0
"""Seconds after which a process looks anew for what was published elsewhere."""
TOKYO: Final = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class Line:
    """All that is published and not over."""

    versions: Sequence[Version] = ()
    banners: Sequence[Banner] = ()
    not_live: Mapping[str, tuple[Stage, frozenset[UUID]]] = field(default_factory=dict)


class Shelf:
    """`shipped`: the catalogue of the files. Until the database was read it is the whole truth."""

    def __init__(self, shipped: Catalogue, db: Database, clock: Callable[[], datetime], lasts: float = LASTS) -> None:
        self.shipped = shipped
        self._db, self._clock, self._lasts = db, clock, lasts
        self._line: Line | None = None
        self._edition: Edition | None = None
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()
        self._beside: asyncio.Task[None] | None = None

    @property
    def edition(self) -> Edition:
        now = self._clock()
        if self._edition is None or not self._edition.holds(now):
            self._edition = edition(self.shipped, self._line or Line(), now)
        return self._edition

    @property
    def catalogue(self) -> Catalogue:
        return self.edition.catalogue

    def serves(self, ward: str | None, resident: UUID | None) -> bool:
        """Whether the ward's systems are asked for that resident: of one that is tried out, only for who tries it."""
        stage, testers = (self._line or Line()).not_live.get(ward or "", ("live", frozenset()))
        return stage == "live" or (stage == "trial" and resident in testers)

    def without(self, ward: str, procedure: str) -> Catalogue:
        """As it would be if that ward said nothing otherwise of that procedure."""
        others = [one for place, one in self.edition.versions.items() if place != (ward, procedure)]
        return _with(self.shipped, others)

    def forget(self) -> None:
        """Whoever has just published looks anew at once, in this process."""
        self._read_at = float("-inf")

    async def keep_up(self) -> None:
        """Before anything is answered. Nobody waits but for the first look, and for one's own deed; who comes later
        goes on with what was read last while one look is taken beside."""
        if time.monotonic() - self._read_at < self._lasts:
            return
        if self._line is None or self._read_at == float("-inf"):
            await self._look()
        elif self._beside is None or self._beside.done():
            self._beside = asyncio.create_task(self._look())

    async def known(self) -> None:
        """For whoever acts unasked, which is not to be done upon the files alone: until the database was read once."""
        while self._line is None:
            await self.keep_up()
            if self._line is None:
                await asyncio.sleep(self._lasts)

    async def follow(self) -> None:
        """For a process to which nobody comes: until it is cancelled."""
        while True:
            await self.keep_up()
            await asyncio.sleep(self._lasts)

    async def close(self) -> None:
        if self._beside is not None:
            self._beside.cancel()
            await asyncio.gather(self._beside, return_exceptions=True)

    async def _look(self) -> None:
        """A database that is away leaves what was known last."""
        async with self._reading:
            if time.monotonic() - self._read_at < self._lasts:
                return
            try:
                async with self._db.house() as conn:
                    now = self._clock()
                    said, up = await amendments.line(conn, now), await banners.line(conn, now)
                    read = Line(said, up, await stages.not_live(conn))
                if read != self._line:
                    self._line, self._edition = read, None
            except (OSError, SQLAlchemyError):
                log.warning("what is published could not be read; what was known last goes on")
            self._read_at = time.monotonic()


def edition(shipped: Catalogue, line: Line, now: datetime) -> Edition:
    """What holds at `now`, and until when."""
    by_place: dict[tuple[str, str], list[Version]] = {}
    for version in line.versions:
        by_place.setdefault((version.ward, version.procedure), []).append(version)
    held = {place: one for place, all_of in by_place.items() if (one := amendments.holding(all_of, now)) is not None}
    up = [one for one in line.banners if one.is_up(now)]
    moments = [one.starts_at for one in line.versions if one.starts_at]
    moments += [moment for one in line.banners for moment in (one.begins, one.ends)]
    ids = sorted([*(str(one.id) for one in held.values()), *(str(one.id) for one in up), *line.not_live])
    return Edition(
        mark=hashlib.sha256("".join(ids).encode()).hexdigest()[:12],
        catalogue=_with(shipped, held.values()),
        since=max((one for one in moments if one <= now), default=datetime.min.replace(tzinfo=now.tzinfo)),
        until=min((one for one in moments if one > now), default=None),
        versions=held,
        banners=up,
        not_live=frozenset(line.not_live),
    )


def day_of(moment: datetime) -> date:
    """In Tokyo, from which on a term holds."""
    return moment.astimezone(TOKYO).date()


def _with(shipped: Catalogue, versions: Iterable[Version]) -> Catalogue:
    catalogue = shipped
    for one in versions:
        catalogue = _laid_over(catalogue, one)
    return catalogue


def _laid_over(catalogue: Catalogue, one: Version) -> Catalogue:
    """What does not fit the files of a newer release any more is told to the operator and left out."""
    if one.said.is_empty:
        return catalogue
    try:
        return amended(catalogue, one.ward, one.procedure, one.said, day_of(one.starts_at or one.made_at))
    except WrongData as wrong:
        log.error("an amendment does not fit the catalogue", amendment=str(one.id), why=str(wrong))
        return catalogue
