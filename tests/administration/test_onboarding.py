"""A ward on its way: shut by two, tried out by a few, and opened by two when everything is done."""

from __future__ import annotations

import re
from typing import Any

import httpx
import msgspec
from sqlalchemy import text

from bff.administration import stages
from bff.administration.shelf import Shelf
from tests.accounts.people import registers, rows, sends
from tests.administration.test_catalogue import agrees
from tests.graphql.test_applications import newborn
from tests.town import Person, Town

PAGE = "/staff/admin/onboarding"
NOTE = {"note": "課長会で決定"}
REGISTRY = "{ viewer { home { sources { id state why { ja } } } } }"


async def registry(person: Person) -> tuple[str, str]:
    told = (await person.asks(REGISTRY))["viewer"]["home"]["sources"]
    return next((one["state"], (one["why"] or {}).get("ja", "")) for one in told if one["id"] == "registry")


async def banners(town: Town) -> list[str | None]:
    told: Any = msgspec.json.decode((await town.browser().get("/open/now.json")).content)
    return [one["ward"] for one in told["banners"]]


async def shut(admin: httpx.AsyncClient, approver: httpx.AsyncClient) -> None:
    assert (await sends(admin, f"{PAGE}/stage/preparing", **NOTE)).status_code == 303
    assert (await agrees(approver)).status_code == 303


async def test_a_ward_that_is_prepared_asks_for_nobody_and_one_that_is_tried_for_who_tries_it(town: Town) -> None:
    admin, approver = await town.official("staff-minato-admin"), await town.official("staff-minato-approver")
    clerk, hana = await town.official("staff-minato-caseworker"), await town.resident("hana")
    await sends(admin, f"{PAGE}/stage/preparing")
    assert await banners(town) == [], "without a reason nothing is asked for"
    await shut(admin, approver)
    assert await banners(town) == ["131032"]
    await hana.fills_home()
    assert await registry(hana) == ("GAP", "この区では、まだ始まっていません。")
    ken = await town.resident("ken")
    await ken.fills_home()
    assert (await registry(ken))[0] == "KNOWN", "another ward goes on"

    registered = (await clerk.get(await registers(clerk))).text
    number = re.search(r"[A-Z0-9]+-[A-Z0-9-]+", re.sub(r"<[^>]+>", " ", registered))
    assert number, registered
    unknown = await sends(admin, f"{PAGE}/testers", number="KM-0")
    assert (unknown.status_code, "登録番号か" in unknown.text) == (422, True)
    assert (await sends(admin, f"{PAGE}/testers", number=number[0])).status_code == 303
    async with town.house.db.house() as conn:
        tester = (await conn.execute(text("SELECT resident FROM ward_testers"))).scalar_one()
        others = text("SELECT id FROM residents WHERE ward = '131032' AND id <> :tester")
        me = (await conn.execute(others, {"tester": tester})).scalar_one()
    assert not town.house.shelf.serves("131032", tester), "prepared, it asks for nobody"
    assert (await sends(admin, f"{PAGE}/stage/trial")).status_code == 303
    await town.browser().get("/open/now.json")
    assert town.house.shelf.serves("131032", tester)
    assert not town.house.shelf.serves("131032", me)
    assert (await sends(admin, f"{PAGE}/testers/{tester}/end")).status_code == 303
    await town.browser().get("/open/now.json")
    assert not town.house.shelf.serves("131032", tester)


async def test_it_is_opened_by_two_when_every_item_is_done_and_the_page_says_who_ticked_what(town: Town) -> None:
    admin, approver = await town.official("staff-minato-admin"), await town.official("staff-minato-approver")
    await shut(admin, approver)
    await sends(admin, f"{PAGE}/stage/trial")
    early = await sends(admin, f"{PAGE}/stage/live", **NOTE)
    assert (early.status_code, "まだ済んでいない" in early.text) == (422, True)
    page = (await admin.get(PAGE)).text
    assert re.search(r'data-testid="item-file" data-state="done"', page)
    assert re.search(r'data-testid="item-certificate" data-state="done"', page)
    assert re.search(r'data-testid="item-provider" data-state="open"', page), "no editor has signed in yet"
    assert re.search(r'data-testid="item-services" data-state="open"', page), "nothing was asked in this hour"
    await town.official("staff-minato-writer")
    assert 'data-testid="item-provider" data-state="done"' in (await admin.get(PAGE)).text

    empty = await sends(admin, f"{PAGE}/ticks/training", note="")
    assert empty.status_code == 422
    for item in ("training", "contact", "privacy", "leaflet"):
        assert (await sends(admin, f"{PAGE}/ticks/{item}", do="tick", **NOTE)).status_code == 303
    ticked = (await admin.get(PAGE)).text
    assert 'data-testid="item-training" data-state="done"' in ticked
    assert "課長会で決定" in ticked
    assert (await sends(admin, f"{PAGE}/ticks/leaflet", do="untick", **NOTE)).status_code == 303
    assert 'data-testid="item-leaflet" data-state="open"' in (await admin.get(PAGE)).text
    assert (await sends(admin, f"{PAGE}/ticks/file", do="tick", **NOTE)).status_code == 404, (
        "what is tried nobody ticks"
    )


