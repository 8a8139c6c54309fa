"""What home tells of a service that was stopped or is closed for planned work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bff.exchange import switches
from bff.exchange.switches import EVERYWHERE, By
from life_events.terms import Text
from tests.graphql.test_records import hears, records, says_yes
from tests.town import Outside, Person, Town

MINATO, SETAGAYA = "131032", "131121"
MORI = By(None, "森 由美")
WORK = Text(ja="機器の入替え", easy="きかいを かえます", en="New machines")
HOUR = timedelta(hours=1)
QUERY = "{ viewer { home { sources { id state asOf shut { en } why { en } outage { begins ends text { easy } } } } } }"


async def sources(of: Person) -> dict[str, dict[str, Any]]:
    told = await of.asks(QUERY)
    return {source["id"]: source for source in told["viewer"]["home"]["sources"]}


async def test_a_service_that_was_stopped_is_not_asked_and_home_says_so(town: Town) -> None:
    async with town.house.db.house() as conn:
        await switches.switch_off(conn, "school", MINATO, by=MORI, reason="誤り", now=town.house.clock())
    hana = await town.resident("hana")
    await hana.fills_home()
    school = (await sources(hana))["school"]
    assert (school["state"], school["asOf"]) == ("GAP", None)
    assert school["shut"]["en"].startswith("Asking this service has been stopped")
    assert (await sources(hana))["registry"]["shut"] is None
    told = await hana.asks("{ viewer { readings(first: 20) { nodes { source outcome { en } } } } }")
    words = {row["source"]: row["outcome"]["en"] for row in told["viewer"]["readings"]["nodes"]}
    assert words["school"] == "Not asked: asking this service has been stopped."


async def test_a_planned_outage_is_told_to_the_residents_of_its_ward_alone(town: Town) -> None:
    now = town.house.clock()
    async with town.house.db.house() as conn:
        for ward, source in ((MINATO, "care"), (SETAGAYA, "school")):
            await switches.plan_outage(
                conn, source, ward, begins=now + HOUR, ends=now + 2 * HOUR, text=WORK, by=MORI, now=now
            )
    hana = await town.resident("hana")
    told = await sources(hana)
    assert told["care"]["outage"]["text"]["easy"] == "きかいを かえます"
    assert told["care"]["shut"] is None
    assert told["school"]["outage"] is None


async def test_facts_of_before_stay_with_their_time_during_an_outage(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    before = (await sources(hana))["electricity"]
    assert before["asOf"]
    now = town.house.clock()
    async with town.house.db.house() as conn:
        await switches.plan_outage(
            conn, "electricity", EVERYWHERE, begins=now - HOUR, ends=now + HOUR, text=WORK, by=MORI, now=now
        )
    fresh = Town(town.settings)
    try:
        later = (await sources(await fresh.resident("hana")))["electricity"]
    finally:
        await fresh.close()
    assert later["asOf"] == before["asOf"]
    assert later["shut"]["en"].startswith("It is closed for planned work")


async def test_a_home_opened_again_asks_nobody_over_the_wire(town: Town, outside: Outside) -> None:
    hana = await town.resident("hana")
    assert len(await hana.fills_home(anew=False)) == 6
    (again,) = await hana.fills_home(anew=False)
    assert (again["settled"], again["remaining"]) == ("", 0)
    told = await hana.asks("{ viewer { readings(first: 100) { nodes { id } } } }")
    assert len(told["viewer"]["readings"]["nodes"]) == 6


async def test_records_do_not_blame_a_body_for_a_silence_that_is_ours(town: Town) -> None:
    now = town.house.clock()
    async with town.house.db.house() as conn:
        await switches.switch_off(conn, "seal", SETAGAYA, by=MORI, reason="誤り", now=now)
    ken = await town.resident("ken")
    await says_yes(ken, "seal")
    await hears(ken, "seal")
    seal = (await records(ken))["seal"]
    assert (seal["state"], seal["silentSince"]) == ("GAP", None)
    assert seal["why"] == seal["shut"]  # said once
