"""Files with words to the school: hers and the school's alone, bare of where they were taken, gone after their day."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

from PIL import Image
from sqlalchemy import text

from bff.school import line_files
from tests.school.people import JOIN, LINE, SCHOOL, codes_in, does, opened_school, writes
from tests.staff.desk import Official, Page
from tests.town import Person, Town
from tests.uploads.test_uploads import a_photo

LINES = "{ viewer { schools { notices { lines { text files { id mediaType isOver } } } } } }"


async def test_a_photograph_goes_to_the_school_and_one_comes_back(town: Town) -> None:
    hana, taro, ken = [await town.resident(one) for one in ("hana", "taro", "ken")]
    teacher = await opened_school(town, "組,番号,氏名\n1年2組,1,海野 みなと\n")
    codes = [codes_in(await teacher.browser.get(f"{SCHOOL}/roster/letters"))[0] for _ in range(2)]
    (pupil,) = {(await does(who, JOIN, code=code))["id"] for who, code in zip((hana, taro), codes, strict=True)}
    page = await writes(teacher, to=["class:芝浜小学校:1年2組"])
    at = {"notice": page.rpartition("/")[2], "pupil": pupil, "text": ""}
    nothing = await does(hana, LINE, input={**at, "id": str(uuid4())})
    assert nothing["fields"] == [{"field": "text", "code": "required"}]
    upload = (await hana.browser.post("/uploads", content=a_photo())).json()["id"]
    others = await does(taro, LINE, input={**at, "id": str(uuid4()), "files": [upload]})
    assert others["fields"] == [{"field": "files", "code": "gone"}], "of another's shelf"
    wish = {**at, "id": str(uuid4()), "files": [upload]}
    (kept,) = (await does(hana, LINE, input=wish))["files"]
    assert (await does(hana, LINE, input=wish))["files"] == [kept], "sent twice, there once"
    assert kept["keptUntil"] == str(town.house.today() + timedelta(days=60))
    assert (await hana.browser.get(f"/uploads/{upload}")).status_code == 404, "it lies with the line now"
    address = f"/school-files/{kept['id']}"
    mine = await hana.browser.get(address)
    assert (mine.status_code, mine.headers["cache-control"]) == (200, "no-store")
    assert not Image.open(io.BytesIO(mine.content)).getexif(), "where it was taken is gone from it"
    assert [(await who.browser.get(address)).status_code for who in (taro, ken)] == [404, 404], "nor the other home"
    async with town.house.db.house() as conn:
        sealed = await conn.scalar(text("SELECT sealed FROM school_line_files"))
    assert mine.content not in sealed

    seen = await teacher.browser.get(f"{page}/files/{kept['id']}")
    assert seen.content == mine.content
    nursery = Official(await town.official("staff-minato-nursery"))
    assert (await nursery.browser.get(f"{page}/files/{kept['id']}")).status_code == 404
    other = await writes(teacher, to=["class:芝浜小学校:1年2組"])
    assert (await teacher.browser.get(f"{other}/files/{kept['id']}")).status_code == 404, "of another notice"
    me = (await hana.asks("{ viewer { id } }"))["viewer"]["id"]
    refused = await _replies(teacher, f"{page}/reply/{pupil}/{me}", b"#!/bin/sh")
    assert (refused.status, "JPEG" in refused.text) == (422, True)
    assert (await _replies(teacher, f"{page}/reply/{pupil}/{me}", a_photo())).status == 303
    back = (await _lines(hana))[-1]
    assert (back["text"], [one["mediaType"] for one in back["files"]]) == ("これですか", ["image/jpeg"])
    assert (await hana.browser.get(f"/school-files/{back['files'][0]['id']}")).status_code == 200
    assert await _lines(taro) == []

    async with town.house.db.house() as conn:
        await line_files.forget_old(conn, town.house.today() + timedelta(days=61))
    assert {one["isOver"] for line in await _lines(hana) for one in line["files"]} == {True}
    assert (await hana.browser.get(address)).status_code == 404
    assert "で見られなくなりました" in (await teacher.opens(page, show="lines")).text


async def _replies(teacher: Official, path: str, body: bytes) -> Page:
    file = {"file": ("x.jpg", body, "image/jpeg")}
    return Page(await teacher.browser.post(path, data={"text": "これですか"}, files=file))


async def _lines(person: Person) -> list[dict[str, Any]]:
    told = (await person.asks(LINES))["viewer"]["schools"]["notices"]
    return [line for one in told for line in one["lines"]]
