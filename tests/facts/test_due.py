"""A page opened again asks nobody; what is old or was silent is asked again, each after its own time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from bff.connectors.manifest import Manifest
from bff.connectors.street import manifests
from bff.exchange.board import Closed
from bff.exchange.deadline import deadline_of
from bff.exchange.reading import Reading
from bff.exchange.silence import Silent, Why
from bff.facts import claims, store
from bff.facts.due import is_due, shown_for
from bff.facts.store import Gap, Held
from bff.identity.residents import Basics
from tests.connectors.examples import part
from tests.facts.conftest import TEN_PAST_NINE, Town, silent
from tests.facts.test_refresh import kept

REGISTRY: Manifest = manifests()["registry"]
HANAS_HOME = "home@131032"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def test_a_home_opened_again_within_the_life_of_its_facts_asks_nobody(street_town: Town) -> None:
    hana = await street_town.comes()
    first = await street_town.opens(hana)
    assert [one.remaining for one in first] == [5, 4, 3, 2, 1, 0]
    street_town.asked.clear()
    street_town.now += HOUR
    assert await street_town.opens(hana) == []
    assert street_town.asked == []


async def test_after_their_time_only_the_old_ones_are_asked(street_town: Town) -> None:
    hana = await street_town.comes()
    await street_town.opens(hana)
    street_town.now += 23 * HOUR
    await street_town.refreshes(hana, ["school"])
    street_town.asked.clear()
    street_town.now += 2 * HOUR
    settled = await street_town.opens(hana)
    assert sorted(one.source for one in settled) == ["care", "childcare", "electricity", "national", "registry"]
    assert len(street_town.asked) == 5


async def test_her_own_wish_asks_all_of_them(street_town: Town) -> None:
    hana = await street_town.comes()
    await street_town.opens(hana)
    street_town.asked.clear()
    assert len(await street_town.refreshes(hana)) == 6
    assert len(street_town.asked) == 6


async def test_a_wish_repeated_by_an_impatient_thumb_asks_once(street_town: Town) -> None:
    street_town = Town(street_town.db, rests=timedelta(seconds=5))
    hana = await street_town.comes()
    for _ in range(10):
        await street_town.refreshes(hana)
    assert len(street_town.asked) == 6
    street_town.now += timedelta(seconds=5)
    await street_town.refreshes(hana)
    assert len(street_town.asked) == 12


async def test_a_source_that_was_silent_is_asked_again_after_its_rest_alone(street_town: Town) -> None:
    hana = await street_town.comes()
    street_town.acts["care"] = silent("care", Why.TIMEOUT)
    await street_town.opens(hana)
    street_town.asked.clear()
    street_town.now += timedelta(seconds=14)
    assert await street_town.opens(hana) == []
    street_town.now += timedelta(seconds=1)
    del street_town.acts["care"]
    assert [one.source for one in await street_town.opens(hana)] == ["care"]
    assert (await kept(street_town, hana))["care"].gap is None


async def test_a_source_switched_off_is_not_asked_and_is_asked_at_once_when_it_is_on_again(street_town: Town) -> None:
    hana = await street_town.comes()
    street_town.closed["school"] = Closed(Why.SWITCHED_OFF)
    street_town.acts["school"] = silent("school", Why.SWITCHED_OFF)
    await street_town.opens(hana)
    street_town.asked.clear()
    street_town.now += DAY - HOUR
    assert await street_town.opens(hana) == []
    assert "school" not in {one.source for one in await street_town.refreshes(hana)}
    street_town.closed.clear()
    del street_town.acts["school"]
    assert "school" in {one.source for one in await street_town.opens(hana)}
    assert (await kept(street_town, hana))["school"].told


async def test_whoever_gives_her_address_is_asked_about_at_once(street_town: Town) -> None:
    person = await street_town.comes("declines", Basics())
    await street_town.opens(person)
    known = await street_town.comes("declines", Basics("佐藤 はな", "東京都港区芝公園一丁目", None, "2"))
    await street_town.opens(known)
    assert len(street_town.asked) == 6


async def test_old_facts_are_shown_with_their_time_while_the_source_is_silent_and_then_dropped(
    street_town: Town,
) -> None:
    hana = await street_town.comes()
    await street_town.opens(hana)
    life = shown_for(REGISTRY)
    street_town.acts["registry"] = silent("registry", Why.UNAVAILABLE)
    street_town.now += life - MINUTE
    await street_town.opens(hana)
    held = (await kept(street_town, hana))["registry"]
    assert held.told is not None
    assert (held.told.at, held.told.part) == (TEN_PAST_NINE, part("registry"))
    assert held.gap is not None
    street_town.now += MINUTE
    held = (await kept(street_town, hana))["registry"]
    assert held.told is None
    assert held.gap is not None


@pytest.mark.parametrize(("keep_hours", "stale_hours", "days"), [(24, 0, 1), (24, 48, 3), (720, 0, 30), (0, 0, 0)])
def test_facts_live_for_their_time_and_the_time_they_may_be_stale(keep_hours: int, stale_hours: int, days: int) -> None:
    manifest = msgspec.structs.replace(REGISTRY, keep_hours=keep_hours, stale_hours=stale_hours)
    assert shown_for(manifest) == days * DAY


def test_a_source_never_heard_is_due_whatever_the_floor() -> None:
    given = {"floor": DAY, "is_closed": False, "anew": False}
    assert is_due(None, REGISTRY, TEN_PAST_NINE, **given)  # type: ignore[arg-type]
    assert is_due(Held("registry", None, None), REGISTRY, TEN_PAST_NINE, **given)  # type: ignore[arg-type]


async def test_two_phones_over_two_processes_ask_once_and_both_hear_of_each_source(street_town: Town) -> None:
    """Each process has a refresher of its own; they share the database alone."""
    another = Town(street_town.db)
    hana = await street_town.comes()
    gate = asyncio.Event()

    async def waits(_: Reading) -> None:
        await gate.wait()

    for source in kept_sources(street_town):
        street_town.acts[source] = another.acts[source] = waits
    both = asyncio.gather(street_town.opens(hana), another.opens(hana))
    await asyncio.sleep(0.3)
    gate.set()
    settled = await both
    for heard in settled:
        assert sorted(one.source for one in heard) == sorted(kept_sources(street_town))
        assert [one.remaining for one in heard] == [5, 4, 3, 2, 1, 0]
    assert len(street_town.asked) + len(another.asked) == 6
    assert 6 in (len(street_town.asked), len(another.asked))


async def test_when_the_process_that_asked_dies_another_asks_after_its_claim_has_ended(street_town: Town) -> None:
    hana = await street_town.comes()
    async with street_town.db.resident(hana.id) as conn:
        dead = UUID(int=9)
        until = street_town.now + timedelta(seconds=20)
        assert await claims.take(conn, hana.id, HANAS_HOME, dead, now=street_town.now, until=until)
    looking = asyncio.create_task(street_town.opens(hana))
    await asyncio.sleep(0.1)
    assert street_town.asked == []
    street_town.now += timedelta(seconds=21)
    assert await asyncio.wait_for(looking, 10) == []
    assert len(await street_town.opens(hana)) == 6


async def test_what_is_claimed_is_given_back_when_all_have_settled(street_town: Town) -> None:
    hana = await street_town.comes()
    await street_town.opens(hana)
    async with street_town.db.resident(hana.id) as conn:
        assert not await claims.is_taken(conn, hana.id, HANAS_HOME, street_town.now)


async def test_a_page_opened_while_all_hang_is_told_of_each_within_the_deadline(street_town: Town) -> None:
    town = Town(street_town.db)
    hana = await town.comes()

    async def hangs(_: Reading) -> None:
        try:
            with deadline_of(60).within():
                await asyncio.sleep(60)
        except TimeoutError:
            raise Silent("x", Why.TIMEOUT) from None

    for source in kept_sources(town):
        town.acts[source] = hangs
    town.refresher._within = 0.3
    async with asyncio.timeout(5):
        assert len(await town.opens(hana)) == 6


def kept_sources(town: Town) -> list[str]:
    return list(town.refresher._street.sources)


async def test_facts_of_another_version_are_asked_for_anew_whatever_their_age(street_town: Town) -> None:
    hana = await street_town.comes()
    await street_town.opens(hana)
    async with street_town.db.resident(hana.id) as conn:
        held = await store.kept(conn, hana, street_town.now)
    assert held["registry"].told
    odd = Held("registry", None, None, held["registry"].asked_at)
    assert is_due(odd, REGISTRY, street_town.now, floor=timedelta(0), is_closed=False, anew=False)


async def test_her_refresh_while_a_page_asks_what_is_due_asks_the_rest_after_it(street_town: Town) -> None:
    town = Town(street_town.db, rests=MINUTE)
    hana = await town.comes()
    town.acts["care"] = silent("care", Why.TIMEOUT)
    await town.opens(hana)
    town.asked.clear()
    town.now += 2 * MINUTE
    gate = asyncio.Event()

    async def waits(_: Reading) -> None:
        await gate.wait()

    town.acts["care"] = waits
    page = asyncio.create_task(town.opens(hana))
    await asyncio.sleep(0.2)
    wish = asyncio.create_task(town.refreshes(hana))
    await asyncio.sleep(0.2)
    gate.set()
    assert [one.source for one in await page] == ["care"]
    heard = await asyncio.wait_for(wish, 5)
    assert sorted(one.source for one in heard) == sorted(kept_sources(town))
    assert [one.remaining for one in heard] == [5, 4, 3, 2, 1, 0]
    assert len(town.asked) == 6, "none of them twice"


async def test_a_page_opened_while_her_refresh_asks_hears_of_all_of_it(street_town: Town) -> None:
    hana = await street_town.comes()
    await street_town.opens(hana)
    street_town.asked.clear()
    wish, page = await asyncio.gather(street_town.refreshes(hana), street_town.opens(hana))
    assert len(wish) == len(page) == len(street_town.asked) == 6


async def test_a_claim_is_given_back_when_nobody_can_say_what_is_closed(street_town: Town) -> None:
    hana = await street_town.comes()

    async def breaks(source: str, ward: str | None) -> Closed | None:
        raise RuntimeError("the board cannot be read")

    street_town.refresher._closed = breaks
    street_town.now += DAY
    async with street_town.db.resident(hana.id) as conn:
        held = Gap("care", Why.SWITCHED_OFF, street_town.now - DAY)
        await store.settle_silent(conn, hana.id, held)
    assert await street_town.opens(hana) == []
    async with street_town.db.resident(hana.id) as conn:
        assert not await claims.is_taken(conn, hana.id, HANAS_HOME, street_town.now)


@pytest.mark.parametrize(("why", "asks"), [(Why.STOPPED, True), (Why.NOT_ASKED, True), (Why.REFUSED, False)])
def test_what_lies_with_her_is_looked_at_whenever_she_comes_and_a_body_that_refuses_may_rest(
    why: Why, asks: bool
) -> None:
    held = Held("registry", None, Gap("registry", why, TEN_PAST_NINE), TEN_PAST_NINE)
    soon = TEN_PAST_NINE + timedelta(seconds=1)
    assert is_due(held, REGISTRY, soon, floor=timedelta(0), is_closed=False, anew=False) is asks
