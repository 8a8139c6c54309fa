"""What officials see of how far their notices came, and the letters that two of them agree to."""

from __future__ import annotations

import re
from uuid import uuid4

import httpx
import pypdfium2
from sqlalchemy import text

from bff.reach.letters import LIVES, Line, forget_old
from bff.reach.paper import as_csv
from notifications.reach import rates, rows
from notifications.reach.ladders import Rung
from notifications.reach.rates import FLOOR
from tests.reach.conftest import Mailbox
from tests.reach.test_climbing import NOON, Round, lives
from tests.town import Town

SEEN = "{ viewer { readings(first: 20) { nodes { purpose { ja } case } } } }"


def test_no_cell_of_a_list_is_a_formula() -> None:
    lines = as_csv([Line("港区芝1-1", "=HYPERLINK(1)", "ja"), Line("+81", "@x", "en")]).decode("utf-8-sig").splitlines()
    assert lines == ["番号,住所,氏名", "1,港区芝1-1,'=HYPERLINK(1)", "2,'+81,'@x"]


async def test_rates_keep_the_floor_and_letters_need_two_and_leave_rows(town: Town, mailbox: Mailbox) -> None:
    hana, her = await lives(town, "hana")
    sports, few = Round(town, NOON), Round(town, NOON)
    strangers = [uuid4() for _ in range(FLOOR)]
    async with town.house.db.house() as conn:
        for one in strangers:
            await conn.execute(
                text("INSERT INTO contacts (resident, ward, language, kept_at) VALUES (:r, '131032', 'ja', now())"),
                {"r": one},
            )
    await sports.is_sent([her, *strangers])
    await few.is_sent([her])
    async with town.house.db.house() as conn:
        await conn.execute(
            text(
                "INSERT INTO notice_acts (resident, notice, number, ward, opened_at)"
                " SELECT resident, :n, number, ward, :a FROM contacts WHERE resident = :w"
            ),
            {"n": sports.id, "a": NOON.replace(hour=18), "w": strangers[0]},
        )
    editor, approver = await town.official("staff-minato-writer"), await town.official("staff-minato-approver")
    page = (await editor.get("/staff/reach")).text
    row = re.sub(r"<[^>]+>", " ", page[page.index(str(sports.id)) :].partition("</tr>")[0])
    assert re.findall(r"[0-9.]+%|—", row) == ["0.0%", "16.6%", "16.6%", "16.6%", "—"]
    told = page[page.index(str(few.id)) :].partition("</tr>")[0]
    assert "5人未満" in told
    assert "%" not in told

    one = await editor.get(f"/staff/reach/{sports.id}")
    assert '<strong data-testid="cohort">5人</strong>' in one.text
    nakamura = await town.official("staff-setagaya-writer")
    assert (await nakamura.get(f"/staff/reach/{sports.id}")).status_code == 404
    ask = f"/staff/reach/{sports.id}/letters"
    assert (await editor.post(ask, data={"note": ""})).status_code == 422
    assert (await editor.post(ask, data={"note": "運動会の案内"})).status_code == 303
    waiting = (await approver.get("/staff/second")).text
    agree = re.search(r"/staff/second/[0-9a-f-]+/agree", waiting)
    assert agree
    assert (await editor.post(agree[0], data={"x": ""})).status_code == 403, "nobody agrees to what they asked for"
    assert (await approver.post(agree[0], data={"x": ""})).status_code == 303
    await town.promises_are_kept()
    link = re.search(r"/staff/reach/letters/[0-9a-f-]+", (await editor.get(f"/staff/reach/{sports.id}")).text)
    assert link
    await letters_for_window_envelopes(editor, nakamura, sports, link[0])
    assert (await nakamura.get(link[0])).status_code in (403, 404)
    rows = (await hana.asks(SEEN))["viewer"]["readings"]["nodes"]
    assert [one["case"] for one in rows if one["purpose"]["ja"] == "未読のお知らせを手紙で送るため"] == ["運動会の案内"]
    page = (await editor.get("/staff/senders")).status_code
    assert page == 403, "keys are an administrator's"
    for change in ("recalled_at = now()", "recalled_at = NULL, marks = '{event:bereavement}'"):
        async with town.house.db.house() as conn:
            await conn.execute(text(f"UPDATE notices SET {change} WHERE id = :n"), {"n": sports.id})
        assert (await editor.get(f"{link[0]}/1")).status_code == 404, change
        assert (await editor.post(ask, data={"note": "もう一度"})).status_code == 404, change
    assert "住民に約束しているので" in (await editor.get(f"/staff/reach/{sports.id}")).text


