"""She logs in with an address in another ward: the old ward's facts are gone, and the new one is asked at once."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from bff.connectors.street import manifests
from bff.exchange.reading import Reading
from bff.exchange.silence import Silent, Why
from bff.facts import store
from bff.identity.residents import Basics
from tests.connectors.examples import HOME
from tests.facts.conftest import Town
from tests.facts.test_refresh import kept

IN_OTA = Basics("佐藤 はな", "東京都大田区蒲田五丁目13番14号", date(1990, 5, 2), "2")
OF_WARDS = {id for id, one in manifests().items() if one.needs_ward}
WARD_HOME = sorted(OF_WARDS & set(HOME))


async def test_what_the_old_ward_told_is_gone_and_home_asks_the_new_one_though_nothing_has_rested(
    street_town: Town,
) -> None:
    town = Town(street_town.db, rests=timedelta(seconds=60))
    hana = await town.comes()
    await town.says_yes(hana, "seal")
    await town.opens(hana)
    await town.refreshes(hana, ["seal"])
    town.asked.clear()
    hana = await town.comes(basics=IN_OTA)
    assert hana.ward == "131113"
    held = await kept(town, hana)
    assert not OF_WARDS & set(held)
    assert set(held) == set(HOME) - OF_WARDS, "who is of no ward has told of her still"
    assert sorted(one.source for one in await town.opens(hana)) == WARD_HOME
    assert {reading.subject.ward for reading in town.asked} == {"131113"}


async def test_what_was_reckoned_from_the_old_household_is_gone_too(street_town: Town) -> None:
    hana = await street_town.comes()
    async with street_town.db.resident(hana.id) as conn:
        await store.settle_silent(conn, hana.id, store.Gap("benefits", Why.TIMEOUT, street_town.now))
    hana = await street_town.comes(basics=IN_OTA)
    assert "benefits" not in await kept(street_town, hana)


async def test_a_login_that_tells_the_same_ward_or_nothing_leaves_all_as_it_was(street_town: Town) -> None:
    hana = await street_town.comes()
    await street_town.opens(hana)
    before = await kept(street_town, hana)
    await street_town.comes()
    hana = await street_town.comes(basics=Basics("佐藤 はな", "東京都港区芝五丁目"))
    assert await kept(street_town, hana) == before
    assert await street_town.opens(hana) == []


async def test_an_answer_of_the_old_ward_that_comes_after_the_move_is_not_kept(street_town: Town) -> None:
    hana = await street_town.comes()
    gate = asyncio.Event()

    async def the_old_ward_is_slow(reading: Reading) -> None:
        if reading.subject.ward == "131032":
            await gate.wait()

    async def the_old_ward_is_slow_and_silent(reading: Reading) -> None:
        await the_old_ward_is_slow(reading)
        if reading.subject.ward == "131032":
            raise Silent("care", Why.TIMEOUT)

    street_town.acts |= {"registry": the_old_ward_is_slow, "care": the_old_ward_is_slow_and_silent}
    old = asyncio.create_task(street_town.opens(hana))
    await asyncio.sleep(0.3)
    moved = await street_town.comes(basics=IN_OTA)
    gate.set()
    await old
    assert not {"registry", "care"} & set(await kept(street_town, moved))


async def test_home_of_the_new_ward_does_not_wait_for_a_run_that_asks_the_old_one(street_town: Town) -> None:
    hana = await street_town.comes()
    gate = asyncio.Event()

    async def the_old_ward_hangs(reading: Reading) -> None:
        if reading.subject.ward == "131032":
            await gate.wait()

    street_town.acts["registry"] = the_old_ward_hangs
    old = asyncio.create_task(street_town.opens(hana))
    await asyncio.sleep(0.3)
    moved = await street_town.comes(basics=IN_OTA)
    async with asyncio.timeout(5):
        assert "registry" in {one.source for one in await street_town.opens(moved)}
    gate.set()
    await old
    assert (await kept(street_town, moved))["registry"].told
