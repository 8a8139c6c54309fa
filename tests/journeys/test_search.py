"""Anybody finds a procedure by everyday words: before signing in, without a network, by eye, ear and thumb."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import looks
from tests.journeys.city import City
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow


def _asks(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)


def _found(page: Page) -> Locator:
    return page.get_by_role("list", name="見つかった手続き").get_by_role("heading", level=2)


def test_somebody_who_has_not_signed_in_finds_the_notice_of_a_birth(phone: Phone) -> None:
    page = phone.page
    page.goto("/")
    page.get_by_role("link", name="ログインせずに手続きをさがす").click()
    expect(page.get_by_role("search")).to_be_visible()
    _asks(page, "赤ちゃんが生まれた")
    expect(_found(page).first).to_have_text("出生届")
    expect(page.locator("main").get_by_role("status")).to_contain_text("件見つかりました")
    expect(page.get_by_test_id("found-birth_notice")).to_contain_text("戸籍法49条")
    _found(page).first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1, name="出生届")).to_be_visible()
    expect(page.get_by_role("definition").filter(has_text="戸籍法49条")).to_be_visible()
    expect(page.get_by_role("heading", name="内容の確かさ")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("赤ちゃんが生まれた")
    expect(_found(page).first).to_have_text("出生届")
    phone.has_no_complaints()


def test_without_a_network_the_whole_catalogue_is_still_there(phone: Phone) -> None:
    page = phone.page
    phone.has_the_app()
    phone.goes_offline()
    page.goto("/search?q=ひっこし+ごみ")
    expect(_found(page).first).to_be_visible()
    _asks(page, "moving")
    expect(page.get_by_test_id("found-move_out_notice")).to_be_visible()
    page.get_by_test_id("found-move_out_notice").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1, name="転出届")).to_be_visible()
    page.goto("/events")
    page.get_by_test_id("event-care").get_by_role("link").click()
    expect(page.get_by_role("heading", level=2, name="要介護認定の申請")).to_be_visible()
    phone.has_no_complaints()


def test_what_is_not_there_is_said_with_another_way(phone: Phone) -> None:
    phone.has_the_app()
    phone.page.goto("/search")
    _asks(phone.page, "天気予報")
    expect(phone.page.locator("main").get_by_role("status")).to_have_text("見つかりませんでした")
    phone.page.get_by_role("link", name="できごとから選ぶ").click()
    expect(phone.page.get_by_role("heading", level=1, name="できごとから選ぶ")).to_be_visible()
    phone.page.goto("/procedure/no_such_thing")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("この手続きは見つかりません")


def test_a_procedure_of_her_own_plan_leads_to_her_step(phone: Phone) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    phone.page.get_by_role("link", name="手続きをことばでさがす").click()
    _asks(phone.page, "じどうてあて")
    answer = phone.page.get_by_test_id("found-child_allowance_claim")
    expect(answer).to_contain_text("あなたのホームにあります")
    answer.get_by_role("link").click()
    phone.page.get_by_role("link", name="の手続きを見る").first.click()
    expect(phone.page.get_by_role("heading", level=1, name="児童手当の請求")).to_be_visible()
    assert "/step/child_allowance_claim" in phone.page.url
    phone.has_no_complaints()


def test_an_event_that_nobody_is_asked_about_begins_when_she_says_so(phone: Phone) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    expect(phone.testid("bundle-bereavement")).to_have_count(0)
    phone.page.get_by_role("link", name="できごとから選ぶ").click()
    phone.page.get_by_test_id("event-bereavement").get_by_role("link").click()
    phone.page.get_by_role("button", name="このできごとの手続きを始める").click()
    expect(phone.page.get_by_role("button", name="このできごとの手続きを始める")).to_have_count(0)
    phone.page.get_by_role("link", name="くらしまど").click()
    expect(phone.testid("bundle-bereavement")).to_be_visible()
    phone.has_no_complaints()


def test_by_keyboard_alone_the_first_answer_opens(phone: Phone) -> None:
    page = phone.page
    phone.has_the_app()
    page.goto("/search")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("water")
    expect(page.get_by_test_id("found-water")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{phone.city.origin}/procedure/water")


def test_the_public_screens_are_for_every_eye_and_thumb(phone: Phone, city: City) -> None:
    page, faults = phone.page, []
    phone.has_the_app()
    for name, address in (
        ("search", "/search"),
        ("search-found", "/search?q=引っ越し"),
        ("search-none", "/search?q=天気予報"),
        ("events", "/events"),
        ("event", "/events/care"),
        ("procedure", "/procedure/care_certification"),
        ("procedure-full", "/procedure/pregnancy_support_first"),
    ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("読み込んでいます")
        city.picture(page, name)
        faults += looks.faults_of(page, name, looks.FINGER) + looks.runs_off_when_narrow(page, name)
    page.goto("/open/")
    city.picture(page, "open")
    faults += looks.faults_of(page, "open", looks.POINTER) + looks.runs_off_when_narrow(page, "open")
    assert faults == []