async def letters_for_window_envelopes(
    editor: httpx.AsyncClient, nakamura: httpx.AsyncClient, sports: Round, link: str
) -> None:
    """By part as a file to print, and whole for a spreadsheet: counted once, as on paper."""
    house = sports.town.house
    assert await sports.step("letter") == (0, 0, 0, 4), "a list is no letter yet"
    part = await editor.get(f"{link}/1")
    sheets = pypdfium2.PdfDocument(part.content)
    listed, letter = (sheets[page].get_textpage().get_text_range() for page in (0, 1))
    assert (len(sheets), "佐藤 はな" in listed) == (2, True), "the list of whom they go to, then a letter each"
    assert "佐藤 はな 様" in letter.replace("\u3000", " ")
    assert "運動会" in letter
    today = house.today()
    assert f"{today.year}年{today.month}月{today.day}日" in letter, "the day in Japan on which it was made"
    for number in (2, 10**20):
        assert (await editor.get(f"{link}/{number}")).status_code == 404
    assert (await nakamura.get(f"{link}/1")).status_code in (403, 404)
    file = await editor.get(link)
    assert "佐藤 はな" in file.content.decode("utf-8-sig")
    assert len(file.content.decode().splitlines()) == 2, "who has no account here has no address here either"
    assert await sports.step("letter") == (1, 0, 0, 4), "printed and taken as a list, and counted once"
    async with house.db.ward("131032") as conn:
        told = await rates.one(conn, "131032", sports.id, house.clock())
    assert told
    assert (told.opened, told.on_paper) == (1, 1), "on paper is not opened"
    page = (await editor.get(f"/staff/reach/{sports.id}")).text
    assert "取り出し済み" in page
    assert 'data-testid="paper">5人未満<' in page
    async with house.db.house() as conn:
        await conn.execute(text("UPDATE reach_letter_parts SET printed_at = NULL"))
        await forget_old(conn, house.clock() + LIVES)
        assert len((await rows.tried(conn, sports.id, Rung.LETTER)).tried) == 4, "what was never printed is no letter"


async def test_an_administrator_makes_a_key_that_is_shown_once_and_takes_it_back(town: Town) -> None:
    boss = await town.official("staff-minato-admin")
    made = await boss.post("/staff/senders", data={"label": "税システム", "scope_notices": "on", "trial": "on"})
    key = re.search(r"kmk_trial_[A-Za-z0-9_-]{43}", made.text)
    assert key, made.text
    told = {"kind": "notice", "subject": "trial-delivers", "at": town.house.clock().isoformat()}
    body = {**told, "title": {"ja": "試し"}, "body": {"ja": "試し"}}
    put = await town.browser().put("/senders/v1/events/t1", json=body, headers={"Authorization": f"Bearer {key[0]}"})
    assert put.status_code == 201
    page = (await boss.get("/staff/senders")).text
    assert key[0] not in page
    assert (await boss.post("/staff/senders", data={"label": "x"})).status_code == 422
    revoke = re.search(r"/staff/senders/keys/[0-9a-f-]+/revoke", page)
    asks = re.search(r"<details><summary>使えなくする.*?/revoke\".*?</details>", page)
    assert asks, "one press does not end a key"
    assert "「税システム」からの送信がすぐに止まります。元に戻せません" in asks[0]
    assert revoke
    other = await town.official("staff-setagaya-writer")
    assert (await other.post(revoke[0], data={"x": ""})).status_code in (403, 404)
    assert (await boss.post(revoke[0], data={"x": ""})).status_code == 303
    again = await town.browser().put("/senders/v1/events/t2", json=body, headers={"Authorization": f"Bearer {key[0]}"})
    assert again.status_code == 401
