"""Hana in a real database, and a street of services that do as they are told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from secrets import token_bytes
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.connectors.benefits.client import BenefitCalculator
from bff.connectors.street import Source, Street, street
from bff.consent import grants
from bff.db import Database
from bff.exchange.board import Closed
from bff.exchange.message_log import Entry
from bff.exchange.reading import Reading
from bff.exchange.silence import Silent, Why
from bff.facts.moving import left_ward
from bff.facts.refresh import Refresher
from bff.facts.runs import Settled
from bff.identity.keys import KeyRing
from bff.identity.pairwise import Pairwise
from bff.identity.residents import Basics, Resident, welcome
from tests.connectors.examples import HOME, part
from tests.exchange.provider import Exchange, Provider

TEN_PAST_NINE = datetime(2026, 11, 20, 0, 10, tzinfo=UTC)
MINATO, OTA = ("131032", "港区"), ("131113", "大田区")
ADDRESS = "東京都港区芝公園一丁目5番25号"
KEYS = KeyRing({"demo": bytes(range(32))}, "demo", token_bytes)


async def nobody_else(conn: AsyncConnection, resident: Resident, part: object) -> None:
    """Nobody else is told of an answer here."""


@dataclass
class Town:
    """The refresher with what lies around it; `acts` says what a service does instead of a good answer.

    `closed`: what is switched off. `rests`: as the refresher's. `parts`: what a service tells instead of what was
    agreed. `benefits`: who reckons, if anybody is connected.
    """

    db: Database
    now: datetime = TEN_PAST_NINE
    benefits: BenefitCalculator | None = None
    parts: dict[str, msgspec.Struct] = field(default_factory=dict)
    acts: dict[str, Callable[[Reading], object]] = field(default_factory=dict)
    asked: list[Reading] = field(default_factory=list)
    log: list[Entry] = field(default_factory=list)
    closed: dict[str, Closed] = field(default_factory=dict)
    rests: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        self.refresher = Refresher(
            self.db,
            self._street(),
            Pairwise({"1": b"secret"}),
            clock=lambda: self.now,
            log=self._keep,
            heard=nobody_else,
            closed=self._is_closed,
            rests=self.rests,
            within=8,
        )

    async def comes(self, sub: str = "hana", basics: Basics | None = None) -> Resident:
        """A resident after her login and, the first time, with her yes to all six sources and the reckoner."""
        told = basics or Basics("佐藤 はな", ADDRESS, date(1990, 5, 2), "2")
        async with self.db.house() as conn:
            welcomed = await welcome(
                conn, issuer="i", sub=sub, basics=told, wards=[MINATO, OTA], keys=KEYS, new_id=uuid4, now=self.now
            )
            resident = welcomed.resident
            if welcomed.ward_changed:
                await left_ward(conn, resident.id)
            once = {*await grants.granted(conn, resident.id), *await grants.stopped(conn, resident.id)}
            for source in {*HOME, "benefits"} - once:
                await grants.give(
                    conn, resident.id, source, purpose="home", text_version="2026-11", now=self.now, new_id=uuid4
                )
        return resident

    async def says_yes(self, resident: Resident, source: str) -> None:
        async with self.db.resident(resident.id) as conn:
            await grants.give(
                conn, resident.id, source, purpose="records", text_version="2026-11", now=self.now, new_id=uuid4
            )

    async def _is_closed(self, source: str, ward: str | None) -> Closed | None:
        return self.closed.get(source)

    async def refreshes(self, resident: Resident, sources: Collection[str] | None = None) -> list[Settled]:
        """All of them, because she wishes it."""
        return [settled async for settled in self.refresher.refresh(resident, sources, anew=True)]

    async def opens(self, resident: Resident) -> list[Settled]:
        """What is due, because she opened a page."""
        return [settled async for settled in self.refresher.refresh(resident)]

    def _street(self) -> Street:
        manifests = street(Exchange(Provider([])).http)

        def told(sources: Mapping[str, Source]) -> Mapping[str, Source]:
            return {name: Source(one.manifest, self._tell(name), one.shape) for name, one in sources.items()}

        return Street(told(manifests.sources), manifests.counter, self.benefits, told(manifests.records))

    def _tell(self, name: str) -> Callable[[Reading], object]:
        async def tell(reading: Reading) -> msgspec.Struct:
            self.asked.append(reading)
            act = self.acts.get(name)
            if act is not None:
                await act(reading)  # type: ignore[misc]
            return self.parts.get(name, part(name))

        return tell

    async def _keep(self, entry: Entry) -> None:
        self.log.append(entry)


def silent(source: str, why: Why) -> Callable[[Reading], object]:
    async def act(_: Reading) -> None:
        raise Silent(source, why)

    return act


@pytest.fixture
async def street_town(db: Database) -> AsyncIterator[Town]:
    town = Town(db)
    yield town
    await town.refresher.aclose()