async def test_another_ward_and_who_is_no_administrator_turns_nothing(town: Town) -> None:
    writer, elsewhere = await town.official("staff-minato-writer"), await town.official("staff-setagaya-admin")
    assert (await sends(writer, f"{PAGE}/stage/preparing", **NOTE)).status_code == 403
    assert (await sends(writer, f"{PAGE}/ticks/training", do="tick", **NOTE)).status_code == 403
    assert (await sends(elsewhere, f"{PAGE}/ticks/training", do="tick", **NOTE)).status_code == 303
    assert "課長会で決定" not in (await writer.get(PAGE)).text
    assert (await sends(elsewhere, f"{PAGE}/stage/nowhere")).status_code == 404


async def test_a_yes_to_what_was_asked_of_another_stage_does_nothing(town: Town) -> None:
    admin, approver = await town.official("staff-minato-admin"), await town.official("staff-minato-approver")
    for stage in ("trial", "preparing"):
        assert (await sends(admin, f"{PAGE}/stage/{stage}", **NOTE)).status_code == 303
    assert (await agrees(approver)).status_code == 303, "to the trial, which was asked for first"
    late = await agrees(approver)
    assert late.status_code == 409, "a live ward was to be shut, and it is live no more"
    turned: dict[str, Any] = {"by_name": "森", "agreed_by_name": None, "now": town.house.clock()}
    async with town.house.db.house() as conn:
        assert (await stages.standing(conn, "131032")).stage == "trial"
        assert not await stages.turn(conn, "131032", "preparing", before="live", **turned)
        assert (await stages.standing(conn, "131032")).stage == "trial"


async def test_a_shut_ward_takes_nothing_and_what_lay_here_goes_when_it_is_opened(town: Town) -> None:
    admin, approver = await town.official("staff-minato-admin"), await town.official("staff-minato-approver")
    await town.official("staff-minato-writer")
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    sent = await hana.sends(step, answers)
    await shut(admin, approver)
    await sends(admin, f"{PAGE}/stage/trial")
    await town.promises_are_kept()
    assert await rows(town, "SELECT state FROM applications") == [("queued",)], "her ward was not told"
    assert await rows(town, "SELECT 1 FROM exchange_log WHERE source = 'counter'") == [], "by no way at all"
    refused = await hana.sends(step, answers)
    assert (refused["__typename"], refused["message"]["ja"]) == ("StepClosed", "この区では、まだ始まっていません。")
    again = await hana.sends(step, answers, id=sent["id"])
    assert again["receiptNumber"] == sent["receiptNumber"], "what was kept before is answered as before"

    await rows(town, "DELETE FROM procrastinate_jobs WHERE task_name = 'deliver_application' RETURNING 1")
    await sends(admin, f"{PAGE}/testers", number=sent["receiptNumber"])
    for item in ("training", "contact", "privacy", "leaflet"):
        await sends(admin, f"{PAGE}/ticks/{item}", do="tick", **NOTE)
    asked = await sends(admin, f"{PAGE}/stage/live", **NOTE)
    assert asked.status_code == 303, asked.text
    assert (await agrees(approver)).status_code == 303
    await town.browser().get("/open/now.json")
    await town.promises_are_kept()
    (state,) = await rows(town, "SELECT state FROM applications")
    assert state[0] != "queued", "though its promise had been given up"


async def test_a_worker_knows_which_wards_are_shut_before_it_begins(town: Town) -> None:
    admin, approver = await town.official("staff-minato-admin"), await town.official("staff-minato-approver")
    await shut(admin, approver)
    worker = Shelf(town.house.shelf.shipped, town.house.db, town.house.clock)
    await worker.known()
    assert not worker.serves("131032", None)
