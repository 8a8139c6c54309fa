"""Who comes in, and from where."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.staff.desk import MINATO, Desk, Official, Page, letter


async def test_somebody_who_is_not_signed_in_is_shown_the_way_to_sign_in(desk: Desk) -> None:
    page = Page(await desk.browser().get("/staff"))
    assert page.status == 200
    assert ">職員アカウントでログイン</a>" in page.html
    assert "/staff/login/start?to=%2Fstaff" in page.html


@pytest.mark.parametrize("path", ["/staff/broadcasts/new", "/staff/broadcasts/0b8c5f9e-0000-4000-8000-000000000000"])
async def test_somebody_who_is_not_signed_in_is_sent_to_sign_in_and_back(desk: Desk, path: str) -> None:
    page = Page(await desk.browser().get(path))
    assert page.status == 303
    there = Page(await desk.browser().get(page.goes_to))
    assert "ログインしてください" in there.text
    assert "/staff/login/start?to=" + path.replace("/", "%2F") in there.html


async def test_the_way_back_never_leads_out_of_the_staff_pages(desk: Desk) -> None:
    for to in ("https://evil.test", "//evil.test", "/staff/../login", "/staff//evil.test/\\"):
        page = Page(await desk.browser().get("/staff", params={"to": to}))
        assert '/staff/login/start?to=%2Fstaff"' in page.html or to == "/staff//evil.test/", to


async def test_a_cancelled_login_is_said_plainly(desk: Desk) -> None:
    page = Page(await desk.browser().get("/staff?login=cancelled"))
    assert "ログインを取りやめました" in page.text


async def test_a_session_that_ended_while_writing_loses_nothing(desk: Desk, watanabe: Official) -> None:
    desk.house.time += timedelta(minutes=31)
    page = await watanabe.sends("/staff/broadcasts/new", letter(body_ja="一行目\n<b>二行目</b>"))
    assert page.status == 401
    assert "入力した内容はこの画面に残っています" in page.text
    assert page.value("body_ja") == "一行目\n<b>二行目</b>"
    back = await desk.official("渡辺", MINATO, "editor")
    fields = {name: page.value(name) for name in ("key", "kind", "title_ja", "body_ja", "act_by", "s2_unit", "do")}
    again = await back.sends("/staff/broadcasts/new", {**fields})
    assert again.status == 303


async def test_a_live_count_stops_asking_when_the_session_has_ended(desk: Desk, watanabe: Official) -> None:
    path = await watanabe.writes()
    desk.house.time += timedelta(hours=11)
    answer = await watanabe.browser.get(f"{path}/counts", headers={"HX-Request": "true"})
    assert answer.status_code == 286
    assert "有効期限が切れました" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.test"},
        {"Origin": "https://kurashimado.test.evil.test"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-Nothing": "said"},
    ],
)
async def test_a_post_from_another_origin_is_refused(desk: Desk, watanabe: Official, headers: dict[str, str]) -> None:
    stranger = desk.browser(**headers)
    stranger.cookies = watanabe.browser.cookies
    page = Page(await stranger.post("/staff/broadcasts/new", data=letter()))
    assert page.status == 403
    assert "別のサイトから送られたため" in page.text
    assert "お知らせはまだありません" in (await watanabe.opens("/staff")).text


@pytest.mark.parametrize("hidden", [{}, {"Origin": "null"}])
async def test_a_browser_that_hides_its_origin_but_stays_on_our_site_is_let_in(
    desk: Desk, watanabe: Official, hidden: dict[str, str]
) -> None:
    shy = desk.browser(**hidden, **{"Sec-Fetch-Site": "same-origin"})
    shy.cookies = watanabe.browser.cookies
    assert (await shy.post("/staff/broadcasts/new", data=letter())).status_code == 303


async def test_an_expected_refusal_is_answered_at_the_door_and_is_no_defect(
    desk: Desk, watanabe: Official, kobayashi: Official
) -> None:
    path = await watanabe.writes()
    stranger = desk.browser(Origin="https://evil.test")
    answers = [
        (303, await desk.browser().get(path)),
        (401, await desk.browser().post(f"{path}/stop", data={"note": "止めたい"})),
        (403, await stranger.post("/staff/broadcasts/new", data=letter())),
        (403, await kobayashi.browser.post(f"{path}/edit", data={**letter(version="1")})),
        (404, await watanabe.browser.get("/staff/broadcasts/nothing")),
        (404, await watanabe.browser.get("/staff", params={"after": "nothing"})),
        (400, await watanabe.browser.post("/staff/broadcasts/new", json={})),
        (400, await watanabe.browser.get("/staff/broadcasts/size?languages=%ff")),
        (413, await watanabe.browser.post("/staff/broadcasts/new", data={"body_ja": "x" * 300_000})),
        (409, await watanabe.browser.post(f"{path}/stop", data={"note": "止めたい"})),
        (422, await watanabe.browser.post("/staff/broadcasts/new", data=letter(title_ja=""))),
    ]
    assert [answer.status_code for _, answer in answers] == [expected for expected, _ in answers]
    assert desk.defects == []


async def test_another_wards_official_sees_nothing_of_it(watanabe: Official, nakamura: Official) -> None:
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    assert "お知らせはまだありません" in (await nakamura.opens("/staff")).text
    for page in ("", "/edit", "/approve", "/send-back", "/stop", "/counts"):
        seen = await nakamura.opens(path + page)
        assert seen.status == 404, page
        assert "就学時健康診断" not in seen.text
    for act in ("/edit", "/ask", "/approve", "/send-back", "/stop"):
        tried = await nakamura.sends(path + act, {**letter(), "version": "1", "note": "よその区から"})
        assert tried.status == 404, act
    assert (await watanabe.opens(path)).at("broadcast-state") == "承認待ち"


async def test_an_address_that_is_no_broadcast_is_explained(watanabe: Official) -> None:
    for path in ("/staff/broadcasts/nothing", "/staff/broadcasts/0b8c5f9e-0000-4000-8000-000000000000"):
        page = await watanabe.opens(path)
        assert page.status == 404
        assert "ページが見つかりません" in page.text


async def test_what_an_official_wrote_is_never_markup(watanabe: Official) -> None:
    path = await watanabe.writes(title_ja="<script>alert(1)</script>", body_ja='"><img src=x onerror=alert(1)>')
    for page in ("/staff", path, f"{path}/edit"):
        html = (await watanabe.opens(page)).html
        assert "<script>alert" not in html
        assert "<img" not in html
