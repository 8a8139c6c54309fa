"""Her no and her new yes, over and over: no body is asked sooner for it, and none is waited for that was not asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest

from bff.db import Database
from bff.exchange.reading import Reading
from bff.exchange.silence import Silent, Why
from bff.facts import store
from bff.facts.store import Gap, Held
from bff.identity.residents import Resident
from bff.records.asking import agree, stop
from tests.facts.conftest import TEN_PAST_NINE, Town
from tests.facts.test_refresh import kept

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture
async def town(db: Database) -> AsyncIterator[Town]:
    town = Town(db, rests=MINUTE)
    yield town
    await town.refresher.aclose()


async def says_yes(town: Town, hana: Resident, source: str) -> None:
    tellers = town.refresher._street.tellers
    async with town.db.resident(hana.id) as conn:
        await agree(conn, hana, {source: tellers[source]}, now=town.now, new_id=uuid4)


async def says_no(town: Town, hana: Resident, source: str) -> None:
    async with town.db.resident(hana.id) as conn:
        await stop(conn, hana, town.refresher._street.tellers[source], town.now)


@pytest.mark.parametrize("source", ["seal", "care"])
async def test_no_and_yes_in_turn_ask_a_body_once_a_minute(town: Town, source: str) -> None:
    hana = await town.comes()
    for _ in range(5):
        await says_yes(town, hana, source)
        await town.refreshes(hana, [source])
        await says_no(town, hana, source)
    assert len(town.asked) == 1
    town.now += MINUTE
    await says_yes(town, hana, source)
    await town.refreshes(hana, [source])
    assert len(town.asked) == 2
    assert (await kept(town, hana))[source].told


async def test_nor_does_a_no_before_the_answer_has_come(town: Town) -> None:
    hana = await town.comes()

    async def she_says_no_meanwhile(_: Reading) -> None:
        town.now += SECOND
        await says_no(town, hana, "care")
        town.now += SECOND
        raise Silent("care", Why.TIMEOUT)

    town.acts["care"] = she_says_no_meanwhile
    for _ in range(5):
        await says_yes(town, hana, "care")
        await town.refreshes(hana, ["care"])
    assert len(town.asked) == 1
    await says_no(town, hana, "care")
    held = (await kept(town, hana))["care"]
    assert held.gap is not None
    assert held.gap.why is Why.STOPPED, "she stopped it, and is not told that it was slow"


async def test_after_her_no_nothing_is_left_but_when_it_was_asked_and_that_for_a_day(town: Town) -> None:
    hana = await town.comes()
    await says_yes(town, hana, "seal")
    await town.refreshes(hana, ["seal"])
    await says_no(town, hana, "seal")
    assert await kept(town, hana) == {"seal": Held("seal", None, None, TEN_PAST_NINE)}
    async with town.db.house() as conn:
        assert await store.forget_expired(conn, TEN_PAST_NINE + timedelta(hours=23)) == 0
        assert await store.forget_expired(conn, TEN_PAST_NINE + timedelta(hours=24)) == 1


async def test_a_body_of_home_she_stopped_long_ago_is_asked_at_once_on_her_yes(town: Town) -> None:
    """Home was opened since and asked nobody there, so that nothing has to rest."""
    hana = await town.comes()
    await town.opens(hana)
    town.now += MINUTE
    await says_no(town, hana, "care")
    assert (await kept(town, hana))["care"].gap == Gap("care", Why.STOPPED, town.now)
    town.now += MINUTE
    await town.opens(hana)
    town.asked.clear()
    town.now += SECOND
    await says_yes(town, hana, "care")
    await town.refreshes(hana, ["care"])
    assert len(town.asked) == 1
    assert (await kept(town, hana))["care"].told
