"""Refreshing: the sources of a resident that are due, at once, each failing alone, settled as soon as it has answered.

However many phones and processes wish it at the same moment, one asks and the others look on.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.connectors.street import Source, Street
from bff.consent import grants
from bff.consent.grants import Grant
from bff.db import Database
from bff.errors import Refusal
from bff.exchange.board import IsClosed
from bff.exchange.deadline import together
from bff.exchange.message_log import Entry, Log
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Silent, Why
from bff.facts import claims, stopping, store
from bff.facts.due import HERS, is_due, shown_for
from bff.facts.runs import Run, Settled
from bff.facts.store import Gap, Kept, Told
from bff.facts.subjects import Subjects
from bff.identity.pairwise import Pairwise
from bff.identity.residents import Resident, lives_in
from life_events import UNKNOWN

log = structlog.get_logger()
TOKYO = ZoneInfo("Asia/Tokyo")
HOME: Final = "home"
"""What a run asks that was not told which sources."""
_Asked = tuple[UUID, str, bool]
LOOKS_EVERY = 0.25
"""Seconds between two looks at what another process asks."""
Heard = Callable[[AsyncConnection, Resident, store.Part], Awaitable[None]]
"""Told of every answer in the transaction that keeps it, whether or not anybody still listens to the refresh."""


@dataclass(frozen=True)
class _Wish:
    """`what` is its name before other processes, who ask the same of the same ward once; `anew` as in `is_due`."""

    what: str
    sources: Sequence[Source]
    is_home: bool
    anew: bool


class Refresher:
    """`log` is the exchange's, so that a reading she does not allow is written down too.

    `rests`: no source is asked again for the same resident before, whoever wishes it. `within`: seconds in which all
    that are asked together have settled.
    """

    def __init__(
        self,
        db: Database,
        street: Street,
        pairwise: Pairwise,
        *,
        clock: Callable[[], datetime],
        log: Log,
        heard: Heard,
        closed: IsClosed,
        rests: timedelta,
        within: float,
        new_id: Callable[[], UUID] = uuid4,
    ) -> None:
        self._db = db
        self._heard = heard
        self._street = street
        self.subjects = Subjects(pairwise)
        self._clock = clock
        self._log = log
        self._closed = closed
        self._rests = rests
        self._within = within
        self._new_id = new_id
        self._runs: dict[_Asked, tuple[Run, asyncio.Task[None]]] = {}

    def refresh(
        self, resident: Resident, sources: Collection[str] | None = None, *, anew: bool = False
    ) -> AsyncIterator[Settled]:
        """Each source that is asked as it settles; ends when all have, and at once when none is due.

        `sources`: ids of the street's tellers, asked because she wishes it; None: those of home that are due, or all
        of them (`anew`), and what is reckoned of them. The asking goes on when nobody listens any more, and a second
        listener joins what is under way; what that leaves out of her wish is asked after it. Raises `KeyError`.
        """
        chosen = self._street.sources if sources is None else self._street.tellers
        wanted = [chosen[source] for source in dict.fromkeys(sources if sources is not None else chosen)]
        wish = _Wish(
            f"{HOME if sources is None else ','.join(sorted(set(sources)))}@{resident.ward or ''}",
            wanted,
            is_home=sources is None,
            anew=anew or sources is not None,
        )
        for anew_too in (True, wish.anew):
            if (resident.id, wish.what, anew_too) in self._runs:
                return self._runs[resident.id, wish.what, anew_too][0].follow()
        run = Run()
        self._runs[resident.id, wish.what, wish.anew] = (run, asyncio.create_task(self._one_asks(run, resident, wish)))
        return run.follow()

    async def aclose(self) -> None:
        """Ends what is under way; what has not settled is asked for again another time."""
        tasks = [task for _, task in self._runs.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _one_asks(self, run: Run, resident: Resident, wish: _Wish) -> None:
        """Asks, or looks on while another does and then asks what that one left out of her wish."""
        left = wish.sources
        try:
            while left:
                left = await self._claimed(run, resident, wish, left)
        finally:
            del self._runs[resident.id, wish.what, wish.anew]
            await run.over()

    async def _claimed(self, run: Run, resident: Resident, wish: _Wish, wanted: Sequence[Source]) -> Sequence[Source]:
        """The claim comes before the look at what is kept, so that what another has just asked is not due any more.

        What is left to ask: what she wishes `anew` and whoever asked just now did not.
        """
        mine, now = self._new_id(), self._clock()
        async with self._db.resident(resident.id) as conn:
            until = now + timedelta(seconds=2 * self._within + 5)
            may_ask = await claims.take(conn, resident.id, wish.what, mine, now=now, until=until)
            stand = await store.kept(conn, resident, now, [source.manifest.id for source in wanted])
            held = await grants.granted(conn, resident.id)
        try:
            due = [
                one
                for one in await self._due(resident, stand, wanted, wish.anew)
                if one.manifest.id in held or not stopping.is_known(stand, one.manifest.id)
            ]
            if not may_ask:
                left = await self._look_on(run, resident, wish.what, stand, due)
                return left if wish.anew else ()
            await self._ask_all(run, resident, held, due, wish.is_home)
            return ()
        finally:
            if may_ask:
                async with self._db.resident(resident.id) as conn:
                    await claims.give_back(conn, resident.id, wish.what, mine)

    async def _due(self, resident: Resident, stand: Kept, wanted: Sequence[Source], anew: bool) -> list[Source]:
        now = self._clock()
        return [
            source
            for source in wanted
            if is_due(
                stand.get(source.manifest.id),
                source.manifest,
                now,
                floor=self._rests,
                is_closed=await self._closed(source.manifest.id, resident.ward) is not None,
                anew=anew,
            )
        ]

    async def _ask_all(
        self, run: Run, resident: Resident, held: Mapping[str, Grant], due: list[Source], is_home: bool
    ) -> None:
        """Benefits are reckoned whenever something they may rest on has been asked."""
        reckons = is_home and bool(due) and self._street.benefits is not None
        run.begins(len(due) + reckons)
        with together(self._within):
            await _each(self._ask(run, resident, source, held) for source in due)
        if reckons:
            await _each([self._reckon(run, resident)])

    async def _look_on(
        self, run: Run, resident: Resident, what: str, stand: Kept, due: list[Source]
    ) -> Sequence[Source]:
        """Tells of each source that another run settles, until it has settled all or is over; those it did not."""
        open_ = {source.manifest.id: source for source in due}
        run.begins(len(open_))
        while open_:
            await asyncio.sleep(LOOKS_EVERY)
            async with self._db.resident(resident.id) as conn:
                goes_on = await claims.is_taken(conn, resident.id, what, self._clock())
                asked = await store.asked_at(conn, resident.id)
            for source in [source for source in open_ if asked.get(source) != _asked_at(stand, source)]:
                del open_[source]
                await run.settled(source)
            if not goes_on:
                break
        return list(open_.values())

    async def _reckon(self, run: Run, resident: Resident) -> None:
        """After all others: benefits are reckoned from the household that is kept by then, on the yes that holds."""
        if self._street.benefits is None:
            return
        async with self._db.resident(resident.id) as conn:
            mine = self._street.benefits.manifest.id
            kept = await store.kept(conn, resident, self._clock(), ("registry", mine))
            held = await grants.granted(conn, resident.id)
        home, today = store.facts_of(kept).registry, self._clock().astimezone(TOKYO).date()
        source = None if home is UNKNOWN else self._street.reckoning(home, today)
        if source is None or (mine not in held and stopping.is_known(kept, mine)):
            await run.settled(mine)
        else:
            await self._ask(run, resident, source, held, "registry")

    async def _ask(
        self, run: Run, resident: Resident, source: Source, held: Mapping[str, Grant], *rests_on: str
    ) -> None:
        """What came of it is kept if by then the ward that was asked is still hers, and her yes to it still holds and
        to every source it `rests_on`."""
        name, began = source.manifest.id, self._clock()
        outcome = await self._outcome(resident, source, held)
        async with self._db.resident(resident.id) as conn:
            if not await lives_in(conn, resident.id, resident.ward):
                log.info("what a former ward of hers answered is not kept", source=name)
            elif isinstance(outcome, Gap) and outcome.why in HERS:
                await store.settle_silent(conn, resident.id, outcome)
            elif not all([await grants.still_holds(conn, resident.id, one) for one in (name, *rests_on)]):
                await stopping.was_asked(conn, resident.id, name, began)
            elif isinstance(outcome, Gap):
                await store.settle_silent(conn, resident.id, outcome)
            else:
                await store.settle_told(conn, resident, name, outcome)
                await self._heard(conn, resident, outcome.part)
        await run.settled(name)

    async def _outcome(self, resident: Resident, source: Source, held: Mapping[str, Grant]) -> Told | Gap:
        name = source.manifest.id
        subject = self.subjects.of(resident, name)
        if not resident.basics.given or (source.manifest.needs_ward and not resident.ward):
            return Gap(name, Why.NOT_ASKED, self._clock())
        try:
            reading = grants.reading(held, resident.id, name, subject)
        except Refusal:
            await self._log(self._refused(source, subject, resident.id))
            return Gap(name, Why.STOPPED, self._clock())
        return await self._asked(source, reading)

    async def _asked(self, source: Source, reading: Reading) -> Told | Gap:
        try:
            part = await source.tell(reading)
        except Silent as silent:
            return Gap(silent.source, silent.why, self._clock())
        now = self._clock()
        return Told(part, now, now + shown_for(source.manifest))

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


def _asked_at(kept: Kept, source: str) -> datetime | None:
    held = kept.get(source)
    return held.asked_at if held is not None else None


async def _each(asking: Iterable[Awaitable[None]]) -> None:
    """All at once; a defect in one is written down and hinders no other."""
    for ended in await asyncio.gather(*asking, return_exceptions=True):
        if isinstance(ended, Exception):
            log.error("a source did not settle", exc_info=ended)
