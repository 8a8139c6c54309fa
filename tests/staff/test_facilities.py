"""A ward's file from an official's desk to everybody's phone: looked over, agreed to by another, and taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import httpx
import jpholiday
import msgspec

from tests.accounts.people import FORM, sends
from tests.town import Town

HEAD = "ID,名称,POIコード,緯度,経度\n"
OPEN = "/open/facilities/131032.json"


def rows(*names: str) -> bytes:
    return (HEAD + "".join(f"{n},{name},1302,35.658,139.751\n" for n, name in enumerate(names))).encode("cp932")


async def brings(official: httpx.AsyncClient, content: bytes, dataset: str = "public_facility") -> httpx.Response:
    file = {"file": ("kokyo.csv", content, "text/csv")}
    return await official.post("/staff/facilities", data={"dataset": dataset, "as_of": "2026-11-01"}, files=file)


async def agrees(town: Town, official: httpx.AsyncClient) -> None:
    page = (await official.get("/staff/second")).text
    found = re.search(r"/staff/second/([0-9a-f-]+)/agree", page)
    assert found, page
    assert (await sends(official, f"/staff/second/{found[1]}/agree")).status_code == 303


async def named(town: Town) -> list[str]:
    answer = await town.browser().get(OPEN)
    assert answer.headers["access-control-allow-origin"] == "*"
    return [row[3] for row in msgspec.json.decode(answer.content)["rows"]]


async def test_a_file_is_published_by_two_and_goes_back_by_two(town: Town) -> None:
    writer, approver = await town.official("staff-minato-writer"), await town.official("staff-minato-approver")
    refused = await brings(writer, b"\xd0\xcf\x11\xe0")
    assert (refused.status_code, "古い形式のExcel" in refused.text) == (422, True)
    assert (await brings(approver, rows("a"))).status_code == 403

    first = (await brings(writer, rows("区役所", "出張所"))).headers["location"]
    preview = (await writer.get(first)).text
    assert "2件（2行のうち）" in preview
    assert "Shift_JIS" in preview
    assert await named(town) == []
    assert (await sends(writer, f"{first}/publish")).status_code == 303
    assert await named(town) == [], "another has to agree"
    await agrees(town, approver)
    assert await named(town) == ["区役所", "出張所"]

    worse = (await brings(writer, rows("区役所", *[""] * 9))).headers["location"]
    blocked = await sends(writer, f"{worse}/publish")
    assert (blocked.status_code, "取り込めない行が多すぎます" in blocked.text) == (422, True)
    assert (await sends(writer, f"{worse}/drop")).status_code == 303

    second = (await brings(writer, rows("新区役所", "出張所"))).headers["location"]
    await sends(writer, f"{second}/publish")
    await agrees(town, approver)
    assert await named(town) == ["新区役所", "出張所"]
    await sends(writer, f"{first}/publish")
    await agrees(town, approver)
    assert await named(town) == ["区役所", "出張所"]

    assert (await town.browser().get("/open/search.json")).status_code == 200, "the files of the app are still there"
    etag = (await town.browser().get(OPEN)).headers["etag"]
    assert (await town.browser().get(OPEN, headers={"If-None-Match": etag})).status_code == 304
    assert (await town.browser().get("/open/facilities/131999.json")).status_code == 404


async def test_times_are_given_in_series_and_a_day_is_called_off(town: Town) -> None:
    writer, approver = await town.official("staff-minato-writer"), await town.official("staff-minato-approver")
    made = (await brings(writer, rows("区役所"))).headers["location"]
    await sends(writer, f"{made}/publish")
    await agrees(town, approver)
    page = (await writer.get("/staff/offers")).text
    place = re.search(r'<option value="([0-9a-f]{12})">区役所', page)
    assert place
    offer = {"booking_kind": "counter", "facility": place[1], "booking_about": "self", "procedures": "move_in_notice"}
    words = {"title_ja": "窓口", "title_easy": "まどぐち", "title_en": "Counter", "phone": "03-0000-0001"}
    hours = {"confirm_hours": "24", "elsewhere": ""}
    wrong = await sends(writer, "/staff/offers", **offer, **words, **hours, cancel_hours="many")
    assert (wrong.status_code, "0から336までの整数" in wrong.text) == (422, True)
    path = (await sends(writer, "/staff/offers", **offer, **words, **hours, cancel_hours="２")).headers["location"]
    day = next(on for n in range(3, 20) if not jpholiday.is_holiday(on := town.house.today() + timedelta(days=n)))
    series = {"first": day, "last": day, "opens": "9:00", "closes": "11:00", "pause": "", "resume": ""}
    form = urlencode({**series, "minutes": "30", "capacity": "2", "weekdays": list(range(7))}, doseq=True)
    added = await writer.post(f"{path}/series", content=form, headers=FORM)
    assert added.status_code == 303, added.text
    told = msgspec.json.decode((await town.browser().get("/open/bookings/131032.json")).content)
    assert [(one["facility"], one["procedures"]) for one in told["offers"]] == [(place[1], ["move_in_notice"])]
    closed = await sends(writer, f"{path}/close", day=str(day), note="設備の点検のため。")
    assert closed.status_code == 303
    assert '4</td><td class="number">0</td><td class="number">0' in (await writer.get(path)).text.replace("\n", "")
