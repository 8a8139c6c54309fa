"""What operators count of the exchange: what was asked, apart from what was not."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import text

from bff.exchange.board import Closed
from bff.exchange.silence import Silent, Why
from bff.exchange.waiting import Waiting
from tests.exchange.provider import IMPATIENT, Exchange, Provider, call, fails, reading, tells
from tests.town import Town

PATH = "/r1/TOKYO23/GOV/131032/registry/households/query"
SERVICE = "TOKYO23/GOV/131032/registry/households"
PEOPLE = {"recipients": 7.0, "opened": 2.0, "in_time": 1.0, "waiting": 3.0}
BROADCAST = text("""
    WITH told AS (
        INSERT INTO notices (id, ward, personal, kind, sender, title, body, sent_at, sent_on)
        VALUES (:id, '131032', false, 'emergency', '{}', '{}', '{}', :now, :day) RETURNING id
    ), members AS (
        INSERT INTO snapshots (notice, serial, ward, sent_at, lapses_at, size, members)
        SELECT id, 1, '131032', :now, CAST(:now AS timestamptz) + interval '1 day', 7, '' FROM told
    ), chunk AS (
        INSERT INTO push_chunks (sent_on, notice, revision, chunk, ward, low, high, state, due_at, size)
        SELECT :day, id, 1, n, '131032', 0, 9, state, :now, size FROM told,
            (VALUES (1, 'waiting', 3), (2, 'done', 4)) AS c (n, state, size)
    )
    INSERT INTO notice_acts (resident, notice, ward, opened_at)
    SELECT gen_random_uuid(), id, '131032', CAST(:now AS timestamptz) + after FROM told,
        (VALUES (interval '4 minutes'), (interval '6 minutes'), (NULL)) AS a (after)
""")


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"kurashimado_exchange_{name}", labels) or 0.0


async def asks(exchange: Exchange, attempts: int = 1) -> None:
    how = call(replace(IMPATIENT, attempts=attempts))
    await exchange.http.post(PATH, json={}, extensions={"reading": reading(), "call": how})


async def test_an_answer_a_failure_and_a_second_attempt_are_counted_where_they_belong() -> None:
    answered = counted("outcomes_total", service=SERVICE, outcome="answered")
    failed = counted("outcomes_total", service=SERVICE, outcome="unavailable")
    again, timed = counted("retries_total", source="registry"), counted("seconds_count", source="registry")
    await asks(Exchange(Provider([fails(503), tells({})])), attempts=2)
    with pytest.raises(Silent):
        await asks(Exchange(Provider([fails(503)])))
    assert counted("outcomes_total", service=SERVICE, outcome="answered") == answered + 1
    assert counted("outcomes_total", service=SERVICE, outcome="unavailable") == failed + 1
    assert counted("retries_total", source="registry") == again + 1
    assert counted("seconds_count", source="registry") == timed + 2


async def test_what_is_switched_off_is_no_failure_of_the_service() -> None:
    async def closed(source: str, ward: str | None) -> Closed:
        return Closed(Why.SWITCHED_OFF)

    before = counted("not_asked_total", source="registry", why="switched_off")
    with pytest.raises(Silent):
        await asks(Exchange(Provider([tells({})]), closed=closed))
    assert counted("not_asked_total", source="registry", why="switched_off") == before + 1
    assert counted("outcomes_total", service=SERVICE, outcome="switched_off") == 0


async def test_a_queue_in_vain_and_a_rest_are_no_failures_of_the_service_either() -> None:
    async def hangs() -> None:
        await asyncio.sleep(60)

    waiting = Waiting()
    how = replace(IMPATIENT, at_once=1, whole=0.3, threshold=1, rest=60)
    given = {"source": "care", "service": "care-service", "patience": how, "repeatable": False}
    asking = [waiting.through(hangs, **given) for _ in range(2)]  # type: ignore[arg-type]
    await asyncio.gather(*asking, return_exceptions=True)
    with pytest.raises(Silent):
        await waiting.through(hangs, **given)  # type: ignore[arg-type]
    assert counted("outcomes_total", service="care-service", outcome="timeout") == 1
    assert counted("not_asked_total", source="care", why="busy") == 1
    assert counted("not_asked_total", source="care", why="resting") == 1


async def test_the_page_of_counters_tells_how_each_service_stands(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    browser = town.browser()
    told = (await browser.get("/metrics")).text
    assert f'kurashimado_exchange_breaker{{service="{SERVICE}"}} 0.0' in told
    assert f'kurashimado_exchange_under_way{{service="{SERVICE}"}} 0.0' in told
    assert f'kurashimado_exchange_queued{{service="{SERVICE}"}} 0.0' in told


async def test_what_the_database_counts_is_told_too_and_that_it_is_there(town: Town) -> None:
    now, notice = town.house.clock(), uuid4()
    async with town.house.db.house() as conn:
        await town.house.defer(conn, "look_at_application", args={"application": str(uuid4())})
        await conn.execute(BROADCAST, {"id": notice, "now": now - timedelta(minutes=9), "day": now.date()})
    told = (await town.browser().get("/metrics")).text
    assert "kurashimado_database_up 1.0" in told
    assert 'kurashimado_jobs{state="todo",task="look_at_application"} 1.0' in told
    of = f'kurashimado_broadcast_people{{broadcast="{notice}",kind="emergency",ward="131032",what='
    assert [f'{of}"{what}"}} {people}' in told for what, people in PEOPLE.items()] == [True] * len(PEOPLE)
