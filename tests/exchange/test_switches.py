"""A service an official switched off, or planned to be closed, is not asked: every process knows it within seconds."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bff.db import Database
from bff.exchange import switches
from bff.exchange.board import Board, Closed
from bff.exchange.silence import Silent, Why
from bff.exchange.switches import EVERYWHERE, By
from life_events.terms import Text
from tests.exchange.provider import Exchange, Provider, call, reading, tells

MINATO, SETAGAYA = "131032", "131121"
NOW = datetime(2026, 11, 20, 0, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
MORI = By(UUID(int=7), "森 由美")
WORK = Text(ja="機器の入替えのため", easy="きかいを 入れかえます", en="New machines")
PATH = "/r1/TOKYO23/GOV/131032/registry/households/query"


class Town:
    """A database, a clock to be set, and as many boards as there are processes."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.now = NOW

    def board(self, lasts: float = 0.0) -> Board:
        return Board(self.db, lambda: self.now, lasts)

    async def off(self, source: str, ward: str, reason: str = "誤った回答が続くため") -> None:
        async with self.db.house() as conn:
            await switches.switch_off(conn, source, ward, by=MORI, reason=reason, now=self.now)

    async def on(self, source: str, ward: str) -> None:
        async with self.db.house() as conn:
            await switches.switch_on(conn, source, ward, by=MORI, reason="", now=self.now)

    async def outage(self, source: str, ward: str, begins: datetime, ends: datetime) -> None:
        async with self.db.house() as conn:
            await switches.plan_outage(conn, source, ward, begins=begins, ends=ends, text=WORK, by=MORI, now=self.now)


@pytest.fixture
def town(db: Database) -> Town:
    return Town(db)


async def test_a_switch_of_one_ward_closes_its_service_there_and_nowhere_else(town: Town) -> None:
    board = town.board()
    await town.off("registry", MINATO)
    assert await board.closed("registry", MINATO) == Closed(Why.SWITCHED_OFF)
    assert await board.closed("registry", SETAGAYA) is None
    assert await board.closed("school", MINATO) is None
    await town.on("registry", MINATO)
    assert await board.closed("registry", MINATO) is None


async def test_a_switch_for_all_closes_it_for_everybody_whatever_a_ward_says(town: Town) -> None:
    board = town.board()
    await town.off("national", EVERYWHERE)
    await town.on("national", MINATO)
    assert await board.closed("national", MINATO) == Closed(Why.SWITCHED_OFF)
    assert await board.closed("national", None) == Closed(Why.SWITCHED_OFF)


async def test_a_planned_outage_closes_from_its_beginning_to_its_end_and_says_until_when(town: Town) -> None:
    board = town.board()
    await town.outage("registry", MINATO, NOW + HOUR, NOW + 3 * HOUR)
    assert await board.closed("registry", MINATO) is None
    town.now = NOW + HOUR
    assert await board.closed("registry", MINATO) == Closed(Why.PLANNED_OUTAGE, NOW + 3 * HOUR)
    town.now = NOW + 3 * HOUR
    assert await board.closed("registry", MINATO) is None


async def test_an_outage_is_announced_the_week_before_and_no_earlier(town: Town) -> None:
    await town.outage("registry", MINATO, NOW + timedelta(days=8), NOW + timedelta(days=9))
    known = await town.board().now()
    assert known.announced("registry", MINATO, NOW) is None
    assert known.announced("registry", SETAGAYA, NOW + timedelta(days=2)) is None
    told = known.announced("registry", MINATO, NOW + timedelta(days=2))
    assert told is not None
    assert told.text == WORK


async def test_an_outage_that_is_called_off_does_not_take_place(town: Town) -> None:
    board = town.board()
    await town.outage("registry", MINATO, NOW, NOW + HOUR)
    async with town.db.house() as conn:
        (planned,) = await switches.outages(conn, NOW)
        await switches.call_off(conn, planned, by=MORI, now=NOW)
        await switches.call_off(conn, planned, by=MORI, now=NOW)
    assert await board.closed("registry", MINATO) is None


async def test_another_process_hears_of_it_within_its_two_seconds(town: Town) -> None:
    one, another = town.board(lasts=0.3), town.board(lasts=0.3)
    assert [await board.closed("registry", MINATO) for board in (one, another)] == [None, None]
    await town.off("registry", MINATO)
    await asyncio.sleep(0.35)
    closed = Closed(Why.SWITCHED_OFF)
    assert [await board.closed("registry", MINATO) for board in (one, another)] == [closed, closed]


async def test_a_thousand_calls_read_it_once(town: Town) -> None:
    looks = 0

    class Counting(Database):
        def house(self):  # type: ignore[no-untyped-def]
            nonlocal looks
            looks += 1
            return town.db.house()

    board = Board(Counting.__new__(Counting), lambda: NOW, 60)
    await asyncio.gather(*(board.closed("registry", MINATO) for _ in range(1000)))
    assert looks == 1


async def test_what_is_closed_is_refused_before_the_network_and_written_down(town: Town) -> None:
    await town.off("registry", MINATO)
    provider = Provider([tells({})])
    exchange = Exchange(provider, closed=town.board().closed)
    with pytest.raises(Silent) as caught:
        await exchange.http.post(PATH, json={}, extensions={"reading": reading(), "call": call()})
    assert caught.value.why is Why.SWITCHED_OFF
    assert provider.asked == []
    assert [entry.outcome for entry in exchange.log] == ["switched_off"]


async def test_a_silence_for_planned_work_says_until_when(town: Town) -> None:
    await town.outage("registry", MINATO, NOW, NOW + HOUR)
    exchange = Exchange(Provider([tells({})]), closed=town.board().closed)
    with pytest.raises(Silent) as caught:
        await exchange.http.post(PATH, json={}, extensions={"reading": reading(), "call": call()})
    assert (caught.value.why, caught.value.until) == (Why.PLANNED_OUTAGE, NOW + HOUR)


async def test_nothing_is_switched_off_without_a_reason(town: Town) -> None:
    with pytest.raises(ValueError, match="without a reason"):
        await town.off("registry", MINATO, "  ")


async def test_one_ward_neither_switches_for_another_nor_for_all_and_nothing_is_rewritten(town: Town) -> None:
    for ward in (SETAGAYA, EVERYWHERE):
        with pytest.raises(DBAPIError):
            async with town.db.ward(MINATO) as conn:
                await switches.switch_off(conn, "registry", ward, by=MORI, reason="x", now=NOW)
    await town.off("registry", SETAGAYA)
    await town.off("national", EVERYWHERE)
    async with town.db.ward(MINATO) as conn:
        assert [(one.source, one.ward) for one in await switches.switched_off(conn)] == [("national", EVERYWHERE)]
    async with town.db.house() as conn:
        assert (await conn.execute(text("UPDATE service_acts SET reason = 'none'"))).rowcount == 0
        assert (await conn.execute(text("DELETE FROM service_acts"))).rowcount == 0


async def test_what_was_done_stays_to_be_read_with_who_and_why(town: Town) -> None:
    await town.off("registry", MINATO)
    await town.on("registry", MINATO)
    async with town.db.ward(MINATO) as conn:
        told = [(act.act, act.reason, act.by) for act in await switches.history(conn, "registry", 10)]
    assert told == [("on", "", "森 由美"), ("off", "誤った回答が続くため", "森 由美")]
