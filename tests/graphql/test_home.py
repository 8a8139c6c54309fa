"""Home, as a resident gets it through the GraphQL door."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bff.identity.residents import resident_of
from notifications import address_book
from tests.town import Outside, Town

HOME = (
    "{ viewer { name ward { code } home { sources { id state asOf silentSince why { ja } }"
    " bundles { id steps { id state due asOf gaps } } } } }"
)
SIX = {"registry", "childcare", "care", "national", "school", "electricity"}


async def test_nobody_is_signed_in_and_nothing_is_told(town: Town) -> None:
    answer = await town.browser().post("/graphql", json={"query": HOME})
    assert answer.json() == {"data": {"viewer": None}}


async def test_on_her_first_login_hanas_home_fills_source_by_source(town: Town) -> None:
    hana = await town.resident("hana")
    before = (await hana.asks(HOME))["viewer"]["home"]
    assert {source["state"] for source in before["sources"]} == {"WAITING"}
    updates = await hana.fills_home("settled remaining home { sources { id state } }")
    assert [update["remaining"] for update in updates] == [5, 4, 3, 2, 1, 0]
    assert {update["settled"] for update in updates} == SIX
    known = [sum(source["state"] == "KNOWN" for source in update["home"]["sources"]) for update in updates]
    assert known[-1] == 6
    assert known == sorted(known)


async def test_hanas_newborn_makes_a_child_allowance_step_due_on_the_fifteenth_day_after_birth(town: Town) -> None:
    """児童手当法 8条3項: 15 days, counted from the day after the birth; the stand-in's newborn is nine days old."""
    hana = await town.resident("hana")
    await hana.fills_home()
    step = await hana.step("child_allowance_change")
    assert step["state"] == "DUE"
    assert step["due"] == str(town.house.today() + timedelta(days=15 - 9))
    assert step["daysLeft"] == 6
    assert step["asOf"]


async def test_the_bundles_of_hanas_life_have_steps(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    home = (await hana.asks(HOME))["viewer"]["home"]
    filled = {bundle["id"] for bundle in home["bundles"] if bundle["steps"]}
    assert {"pregnancy_birth", "childcare", "moving_out", "care"} <= filled


async def test_a_silent_childcare_service_is_a_gap_and_the_rest_of_home_stands(town: Town, outside: Outside) -> None:
    await outside.mode("childcare", "error")
    hana = await town.resident("hana")
    await hana.fills_home()
    viewer = (await hana.asks(HOME))["viewer"]
    states = {source["id"]: source["state"] for source in viewer["home"]["sources"]}
    assert states == dict.fromkeys(SIX, "KNOWN") | {"childcare": "GAP"}
    steps = {step["id"]: step for bundle in viewer["home"]["bundles"] for step in bundle["steps"]}
    unheard = [step for step in steps.values() if step["state"] == "UNHEARD"]
    assert unheard
    assert all("childcare" in step["gaps"] for step in unheard)
    assert any(step["state"] == "ASK" for step in steps.values())


async def test_what_a_service_told_before_still_stands_when_it_falls_silent(town: Town, outside: Outside) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    told = {source["id"]: source["asOf"] for source in (await hana.asks(HOME))["viewer"]["home"]["sources"]}
    await outside.mode("care", "garbage")
    await hana.fills_home()
    sources = {source["id"]: source for source in (await hana.asks(HOME))["viewer"]["home"]["sources"]}
    assert sources["care"]["state"] == "GAP"
    assert sources["care"]["asOf"] == told["care"]
    assert sources["care"]["silentSince"]
    assert sources["care"]["why"]["ja"]
    assert sources["registry"]["asOf"] > told["registry"]


async def test_an_answer_opens_the_move_and_a_changed_answer_closes_it(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    assert (await hana.step("move_out_notice"))["state"] == "ASK"
    moving = town.house.today() + timedelta(days=20)
    for fact, value in (("moving", True), ("move_date", str(moving)), ("move_to", "131121")):
        assert (await hana.answers(fact, value))["__typename"] == "Home"
    step = await hana.step("move_out_notice")
    assert step["state"] == "DUE"
    assert step["due"] == str(moving + timedelta(days=10))
    await hana.answers("moving", False)
    data = await hana.asks("{ viewer { home { answers { question { fact } value } bundles { steps { id state } } } } }")
    home = data["viewer"]["home"]
    assert {"question": {"fact": "moving"}, "value": False} in home["answers"]
    states = {step["id"]: step["state"] for bundle in home["bundles"] for step in bundle["steps"]}
    assert states.get("move_out_notice") in (None, "DONE", "ASK")


async def test_every_look_at_hanas_data_is_shown_to_her_with_its_reason(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    data = await hana.asks(
        "{ viewer { readings(first: 50) { nodes { source purpose { ja } basis { ja } outcome { ja } } } } }"
    )
    rows = data["viewer"]["readings"]["nodes"]
    assert {row["source"] for row in rows} == SIX
    assert all(row["purpose"]["ja"] and row["basis"]["ja"] and row["outcome"]["ja"] for row in rows)


async def test_a_person_outside_of_the_23_wards_gets_a_home_with_gaps_and_no_error(town: Town) -> None:
    visitor = await town.resident("outside")
    await visitor.fills_home()
    viewer = (await visitor.asks(HOME))["viewer"]
    assert viewer["ward"] is None
    states = {source["id"]: source["state"] for source in viewer["home"]["sources"]}
    assert states["registry"] == "NOT_ASKED"
    rows = (await visitor.asks("{ viewer { readings { nodes { source } } } }"))["viewer"]["readings"]["nodes"]
    assert {row["source"] for row in rows} <= {"national", "electricity"}


async def test_the_mail_room_learns_of_hanas_children_though_she_closes_the_app_at_once(town: Town) -> None:
    await town.resident("hana")
    async with town.house.db.house() as conn:
        (hana_id,) = (await conn.exec_driver_sql("SELECT id FROM residents")).scalars()
        hana = await resident_of(conn, hana_id, town.house.keys)
    assert hana is not None
    await anext(aiter(town.house.refresher.refresh(hana)))
    async with asyncio.timeout(20):
        while True:
            async with town.house.db.resident(hana_id) as conn:
                contact = await address_book.contact_of(conn, hana_id)
            if contact is not None and contact.children_births:
                break
            await asyncio.sleep(0.05)
    assert town.house.today() - timedelta(days=9) in contact.children_births
    assert len(contact.children_births) == 2


async def test_a_silent_service_is_not_asked_again_at_once_either(town: Town, outside: Outside) -> None:
    await outside.mode("school", "error")
    patient = Town(replace(town.settings, refresh_rests=60.0))
    try:
        hana = await patient.resident("hana")
        assert len(await hana.fills_home()) == 6
        assert len(await hana.fills_home()) == 1
    finally:
        await patient.close()


async def test_a_thumb_that_taps_twice_does_not_make_the_services_answer_twice(town: Town) -> None:
    patient = Town(replace(town.settings, refresh_rests=60.0))
    try:
        hana = await patient.resident("hana")
        assert len(await hana.fills_home()) == 6
        (again,) = await hana.fills_home()
        assert (again["settled"], again["remaining"]) == ("", 0)
        data = await hana.asks("{ viewer { readings(first: 100) { nodes { id } } } }")
        assert len(data["viewer"]["readings"]["nodes"]) == 6
    finally:
        await patient.close()
