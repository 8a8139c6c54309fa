"""All sources at once, each failing alone, what was known before staying known."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bff.consent import grants
from bff.exchange.reading import Reading
from bff.exchange.silence import Why
from bff.facts import store
from bff.facts.store import Gap, Held, Told
from bff.identity.residents import Basics, Resident
from tests.connectors.examples import HOME, part
from tests.facts.conftest import TEN_PAST_NINE, Town, silent


async def kept(town: Town, resident: Resident) -> store.Kept:
    async with town.db.resident(resident.id) as conn:
        return await store.kept(conn, resident, town.now)


async def test_the_first_home_fills_source_by_source(street_town: Town) -> None:
    hana = await street_town.comes()
    assert await kept(street_town, hana) == {}
    settled = await street_town.refreshes(hana)
    assert sorted(one.source for one in settled) == sorted(HOME)
    assert [one.remaining for one in settled] == [5, 4, 3, 2, 1, 0]
    facts = store.facts_of(await kept(street_town, hana))
    for source in HOME:
        assert getattr(facts, source) == part(source)


async def test_each_owner_is_asked_about_her_under_a_name_of_its_own(street_town: Town) -> None:
    hana = await street_town.comes()
    await street_town.refreshes(hana)
    ids = {reading.subject.id for reading in street_town.asked}
    assert len(ids) == 3  # her ward's four offices, the nation and the electricity company
    assert all(str(hana.id) not in name for name in ids)
    assert {(reading.purpose, reading.basis, reading.resident) for reading in street_town.asked} == {
        ("home", "consent", hana.id)
    }


async def test_a_silent_source_is_a_gap_and_the_rest_stands(street_town: Town) -> None:
    hana = await street_town.comes()
    street_town.acts["care"] = silent("care", Why.TIMEOUT)
    assert len(await street_town.refreshes(hana)) == 6
    held = await kept(street_town, hana)
    assert held["care"].gap == Gap("care", Why.TIMEOUT, TEN_PAST_NINE)
    assert held["care"].told is None
    assert all(held[source].told and not held[source].gap for source in HOME if source != "care")


async def test_what_was_told_at_ten_past_nine_still_stands_when_the_source_falls_silent(street_town: Town) -> None:
    hana = await street_town.comes()
    await street_town.refreshes(hana)
    street_town.acts["registry"] = silent("registry", Why.UNAVAILABLE)
    street_town.now = TEN_PAST_NINE + timedelta(hours=1)
    await street_town.refreshes(hana)
    street_town.acts["registry"] = silent("registry", Why.TIMEOUT)
    street_town.now = TEN_PAST_NINE + timedelta(hours=2)
    await street_town.refreshes(hana)
    held = (await kept(street_town, hana))["registry"]
    assert held.told is not None
    assert (held.told.part, held.told.at) == (part("registry"), TEN_PAST_NINE)
    assert held.gap == Gap("registry", Why.TIMEOUT, TEN_PAST_NINE + timedelta(hours=1))


async def test_a_source_that_speaks_again_has_no_gap(street_town: Town) -> None:
    hana = await street_town.comes()
    street_town.acts["school"] = silent("school", Why.WRONG_ANSWER)
    await street_town.refreshes(hana)
    del street_town.acts["school"]
    await street_town.refreshes(hana)
    held = (await kept(street_town, hana))["school"]
    assert held.gap is None
    assert held.told is not None


async def test_a_source_she_said_no_to_is_not_asked_and_that_is_written_down(street_town: Town) -> None:
    hana = await street_town.comes()
    async with street_town.db.resident(hana.id) as conn:
        await grants.end(conn, hana.id, "electricity", street_town.now)
    await street_town.refreshes(hana)
    assert len(street_town.asked) == 5
    assert (await kept(street_town, hana))["electricity"].gap == Gap("electricity", Why.STOPPED, TEN_PAST_NINE)
    assert [(row.source, row.outcome, row.resident) for row in street_town.log] == [("electricity", "refused", hana.id)]


async def test_someone_who_declined_her_attributes_is_asked_about_nowhere(street_town: Town) -> None:
    person = await street_town.comes("declines", Basics())
    await street_town.refreshes(person)
    assert street_town.asked == []
    assert {held.gap.why for held in (await kept(street_town, person)).values() if held.gap} == {Why.NOT_ASKED}


async def test_the_asking_goes_on_when_nobody_listens_any_more(street_town: Town) -> None:
    hana = await street_town.comes()
    gate = asyncio.Event()

    async def waits(_: Reading) -> None:
        await gate.wait()

    street_town.acts["national"] = waits
    updates = street_town.refresher.refresh(hana)
    await anext(updates)
    await updates.aclose()  # type: ignore[attr-defined]
    gate.set()
    async with asyncio.timeout(5):
        while "national" not in await kept(street_town, hana):
            await asyncio.sleep(0.01)
    assert (await kept(street_town, hana))["national"].told


async def test_two_listeners_share_one_asking(street_town: Town) -> None:
    hana = await street_town.comes()
    both = await asyncio.gather(street_town.refreshes(hana), street_town.refreshes(hana))
    assert [len(settled) for settled in both] == [6, 6]
    assert len(street_town.asked) == 6


async def test_a_defect_in_one_source_leaves_the_others_settled(street_town: Town) -> None:
    hana = await street_town.comes()

    async def breaks(_: Reading) -> None:
        raise RuntimeError("a defect")

    street_town.acts["childcare"] = breaks
    settled = await street_town.refreshes(hana)
    assert sorted(one.source for one in settled) == sorted(set(HOME) - {"childcare"})
    assert "childcare" not in await kept(street_town, hana)


async def test_only_the_sources_she_wishes_are_asked(street_town: Town) -> None:
    hana = await street_town.comes()
    await street_town.says_yes(hana, "seal")
    settled = await street_town.refreshes(hana, ["seal", "care"])
    assert sorted(one.source for one in settled) == ["care", "seal"]
    assert {(reading.purpose, reading.basis) for reading in street_town.asked} == {
        ("records", "consent"),
        ("home", "consent"),
    }
    held = await kept(street_town, hana)
    assert set(held) == {"care", "seal"}
    assert held["seal"].told is not None
    assert held["seal"].told.part == part("seal")


async def test_home_asks_nobody_who_is_told_on_her_wish(street_town: Town) -> None:
    hana = await street_town.comes()
    await street_town.says_yes(hana, "seal")
    assert "seal" not in [one.source for one in await street_town.refreshes(hana)]


async def test_an_answer_that_comes_after_her_no_is_not_kept(street_town: Town) -> None:
    hana = await street_town.comes()
    await street_town.says_yes(hana, "seal")

    async def she_says_no_meanwhile(_: Reading) -> None:
        async with street_town.db.resident(hana.id) as conn:
            await grants.end(conn, hana.id, "seal", street_town.now)
            await store.forget(conn, hana.id, ["seal"])

    street_town.acts["seal"] = she_says_no_meanwhile
    assert [one.source for one in await street_town.refreshes(hana, ["seal"])] == ["seal"]
    assert await kept(street_town, hana) == {"seal": Held("seal", None, None, TEN_PAST_NINE)}, "when, and no fact"


async def test_her_no_waits_for_an_answer_that_is_being_kept_and_then_drops_it(street_town: Town) -> None:
    hana = await street_town.comes()
    await street_town.says_yes(hana, "seal")

    async def says_no() -> None:
        async with street_town.db.resident(hana.id) as conn:
            await grants.end(conn, hana.id, "seal", street_town.now)
            await store.forget(conn, hana.id, ["seal"])

    async with street_town.db.resident(hana.id) as conn:
        assert await grants.still_holds(conn, hana.id, "seal")
        no = asyncio.create_task(says_no())
        await asyncio.sleep(0.2)
        assert not no.done()
        told = Told(part("seal"), street_town.now, street_town.now + timedelta(days=1))
        await store.settle_told(conn, hana, "seal", told)
    await no
    assert await kept(street_town, hana) == {}
