"""A notice with a plan of the way and a photograph: attached by one, agreed to by another, opened by who got it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import httpx
from PIL import Image

from bff.mail.attaching import named_as
from notifications.attachments import store
from tests.others.ward import at_work
from tests.paper.drawn import pdf
from tests.staff.desk import MINATO, SETAGAYA, Official, Page
from tests.town import Person, Town
from tests.uploads.test_uploads import HIDDEN, a_photo, an_object_stream

INBOX = "{ viewer { inbox { nodes { id attachments { id name mediaType size pages keptUntil } } } } }"


async def attaches(official: Official, path: str, body: bytes, name: str, until: str) -> Page:
    file = {"file": (name, body, "application/octet-stream")}
    sent = await official.browser.post(f"{path}/attachments", data={"kept_until": until}, files=file)
    return Page(sent)


async def files_of(person: Person) -> list[dict[str, Any]]:
    nodes = (await person.asks(INBOX))["viewer"]["inbox"]["nodes"]
    return [file for node in nodes for file in node["attachments"]]


def width(answer: httpx.Response) -> int:
    return int(Image.open(io.BytesIO(answer.content)).width)


def test_a_name_keeps_no_folder_and_no_hidden_sign_and_gets_the_ending_of_what_it_is() -> None:
    assert named_as("C:\\人事\\地図.PDF", "application/pdf") == "地図.pdf"
    assert named_as("evil\u202efdp.exe", "image/png") == "evilfdp.png"
    assert named_as("../../..", "image/jpeg") == "添付.jpg"
    assert len(named_as("長" * 300 + ".pdf", "application/pdf")) <= 120


async def test_a_file_is_looked_at_attached_read_by_who_got_it_and_by_nobody_else(town: Town) -> None:
    hana, taishido = await town.resident("hana"), await town.resident("ken")
    watanabe, kobayashi = await at_work(town, "渡辺", MINATO), await at_work(town, "小林", MINATO)
    today = town.house.today()
    until = (today + timedelta(days=30)).isoformat()
    path = await watanabe.writes(act_by=until, slot=[])
    white = Image.new("RGB", (1240, 1754), "white")
    for body, name, day, why in (
        (b"MZ\x90\x00", "a.exe", until, "画像"),
        (an_object_stream(b"/Filter /FlateDecode", HIDDEN), "a.pdf", until, "PDF"),
        (a_photo(), "123456789018.jpg", until, "番号"),
        (a_photo(), "a.jpg", (today - timedelta(days=1)).isoformat(), "最終日"),
        (a_photo(), "a.jpg", "いつか", "最終日"),
    ):
        refused = await attaches(watanabe, path, body, name, day)
        assert (refused.status, why in refused.text) == (422, True), refused.text
    assert (await attaches(watanabe, path, pdf([white, white]), "道順.pdf", until)).status == 303
    assert (await attaches(watanabe, path, a_photo(size=(60, 40)), "校門.jpg", until)).status == 303
    page = await watanabe.opens(f"{path}/attachments")
    assert "道順.pdf" in page.text
    setagaya = await at_work(town, "中村", SETAGAYA)
    assert (await setagaya.opens(f"{path}/attachments")).status == 404

    await watanabe.asks_for_approval(path)
    assert (await attaches(watanabe, path, a_photo(), "後から.jpg", until)).status == 422
    version = (await kobayashi.opens(f"{path}/approve")).value("version")
    assert (await kobayashi.sends(f"{path}/approve", {"version": version})).status == 303
    await town.promises_are_kept()

    plan, photo = await files_of(hana)
    assert (plan["name"], plan["mediaType"], plan["pages"]) == ("道順.pdf", "application/pdf", 2)
    assert (photo["name"], photo["pages"], photo["keptUntil"]) == ("校門.jpg", 0, until)
    whole = await hana.browser.get(f"/mail/files/{plan['id']}")
    assert whole.content.startswith(b"%PDF-")
    assert whole.headers["content-disposition"].startswith("attachment")
    assert whole.headers["cache-control"] == "no-store"
    assert width(await hana.browser.get(f"/mail/files/{plan['id']}/2")) == 1240
    assert width(await hana.browser.get(f"/mail/files/{photo['id']}")) == 40, "upright, as it was held"
    for browser, expected in ((hana.browser, 404), (taishido.browser, 404), (town.browser(), 401)):
        for number in (3, 10**20):
            assert (await browser.get(f"/mail/files/{plan['id']}/{number}")).status_code == expected
    assert (await taishido.browser.get(f"/mail/files/{plan['id']}")).status_code == 404
    assert await files_of(taishido) == []
    async with town.house.db.house() as conn:
        assert await store.forget_old(conn, today + timedelta(days=31)) == 2
    assert (await hana.browser.get(f"/mail/files/{plan['id']}")).status_code == 404
    assert len(await files_of(hana)) == 2, "its name and its day still say why"
