"""Refreshing: all sources of a resident at once, each failing alone, each settled as soon as it has answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.connectors.street import Source, Street
from bff.consent import grants
from bff.consent.grants import Grant
from bff.db import Database
from bff.errors import Refusal
from bff.exchange.message_log import Entry, Log
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Silent, Why
from bff.facts import store
from bff.facts.store import Gap, Told
from bff.identity.pairwise import Pairwise
from bff.identity.residents import Resident
from life_events import UNKNOWN

log = structlog.get_logger()
TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class Settled:
    """`source` has answered or is known to be silent; `remaining` more are to come."""

    source: str
    remaining: int


class _Run:
    """One refresh under way; whoever follows it hears everything from its beginning."""

    def __init__(self, sources: int) -> None:
        self._sources = sources
        self._settled: list[str] = []
        self._news = asyncio.Condition()
        self._over = False

    async def settled(self, source: str) -> None:
        async with self._news:
            self._settled.append(source)
            self._news.notify_all()

    async def over(self) -> None:
        async with self._news:
            self._over = True
            self._news.notify_all()

    async def follow(self) -> AsyncIterator[Settled]:
        heard = 0
        while await self._more_than(heard):
            heard += 1
            yield Settled(self._settled[heard - 1], self._sources - heard)

    async def _more_than(self, heard: int) -> bool:
        async with self._news:
            await self._news.wait_for(lambda: self._over or len(self._settled) > heard)
        return len(self._settled) > heard


_Asked = tuple[UUID, frozenset[str] | None]
Heard = Callable[[AsyncConnection, Resident, store.Part], Awaitable[None]]
"""Told of every answer in the transaction that keeps it, whether or not anybody still listens to the refresh."""


class Refresher:
    """`log` is the exchange's, so that a reading she does not allow is written down too."""

    def __init__(
        self,
        db: Database,
        street: Street,
        pairwise: Pairwise,
        *,
        clock: Callable[[], datetime],
        log: Log,
        heard: Heard,
        new_id: Callable[[], UUID] = uuid4,
    ) -> None:
        self._db = db
        self._heard = heard
        self._street = street
        self._pairwise = pairwise
        self._clock = clock
        self._log = log
        self._new_id = new_id
        self._runs: dict[_Asked, tuple[_Run, asyncio.Task[None]]] = {}

    def refresh(self, resident: Resident, sources: Collection[str] | None = None) -> AsyncIterator[Settled]:
        """Each source as it settles; ends when all have.

        `sources`: ids of the street's tellers; None: those of home, and what is reckoned of them. The asking goes on
        when nobody listens any more, and a second listener joins what is under way. Raises `KeyError`.
        """
        asked = (resident.id, frozenset(sources) if sources is not None else None)
        if asked not in self._runs:
            chosen = self._street.sources if sources is None else self._street.tellers
            wanted = [chosen[source] for source in dict.fromkeys(sources if sources is not None else chosen)]
            reckons = sources is None and self._street.benefits is not None
            run = _Run(len(wanted) + reckons)
            self._runs[asked] = (run, asyncio.create_task(self._ask_all(run, asked, resident, wanted, reckons)))
        return self._runs[asked][0].follow()

    def subject(self, resident: Resident, source: str) -> Subject:
        """The resident as `source` (the id of a connector) of her ward may know her."""
        basics = resident.basics
        return Subject(
            id=self._pairwise.id_for(resident.id, f"{source}/{resident.ward or ''}"),
            name=basics.name,
            birth_date=basics.birth_date,
            address=basics.address,
            ward=resident.ward,
        )

    async def aclose(self) -> None:
        """Ends what is under way; what has not settled is asked for again another time."""
        tasks = [task for _, task in self._runs.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask_all(
        self, run: _Run, asked: _Asked, resident: Resident, wanted: Iterable[Source], reckons: bool
    ) -> None:
        try:
            async with self._db.resident(resident.id) as conn:
                held = await grants.granted(conn, resident.id)
            await _each(self._ask(run, resident, source, held) for source in wanted)
            if reckons:
                await _each([self._reckon(run, resident, held)])
        finally:
            del self._runs[asked]
            await run.over()

    async def _reckon(self, run: _Run, resident: Resident, held: Mapping[str, Grant]) -> None:
        """After all others: benefits are reckoned from the household that is kept by then."""
        if self._street.benefits is None:
            return
        async with self._db.resident(resident.id) as conn:
            home = store.facts_of(await store.kept(conn, resident, self._clock())).registry
        today = self._clock().astimezone(TOKYO).date()
        source = None if home is UNKNOWN else self._street.reckoning(home, today)
        if source is None:
            await run.settled(self._street.benefits.manifest.id)
        else:
            await self._ask(run, resident, source, held)

    async def _ask(self, run: _Run, resident: Resident, source: Source, held: Mapping[str, Grant]) -> None:
        name = source.manifest.id
        outcome = await self._outcome(resident, source, held)
        async with self._db.resident(resident.id) as conn:
            if isinstance(outcome, Gap):
                await store.settle_silent(conn, resident.id, outcome)
            elif await grants.still_holds(conn, resident.id, name):
                await store.settle_told(conn, resident, name, outcome)
                await self._heard(conn, resident, outcome.part)
        await run.settled(name)

    async def _outcome(self, resident: Resident, source: Source, held: Mapping[str, Grant]) -> Told | Gap:
        name = source.manifest.id
        subject = self.subject(resident, name)
        if not resident.basics.given or (source.manifest.needs_ward and not resident.ward):
            return Gap(name, Why.NOT_ASKED, self._clock())
        try:
            reading = grants.reading(held, resident.id, name, subject)
        except Refusal:
            await self._log(self._refused(source, subject, resident.id))
            return Gap(name, Why.REFUSED, self._clock())
        return await self._asked(source, reading)

    async def _asked(self, source: Source, reading: Reading) -> Told | Gap:
        try:
            part = await source.tell(reading)
        except Silent as silent:
            return Gap(silent.source, silent.why, self._clock())
        now = self._clock()
        return Told(part, now, now + source.manifest.keep)

    def _refused(self, source: Source, subject: Subject, resident: UUID) -> Entry:
        return Entry(
            at=self._clock(),
            message=self._new_id(),
            asker="resident",
            resident=resident,
            subject=subject.id,
            source=source.manifest.id,
            service=source.manifest.service,
            purpose=source.manifest.purpose,
            basis="",
            request_digest=None,
            answer_digest=None,
            outcome=str(Why.REFUSED),
            status=None,
            took_ms=0,
        )


async def _each(asking: Iterable[Awaitable[None]]) -> None:
    """All at once; a defect in one is written down and hinders no other."""
    for ended in await asyncio.gather(*asking, return_exceptions=True):
        if isinstance(ended, Exception):
            log.error("a source did not settle", exc_info=ended)
