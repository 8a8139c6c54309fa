"""The catalogue that holds at this moment: what is shipped, and what wards say otherwise of it since.

Every process holds the whole line of what is published, what is yet to begin included, so that all of them turn the
page at the same moment by the clock and none waits for a message.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import structlog
from sqlalchemy.exc import SQLAlchemyError

from bff.administration import amendments, banners, stages
from bff.administration.amendments import Version
from bff.administration.banners import Banner
from bff.administration.edition import Edition
from bff.administration.stages import Stage
from bff.db import Database
from life_events import Catalogue, WrongData
from life_events.amending import Amendment, amended, with_terms

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

    def with_version(self, version: Version) -> Catalogue:
        """The catalogue of this moment, were that version the one that holds of its procedure; whatever fits no longer
        shows what is shipped."""
        now = self._clock()
        begun = amendments.begun((self._line or Line()).versions, now)
        mine = [one for one in begun if one.place == version.place]
        if version in mine:
            mine = mine[: mine.index(version)]
        else:
            version = replace(version, starts_at=max(now, version.starts_at or now))
        shown = [*(one for one in begun if one.place != version.place), *mine, version]
        return _with(self.shipped, sorted(shown, key=_moment))

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
    begun = amendments.begun(line.versions, now)
    held = {one.place: one for one in begun}
    up = [one for one in line.banners if one.is_up(now)]
    moments = [one.starts_at for one in line.versions if one.starts_at]
    moments += [moment for one in line.banners for moment in (one.begins, one.ends)]
    ids = sorted([*(str(one.id) for one in held.values()), *(str(one.id) for one in up), *line.not_live])
    return Edition(
        mark=hashlib.sha256("".join(ids).encode()).hexdigest()[:12],
        catalogue=_with(shipped, begun),
        since=max((one for one in moments if one <= now), default=datetime.min.replace(tzinfo=now.tzinfo)),
        until=min((one for one in moments if one > now), default=None),
        versions=held,
        banners=up,
        not_live=frozenset(line.not_live),
    )


def day_of(moment: datetime) -> date:
    """In Tokyo, from which on a term holds."""
    return moment.astimezone(TOKYO).date()


def _with(shipped: Catalogue, begun: Sequence[Version]) -> Catalogue:
    """`begun`: in the order in which they began. Of each the terms, from its own day on; of the texts, the last."""
    catalogue, last = shipped, dict[tuple[str, str], Amendment]()
    for one in begun:
        said, before = _fitting(shipped, one), last.get(one.place, Amendment())
        terms = {**dict.fromkeys(before.terms), **said.terms}
        if terms:
            catalogue = with_terms(catalogue, shipped, one.ward, terms, _day(one))
        last[one.place] = said
    for one in {one.place: one for one in begun}.values():
        if not last[one.place].is_empty:
            texts = msgspec.structs.replace(last[one.place], terms={})
            catalogue = amended(catalogue, one.ward, one.procedure, texts, _day(one))
    return catalogue


def _fitting(shipped: Catalogue, one: Version) -> Amendment:
    """What does not fit the files of a newer release any more is told to the operator and left out."""
    try:
        amended(shipped, one.ward, one.procedure, one.said, _day(one))
    except WrongData as wrong:
        log.error("an amendment does not fit the catalogue", amendment=str(one.id), why=str(wrong))
        return Amendment()
    return one.said


def _moment(one: Version) -> datetime:
    return one.starts_at or one.made_at


def _day(one: Version) -> date:
    return day_of(_moment(one))
