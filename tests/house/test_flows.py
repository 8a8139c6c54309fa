"""Five ways to move information, from the house to the wards' boxes and back, each recipient on its own."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from bff.exchange.files.kind import PART
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Silent
from bff.exchange.texts import basis_text, purpose_text
from bff.exchange.ways import runs
from bff.exchange.ways.box import PATIENCE, Box, Sheet
from bff.exchange.ways.flow import Way, flows
from bff.exchange.ways.picking import Source, picked
from bff.home.flows import Begin, NotBegun
from bff.journeys import flows as journey
from life_events import load_catalogue
from tests.graphql.test_applications import newborn, whole
from tests.inlet.ward import MINATO, SETAGAYA, sent_by_hana
from tests.town import Outside, Person, Town

READINGS = "{ viewer { id readings(first: 50) { nodes { sourceName { ja } purpose { ja } outcome { ja } } } } }"


async def box(outside: Outside, ward: str) -> list[dict[str, Any]]:
    async with httpx.AsyncClient(base_url=outside.origin) as http:
        return list((await http.get(f"/_box/{ward}")).json())


async def door(outside: Outside, ward: str, *, is_open: bool) -> None:
    async with httpx.AsyncClient(base_url=outside.origin) as http:
        (await http.post(f"/_box/{ward}", json={"open": is_open})).raise_for_status()


async def begins(town: Town, flow: str, *, ward: str | None = MINATO, receipt: str = "", key: str = "") -> UUID:
    wish = Begin(uuid4(), key or str(uuid4()), "森", ward, receipt)
    async with town.house.db.house() as conn:
        assert await town.house.begin_flow(conn, flows()[flow], wish)
    return wish.id


async def goes_on(town: Town, times: int = 1) -> None:
    for _ in range(times):
        await town.promises_are_kept()
        await town.time_passes_for_jobs()


async def stand(town: Town, run: UUID, ward: str = MINATO) -> dict[tuple[str, str], str]:
    async with town.house.db.ward(ward) as conn:
        return {(one.stage, one.ward): one.state for one in await runs.deliveries_of(conn, run)}


async def came(outside: Outside, ward: str, run: UUID) -> dict[str, Any]:
    (message,) = [one for one in await box(outside, ward) if one["key"] == str(run)]
    return dict(message)


async def test_distributed_once_to_each_of_the_23_also_when_begun_twice(town: Town, outside: Outside) -> None:
    run = await begins(town, "catalogue_to_wards", key="one")
    async with town.house.db.house() as conn:
        again = Begin(uuid4(), "one", "森", MINATO)
        assert not await town.house.begin_flow(conn, flows()["catalogue_to_wards"], again)
    await goes_on(town)
    assert set((await stand(town, run)).values()) == {"done"}
    assert len(await stand(town, run)) == 23
    message = await came(outside, SETAGAYA, run)
    assert message["times"] == 1
    assert message["content"]["content"]["procedures"]["move_out_notice"]
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE flow_deliveries SET state = 'waiting'"))
    await journey.deliver(town.house, run, "out", SETAGAYA)
    assert (await came(outside, SETAGAYA, run))["times"] == 2, "the same under the same key: taken again, not twice"


async def test_a_ward_that_is_silent_hinders_no_other_and_is_tried_again_by_hand(town: Town, outside: Outside) -> None:
    await door(outside, SETAGAYA, is_open=False)
    try:
        run = await begins(town, "catalogue_to_wards")
        await goes_on(town, flows()["catalogue_to_wards"].tries)
        state = await stand(town, run)
        assert [ward for (_, ward), one in state.items() if one != "done"] == [SETAGAYA]
        assert state["out", SETAGAYA] == "failed"
    finally:
        await door(outside, SETAGAYA, is_open=True)
    async with town.house.db.house() as conn:
        assert await runs.try_again(conn, run, town.house.clock()) == 1
    await asyncio.sleep(PATIENCE.rest)
    await goes_on(town)
    assert set((await stand(town, run)).values()) == {"done"}
    async with town.house.db.house() as conn:
        kept = await runs.one(conn, run)
    assert kept is not None
    assert kept.ended_at is not None


async def test_a_stopped_run_goes_to_nobody_any_more(town: Town, outside: Outside) -> None:
    run = await begins(town, "catalogue_to_wards")
    async with town.house.db.house() as conn:
        await runs.stop(conn, run, town.house.clock())
    await goes_on(town)
    assert set((await stand(town, run)).values()) == {"stopped"}
    assert [one for one in await box(outside, MINATO) if one["key"] == str(run)] == []


async def test_what_is_collected_names_the_silent_and_goes_out_to_all(town: Town, outside: Outside) -> None:
    _ = await sent_by_hana(town)
    await goes_on(town)
    await door(outside, SETAGAYA, is_open=False)
    try:
        run = await begins(town, "applications_waiting_shared")
        await goes_on(town, flows()["applications_waiting_shared"].tries + 1)
    finally:
        await door(outside, SETAGAYA, is_open=True)
    collected = {one["ward"]: one for one in (await came(outside, MINATO, run))["content"]["content"]["collected"]}
    assert len(collected) == 23
    assert collected[MINATO]["counts"]["child_allowance_change"] >= 1
    assert set(collected[SETAGAYA]) == {"ward", "gap"}
    assert collected[SETAGAYA]["gap"] in ("unavailable", "resting"), "it failed, or was left alone after it had"
    state = await stand(town, run)
    assert (state["in", SETAGAYA], state["in", MINATO], state["out", MINATO]) == ("failed", "done", "done")


async def test_what_comes_round_comes_once_a_month(town: Town) -> None:
    for day in (3, 4, 30):
        await journey.come_round(town.house, datetime(2026, 11, day, 0, 40, tzinfo=UTC))
    await journey.come_round(town.house, datetime(2026, 11, 30, 23, 40, tzinfo=UTC))
    async with town.house.db.ward(SETAGAYA) as conn:
        assert [run.flow for run in await runs.newest(conn, 9)] == ["applications_waiting"] * 2


async def test_a_ward_is_sent_what_the_house_holds_of_it_and_no_name(town: Town, outside: Outside) -> None:
    _, receipt = await sent_by_hana(town)
    await goes_on(town)
    run = await begins(town, "applications_held")
    await goes_on(town)
    message = await came(outside, MINATO, run)
    held = message["content"]["content"]["applications"]
    assert receipt in [one["receipt_number"] for one in held]
    assert "佐藤" not in json.dumps(message, ensure_ascii=False)
    assert await stand(town, run, SETAGAYA) == {}, "another ward sees nothing of it"


async def moving_out(town: Town) -> tuple[Any, str, UUID]:
    """Hana's move-out notice to Setagaya, in her ward's hands."""
    hana = await town.resident("hana")
    await newborn(hana)
    for fact, value in (("moving", True), ("move_date", "2026-11-27"), ("move_to", "other")):
        await hana.answers(fact, value)
    step = await hana.step("move_out_notice")
    sent = await hana.sends(step, whole(step))
    assert sent["__typename"] == "Application", sent
    data = await hana.asks("{ viewer { id applications { nodes { procedure receiptNumber } } } }")
    (receipt,) = [
        one["receiptNumber"] for one in data["viewer"]["applications"]["nodes"] if one["procedure"] == "move_out_notice"
    ]
    return hana, receipt, UUID(data["viewer"]["id"])


async def test_only_the_listed_fields_leave_for_her_new_ward_with_source_and_time(town: Town, outside: Outside) -> None:
    hana, receipt, _ = await moving_out(town)
    with pytest.raises(NotBegun, match="no_consent"):
        await begins(town, "move_handover", receipt=receipt)
    assert (await passes_on(hana, agreed=True))["passOns"][0]["agreedAt"]
    with pytest.raises(NotBegun, match="no_such_application"):
        await begins(town, "move_handover", receipt=receipt, ward=SETAGAYA)
    run = await begins(town, "move_handover", receipt=receipt)
    await goes_on(town)
    message = await came(outside, SETAGAYA, run)
    facts = {one["field"]: one for one in message["content"]["content"]["facts"]}
    assert set(facts) == {pick.name for pick in flows()["move_handover"].fields}
    relations = facts["世帯員の続柄"]
    assert relations["source"] == "registry"
    assert relations["as_of"].startswith("20")
    assert "spouse" in relations["value"]
    told = json.dumps(message, ensure_ascii=False)
    assert "insured_number" not in told
    assert "住所" not in told
    purposes = [one["purpose"]["ja"] for one in (await hana.asks(READINGS))["viewer"]["readings"]["nodes"]]
    assert "転出届に伴い、転出先の区へ必要な項目を引き継ぐため" in purposes
    async with town.house.db.house() as conn:
        assert await conn.scalar(text("SELECT content FROM flow_runs")) == b"", "nothing of her is kept when it is over"


async def test_her_no_before_the_hand_over_stops_it(town: Town, outside: Outside) -> None:
    hana, receipt, _ = await moving_out(town)
    await passes_on(hana, agreed=True)
    run = await begins(town, "move_handover", receipt=receipt)
    assert (await passes_on(hana, agreed=False))["passOns"][0]["agreedAt"] is None
    await goes_on(town)
    assert await stand(town, run) == {("out", SETAGAYA): "failed"}
    assert [one for one in await box(outside, SETAGAYA) if one["key"] == str(run)] == []


async def passes_on(hana: Person, *, agreed: bool, which: str = "move_out_notice") -> dict[str, Any]:
    data = await hana.asks("{ viewer { applications { nodes { id procedure passOns { id } } } } }")
    nodes = data["viewer"]["applications"]["nodes"]
    (application,) = [one["id"] for one in nodes if one["procedure"] == which]
    wish = 'mutation($a: ID!, $y: Boolean!) { passOn(application: $a, flow: "move_handover", agreed: $y)'
    told = await hana.asks(
        f"{wish} {{ __typename ... on Application {{ passOns {{ id agreedAt }} }} }} }}", a=application, y=agreed
    )
    return dict(told["passOn"])


async def test_only_an_application_it_may_rest_on_offers_it_and_nobody_elses(town: Town) -> None:
    hana, _ = await sent_by_hana(town)
    refused = await passes_on(hana, agreed=True, which="child_allowance_change")
    assert refused == {"__typename": "NotFound"}
    ken = await town.resident("ken")
    mine = (await hana.asks("{ viewer { applications { nodes { id } } } }"))["viewer"]["applications"]["nodes"][0]["id"]
    wish = 'mutation($a: ID!) { passOn(application: $a, flow: "move_handover", agreed: true) { __typename } }'
    for application in (mine, "x", str(uuid4())):
        assert (await ken.asks(wish, a=application))["passOn"] == {"__typename": "NotFound"}


def test_what_she_is_told_names_every_field_that_would_leave() -> None:
    flow = flows()["move_handover"]
    assert flow.told is not None
    assert len(flow.fields) == 5, "another field wants another text, and another version of it"
    for part in ("続柄", "生年月日", "支給開始月", "区分", "有効期間の終わり", "氏名"):
        assert part in flow.told.ja


def test_a_silent_source_is_named_and_a_path_that_is_not_there_is_a_defect() -> None:
    fields = flows()["move_handover"].fields
    assert all("gap" in one for one in picked(fields, {}))
    with pytest.raises(KeyError):
        picked(fields, {"registry": Source({"people": []}, None)})


def test_there_is_a_flow_of_every_way_and_each_says_why_in_words() -> None:
    assert {flow.way for flow in flows().values()} == set(Way)
    for flow in flows().values():
        assert purpose_text(flow.purpose) != purpose_text("unknown"), flow.id
        assert basis_text(flow.basis) != basis_text("unknown"), flow.id
        assert set(flow.procedures) <= set(load_catalogue().procedures), flow.id


async def of_files(outside: Outside, ward: str, key: object) -> dict[str, Any]:
    async with httpx.AsyncClient(base_url=outside.origin) as http:
        (file,) = [one for one in (await http.get(f"/_box/{ward}/files")).json() if one["key"] == str(key)]
    return dict(file)


async def test_a_list_goes_out_as_a_file_that_is_whole_at_the_ward(town: Town, outside: Outside) -> None:
    _, receipt = await sent_by_hana(town)
    await goes_on(town)
    run = await begins(town, "applications_list")
    await goes_on(town)
    assert set((await stand(town, run)).values()) == {"done"}
    file = await of_files(outside, MINATO, run)
    assert file["state"] == "whole"
    assert f"{receipt},child_allowance_change,received," in file["text"]


async def test_a_file_that_broke_off_at_the_ward_goes_on_from_there(town: Town, outside: Outside) -> None:
    """Three parts: the line breaks after the first, and what is sent again begins behind it."""
    content, key = os.urandom(2 * PART + 1000), uuid4()
    nobody = Subject(id="flow-test", name="", birth_date=None, address="", ward=MINATO)
    flow = flows()["applications_list"]
    box_there = Box(town.house.exchange, flow, Reading(nobody, flow.purpose, flow.basis, None))
    sheet = Sheet("applications_list", len(content), hashlib.sha512(content).hexdigest(), "text/csv")

    async def read(at: int, most: int) -> bytes:
        return content[at : at + most]

    async with httpx.AsyncClient(base_url=outside.origin) as http:
        await http.post(f"/_box/{MINATO}", json={"open": True, "breaks_after": 1})
    for tries in range(6):
        try:
            await box_there.send(str(key), sheet, read)
            break
        except Silent:
            assert tries < 5
            await asyncio.sleep(PATIENCE.rest)
    file = await of_files(outside, MINATO, key)
    assert (file["state"], file["parts"]) == ("whole", [PART, PART, 1000])
