"""The second factor: enrolled in time, shown at every login, and reset by two people when it is lost."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import text

from bff.identity import staff
from bff.identity.devices import device_name
from tests.identity.authenticator import Authenticator
from tests.staff.desk import MINATO, Desk, Official, Page
from tests.staff.passkeys import authenticator, shows


class Phone:
    """An official's own authenticator."""

    def __init__(self, credential: bytes | None = None) -> None:
        self.authenticator = Authenticator(credential=credential) if credential else authenticator()

    async def enrols(self, official: Official, name: str = "私の端末") -> Page:
        return Page(await shows(official.browser, self.authenticator, name=name, to="/staff/services", add="1"))

    async def shows(self, official: Official) -> Page:
        return Page(await shows(official.browser, self.authenticator, to="/staff/services"))


async def comes(desk: Desk, name: str, *roles: str) -> Official:
    """Signed in at the ward's provider, and not yet further."""
    return await desk.official(name, MINATO, *roles, rose=False)


async def test_who_comes_first_enrols_and_who_comes_again_shows_it(desk: Desk) -> None:
    phone, mori = Phone(), await comes(desk, "森", "operator")
    before = mori.browser.cookies["__Host-staff"]
    assert (await mori.opens("/staff/services")).goes_to.startswith("/staff/passkey")
    assert (await phone.enrols(mori)).goes_to == "/staff/services"
    assert (await mori.opens("/staff/services")).status == 200
    assert mori.browser.cookies["__Host-staff"] != before, "a session that rises goes on under another token"
    stale = desk.browser()
    stale.cookies.set("__Host-staff", before)
    assert "職員アカウントでログイン" in Page(await stale.get("/staff")).text

    again = await comes(desk, "森", "operator")
    page = await again.opens("/staff/passkey")
    assert "パスキーで確認する" in page.text
    stranger = await Phone(phone.authenticator.credential).shows(again)
    assert (stranger.status, "確認できませんでした" in stranger.text) == (422, True)
    garbage = await again.sends("/staff/passkey/check", {"answer": "[1]", "to": ""})
    assert garbage.status == 422
    assert (await phone.shows(again)).goes_to == "/staff/services"
    assert (await again.opens("/staff/services")).status == 200
    assert desk.defects == []


async def test_who_has_a_passkey_enrols_no_other_one_without_showing_it(desk: Desk) -> None:
    phone, mori = Phone(), await comes(desk, "森", "operator")
    await phone.enrols(mori)
    thief = await comes(desk, "森", "operator")
    assert 'data-passkey="check"' in (await thief.opens("/staff/passkey", add="1")).html
    refused = await thief.sends("/staff/passkey/enrol", {"answer": "{}", "name": "盗"})
    assert "パスキーで確認してください" in refused.text
    assert (await Phone().enrols(mori, "2台目")).status == 303
    assert "2台目" in (await mori.opens("/staff/me")).at("passkeys")


async def test_the_time_to_enrol_ends_and_nobody_tries_out_a_real_house(desk: Desk) -> None:
    desk.enrol = timedelta(minutes=30)
    ishii = await comes(desk, "石井", "case_worker")
    desk.house.time += timedelta(minutes=29)
    assert "パスキーを登録する" in (await ishii.opens("/staff/passkey")).text
    desk.house.time += timedelta(minutes=2)
    late = await ishii.opens("/staff/passkey")
    assert "期間が過ぎています" in late.text
    assert "パスキーなしで試す" not in late.text
    assert (await ishii.sends("/staff/passkey/enrol", {"answer": "{}"})).status == 200
    assert (await ishii.sends("/staff/passkey/try-out", {})).status == 200
    assert (await ishii.opens("/staff")).goes_to.startswith("/staff/passkey")
    desk.house.tries_out = True
    assert (await ishii.sends("/staff/passkey/try-out", {"to": "//evil.test"})).goes_to == "/staff"
    assert (await ishii.opens("/staff")).status == 200
    mine = await ishii.opens("/staff/me")
    assert ("確認なし（お試しの環境）" in mine.text, "パスキーで確認済み" in mine.text) == (True, False)
    desk.house.asks_passkey = False
    mori = await desk.official("森", MINATO, "editor", rose=False)
    mine = await mori.opens("/staff/me")
    assert "パスキーの確認なし（確認しない設定）" in mine.text
    assert "パスキーで確認済み" not in mine.text


