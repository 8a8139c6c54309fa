"""Benefits are reckoned last, from the household as it is kept by then; whoever reckons may be silent or not there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta

import pytest

from bff.consent import grants
from bff.db import Database
from bff.exchange.reading import Reading
from bff.exchange.silence import Why
from bff.facts import store
from bff.facts.store import Gap
from bff.records.asking import stop
from life_events.benefits import Benefits
from life_events.terms import UNKNOWN
from tests.connectors.test_benefits import GOOD, HOUSEHOLD, Wired, replace_members, sums, tells
from tests.exchange.provider import Act, Provider
from tests.facts.conftest import TEN_PAST_NINE, Town, silent
from tests.facts.test_refresh import kept

ON_THE_20TH = {"世帯一覧": {"h1": sums(10000, on="2026-11-20"), "h2": sums(25000, on="2026-11-20")}}


@pytest.fixture
async def town_of(db: Database) -> AsyncIterator[Callable[[Act], tuple[Town, Wired]]]:
    """A town in which Hana's family has two children and a reckoner that does as it is told."""
    built: list[Town] = []

    def make(act: Act) -> tuple[Town, Wired]:
        wired = Wired(Provider([act]))
        built.append(Town(db, benefits=wired.calculator, parts={"registry": HOUSEHOLD}))
        return built[-1], wired

    yield make
    for town in built:
        await town.refresher.aclose()


TownOf = Callable[[Act], tuple[Town, Wired]]


async def test_the_reckoner_settles_last_and_its_figures_are_kept(town_of: TownOf) -> None:
    town, wired = town_of(tells(ON_THE_20TH))
    hana = await town.comes()
    settled = await town.refreshes(hana)
    assert [one.source for one in settled][-1] == "benefits"
    assert [one.remaining for one in settled] == [6, 5, 4, 3, 2, 1, 0]
    benefits = store.facts_of(await kept(town, hana)).benefits
    assert isinstance(benefits, Benefits)
    assert benefits.on == date(2026, 11, 20)
    assert benefits.yen("jido_teate", "m-4", date(2026, 11, 20)) == 15_000
    (row,) = wired.log
    assert (row.resident, row.purpose, row.basis) == (hana.id, "home", "consent")


async def test_it_knows_her_under_a_name_of_its_own(town_of: TownOf) -> None:
    town, wired = town_of(tells(ON_THE_20TH))
    await town.refreshes(await town.comes())
    assert wired.log[0].subject not in {reading.subject.id for reading in town.asked}


async def test_a_reckoner_that_fails_is_a_gap_and_everything_else_stands(town_of: TownOf) -> None:
    town, _ = town_of(tells({"error": "x"}, 500))
    hana = await town.comes()
    assert len(await town.refreshes(hana)) == 7
    held = await kept(town, hana)
    assert held["benefits"].gap == Gap("benefits", Why.UNAVAILABLE, TEN_PAST_NINE)
    assert store.facts_of(held).registry == HOUSEHOLD
    assert store.facts_of(held).benefits is UNKNOWN


async def test_an_answer_to_another_day_is_a_gap(town_of: TownOf) -> None:
    town, _ = town_of(tells(GOOD))
    hana = await town.comes()
    await town.refreshes(hana)
    assert (await kept(town, hana))["benefits"].gap == Gap("benefits", Why.WRONG_ANSWER, TEN_PAST_NINE)


async def test_with_a_silent_registry_the_household_kept_before_is_reckoned(town_of: TownOf) -> None:
    town, wired = town_of(tells(ON_THE_20TH))
    hana = await town.comes()
    await town.refreshes(hana)
    town.acts["registry"] = silent("registry", Why.TIMEOUT)
    town.now = TEN_PAST_NINE + timedelta(hours=1)
    await town.refreshes(hana)
    assert len(wired.log) == 2


async def test_nobody_is_reckoned_for_while_no_household_is_known(town_of: TownOf) -> None:
    town, wired = town_of(tells(ON_THE_20TH))
    hana = await town.comes()
    town.acts["registry"] = silent("registry", Why.TIMEOUT)
    settled = await town.refreshes(hana)
    assert [one.source for one in settled][-1] == "benefits"
    assert wired.log == []
    assert "benefits" not in await kept(town, hana)


async def test_a_family_without_children_is_not_reckoned_for(town_of: TownOf) -> None:
    town, wired = town_of(tells(ON_THE_20TH))
    town.parts["registry"] = replace_members(HOUSEHOLD, lambda one: one.relation != "child")
    assert len(await town.refreshes(await town.comes())) == 7
    assert wired.log == []


async def test_who_said_no_is_not_reckoned_for_and_that_is_written_down(town_of: TownOf) -> None:
    town, wired = town_of(tells(ON_THE_20TH))
    hana = await town.comes()
    async with town.db.resident(hana.id) as conn:
        await grants.end(conn, hana.id, "benefits", town.now)
    await town.refreshes(hana)
    assert wired.log == []
    assert [(row.source, row.outcome) for row in town.log] == [("benefits", "refused")]
    assert (await kept(town, hana))["benefits"].gap == Gap("benefits", Why.STOPPED, TEN_PAST_NINE)


async def test_who_says_no_while_the_others_are_asked_is_not_reckoned_for(town_of: TownOf) -> None:
    town, wired = town_of(tells(ON_THE_20TH))
    hana = await town.comes()

    async def says_no(_: Reading) -> None:
        async with town.db.resident(hana.id) as conn:
            await grants.end(conn, hana.id, "benefits", town.now)

    town.acts["registry"] = says_no
    await town.refreshes(hana)
    assert wired.log == []
    assert [(row.source, row.outcome) for row in town.log] == [("benefits", "refused")]


async def test_what_was_reckoned_from_a_household_she_has_taken_back_meanwhile_is_not_kept(town_of: TownOf) -> None:
    town, wired = town_of(tells(ON_THE_20TH))
    hana = await town.comes()
    told, street = wired.calculator.tell, town.refresher._street

    async def takes_back(*given: object) -> object:
        answer = await told(*given)  # type: ignore[arg-type]
        async with town.db.resident(hana.id) as conn:
            await stop(conn, hana, street.tellers["registry"], town.now)
        return answer

    wired.calculator.tell = takes_back  # type: ignore[method-assign, assignment]
    await town.refreshes(hana)
    assert len(wired.log) == 1
    held = (await kept(town, hana))["benefits"]
    assert (held.told, held.gap) == (None, None)
