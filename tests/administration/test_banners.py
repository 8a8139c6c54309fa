"""A banner: seen before it is asked for, up for as long as it was meant, of one ward or of all, down at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import httpx
import msgspec

from tests.accounts.people import sends
from tests.administration.test_catalogue import TOKYO, agrees
from tests.town import Town

NEW = "/staff/admin/banners/new"
TEXT = {
    "text_ja": "12月1日は停電のため窓口を閉めます。",
    "text_easy": "12月1日は 休みです。",
    "text_en": "Closed on 1 December.",
}


def hours(town: Town, begins: int, ends: int) -> dict[str, str]:
    now = town.house.clock().astimezone(TOKYO)
    return {name: f"{now + timedelta(hours=n):%Y-%m-%dT%H:%M}" for name, n in (("begins", begins), ("ends", ends))}


async def up(town: Town) -> list[Any]:
    told = msgspec.json.decode((await town.browser().get("/open/now.json")).content)
    return [(one["ward"], one["text"]["en"]) for one in told["banners"]]


async def puts(town: Town, official: httpx.AsyncClient, where: str, **more: str) -> httpx.Response:
    return await sends(official, NEW, where=where, do="ask", **{**TEXT, **hours(town, -1, 5), **more})


async def test_it_is_seen_asked_for_agreed_to_and_taken_down(town: Town) -> None:
    writer, approver = await town.official("staff-minato-writer"), await town.official("staff-minato-approver")
    wrong = await sends(writer, NEW, where="ward", do="ask", **{**TEXT, "text_en": ""}, **hours(town, 5, -1))
    assert (wrong.status_code, "終わり" in wrong.text) == (422, True)
    seen = await sends(writer, NEW, where="ward", do="see", **TEXT, **hours(town, -1, 5))
    assert (seen.status_code, TEXT["text_en"] in seen.text, "別の職員に確認を依頼する" in seen.text) == (
        200,
        True,
        True,
    )
    assert (await puts(town, writer, "ward")).status_code == 303
    assert await up(town) == []
    asked = (await approver.get("/staff/second")).text
    assert TEXT["text_easy"] in asked, "the second person answers for each language"
    assert (await agrees(approver)).status_code == 303
    assert await up(town) == [("131032", TEXT["text_en"])]
    page = (await approver.get("/staff/admin/banners")).text
    down = re.search(r"/staff/admin/banners/([0-9a-f-]+)/down", page)
    assert down
    elsewhere = await town.official("staff-setagaya-writer")
    assert (await sends(elsewhere, f"/staff/admin/banners/{down[1]}/down")).status_code == 404
    assert (await sends(approver, f"/staff/admin/banners/{down[1]}/down")).status_code == 303
    assert await up(town) == []


async def test_one_for_all_wards_is_for_who_runs_the_house(town: Town) -> None:
    writer, operator = await town.official("staff-minato-writer"), await town.official("staff-minato-operator")
    admin, approver = await town.official("staff-minato-admin"), await town.official("staff-minato-approver")
    assert (await puts(town, writer, "everywhere")).status_code == 403
    assert (await puts(town, operator, "ward")).status_code == 403
    assert (await puts(town, operator, "everywhere")).status_code == 303
    assert (await agrees_denied(approver)) == "この依頼は、あなたの役割では認められません。"
    assert (await agrees(admin)).status_code == 303
    assert await up(town) == [(None, TEXT["text_en"])]
    page = (await writer.get("/staff/admin/banners")).text
    assert "すぐ下ろす" not in page, "no ward takes down what is for all"
    elsewhere = (await (await town.official("staff-setagaya-writer")).get("/staff/admin/banners")).text
    assert TEXT["text_ja"] in elsewhere


async def agrees_denied(official: httpx.AsyncClient) -> str:
    page = (await official.get("/staff/second")).text
    said = re.search(r"この依頼は、[^<]*。", page)
    return said[0] if said else page


async def test_one_ahead_is_not_up_yet(town: Town) -> None:
    writer, approver = await town.official("staff-minato-writer"), await town.official("staff-minato-approver")
    await puts(town, writer, "ward", **hours(town, 2, 5))
    await agrees(approver)
    assert await up(town) == []
    assert "これから" in (await writer.get("/staff/admin/banners")).text