async def test_a_lost_passkey_is_reset_by_two_and_all_of_it_is_in_the_record(desk: Desk) -> None:
    phone, mori = Phone(), await comes(desk, "森", "operator")
    await phone.enrols(mori)
    ueda = await desk.official("上田", MINATO, "administrator")
    path = re.findall(r'href="(/staff/people/[0-9a-f-]+)">森', (await ueda.opens("/staff/people")).html)[0]
    assert (await ueda.sends(f"{path}/reset", {"note": ""})).status == 422
    asked = await ueda.sends(f"{path}/reset", {"note": "端末を紛失。来庁して本人を確認"})
    assert asked.goes_to == f"{path}?done=reset_asked"
    assert (await ueda.sends(f"{path}/reset", {"note": "もう一度"})).goes_to == f"{path}?done=reset_waits"
    assert (await mori.opens("/staff/services")).status == 200, "nothing happens before the second person agrees"

    page = await ueda.opens("/staff/second")
    assert "別の職員の確認を待っています" in page.at("ask")
    (ask,) = set(await _asks(desk))
    assert (await ueda.sends(f"/staff/second/{ask}/agree", {})).status == 403
    elsewhere = await desk.official("別区", "131121", "administrator")
    assert (await elsewhere.sends(f"/staff/second/{ask}/agree", {})).status == 404
    kobayashi = await desk.official("小林", MINATO, "approver")
    assert (await kobayashi.sends(f"/staff/second/{ask}/agree", {})).goes_to == "/staff/second?done=agreed"
    assert (await kobayashi.sends(f"/staff/second/{ask}/agree", {})).status == 404

    assert "職員アカウントでログイン" in (await mori.opens("/staff")).text, "all their sessions have ended"
    again = await comes(desk, "森", "operator")
    assert (await Phone().enrols(again, "新しい端末")).status == 303
    ono = await desk.official("大野", MINATO, "auditor")
    record = (await ono.opens("/staff/audit")).text
    for told in (
        "パスキーの登録 実施 新しい端末",
        "依頼 森 端末を紛失。来庁して本人を確認",
        "実施 森（上田） 端末を紛失",
    ):
        assert told in record, record
    assert desk.defects == []


async def test_the_administrator_ends_a_session_and_gives_no_role(desk: Desk) -> None:
    mori, ueda = await desk.official("森", MINATO, "operator"), await desk.official("上田", MINATO, "administrator")
    path = f"/staff/people/{mori.id}"
    page = await ueda.opens(path)
    assert "ここでは変えられません" in page.text
    (session,) = re.findall(rf'action="{path}/sessions/([0-9a-f-]+)/end"', page.html)
    elsewhere = await desk.official("別区", "131121", "administrator")
    for act in ("", "/reset"):
        assert (await elsewhere.opens(path + act)).status == 404
    assert (await elsewhere.sends(f"{path}/sessions/{session}/end", {})).status == 404
    assert (await mori.opens("/staff")).status == 200
    assert (await ueda.sends(f"{path}/sessions/{session}/end", {})).status == 303
    assert "職員アカウントでログイン" in (await mori.opens("/staff")).text


async def test_an_official_ends_the_session_on_another_device(desk: Desk) -> None:
    here, there = await desk.official("森", MINATO, "operator"), await desk.official("森", MINATO, "operator")
    (other,) = re.findall(r'action="/staff/me/sessions/([0-9a-f-]+)/end"', (await here.opens("/staff/me")).html)
    assert (await here.sends(f"/staff/me/sessions/{other}/end", {})).status == 303
    assert "職員アカウントでログイン" in (await there.opens("/staff")).text
    assert (await here.opens("/staff")).status == 200


async def test_a_planned_outage_waits_for_two_where_the_ward_says_so(desk: Desk) -> None:
    table = dict(desk.house.acts.table)
    table["services_plan"] = type(table["services_plan"])(roles=("operator",), others=("approver",))
    desk.house.acts = type(desk.house.acts)(table)
    mori, kobayashi = await desk.official("森", MINATO, "operator"), await desk.official("小林", MINATO, "approver")
    plan: dict[str, str | list[str]] = {"begins": "2026-12-01T22:00", "ends": "2026-12-02T02:00"}
    plan |= {"text_ja": "点検です。", "text_easy": "てんけんです。", "text_en": "Maintenance."}
    path = "/staff/services/school"
    assert (await mori.sends(f"{path}/outage", plan)).goes_to == f"{path}?done=plan_asked"
    assert 'data-testid="outage"' not in (await mori.opens(path)).html
    (ask,) = await _asks(desk)
    assert (await kobayashi.sends(f"/staff/second/{ask}/agree", {})).status == 303
    assert "点検です。" in (await mori.opens(path)).at("outage")
    assert "（森" in (await mori.opens(path)).at("outage"), "it is the plan of who asked for it"


async def test_what_a_browser_calls_itself_is_shortened_and_never_repeated() -> None:
    edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
    iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/1 Safari/604.1"
    assert device_name(edge) == "Windows・Edge"
    assert device_name(iphone) == "iPhone・Safari"
    assert device_name("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0 Safari/537.36") == "Linux・Chrome"
    assert device_name("<script>") == "不明な端末"


async def test_a_browser_is_new_once_for_each_official(desk: Desk) -> None:
    mori = await desk.official("森", MINATO, "operator")
    async with desk.house.db.house() as conn:
        seen = [await staff.is_new_device(conn, mori.id, secret, desk.house.time) for secret in ("a", "a", "b", "a")]
    assert seen == [True, False, True, False]


async def _asks(desk: Desk) -> list[str]:
    async with desk.house.db.ward(MINATO) as conn:
        rows = await conn.execute(text("SELECT id::text FROM staff_asks WHERE decided_at IS NULL"))
        return list(rows.scalars())
