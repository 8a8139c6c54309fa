"""What does each body hold about me: asked, shown with its time, silent, stopped, gone; with and without a network."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.journeys import looks
from tests.journeys.city import City
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

CARD = "131121-0045123"
"""The number on Ken's seal registration card, as the stand-in holds it."""


def test_ken_looks_up_his_seal_registration_and_stops_it(phone: Phone, city: City) -> None:
    phone.logs_in("ken")
    phone.home_has_filled()
    phone.page.get_by_role("link", name="あなたについての記録を見る").click()
    expect(phone.page.get_by_role("heading", level=1, name="あなたについての記録")).to_be_focused()
    seal = phone.testid("record-seal")
    expect(seal).to_have_attribute("data-state", "NOT_YET")
    _is_told_what_is_sent_and_agrees(phone, seal)
    expect(seal).to_have_attribute("data-state", "KNOWN")
    expect(seal).to_contain_text(re.compile(r"\d{1,2}:\d\d 時点"))
    expect(seal).to_contain_text("登録済み")
    expect(seal).to_contain_text(CARD)
    expect(phone.testid("records-news")).to_have_text("回答を受け取りました。")
    try:
        city.falls("seal", "error")
        _falls_silent(seal)
        _is_read_without_a_network(phone, seal)
    finally:
        city.falls("seal", "ok")
    _stops_and_takes_it_back(phone, seal)
    _who_looked_is_told(phone)
    phone.has_no_complaints()


def _is_told_what_is_sent_and_agrees(phone: Phone, seal: Locator) -> None:
    seal.get_by_role("button", name="印鑑登録を調べる").click()
    panel = seal.get_by_role("group", name="印鑑登録を調べますか")
    expect(panel).to_contain_text("氏名、生年月日、住所")
    expect(panel).to_contain_text("印鑑条例")
    expect(panel.locator("p").first).to_be_focused()
    phone.page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    button = seal.get_by_role("button", name="印鑑登録を調べる")
    expect(button).to_be_focused()
    phone.page.keyboard.press("Enter")
    panel.get_by_role("button", name="同意して調べる").click()


def _falls_silent(seal: Locator) -> None:
    seal.get_by_role("button", name="印鑑登録をもう一度").click()
    expect(seal).to_have_attribute("data-state", "GAP")
    expect(seal).to_contain_text(re.compile(r"\d{1,2}:\d\dから回答がありません"))
    expect(seal).to_contain_text(re.compile(r"表示しているのは \d{1,2}:\d\d 時点の内容です"))
    expect(seal).to_contain_text(CARD)


def _is_read_without_a_network(phone: Phone, seal: Locator) -> None:
    phone.is_under_the_worker()
    phone.goes_offline()
    phone.page.reload()
    expect(phone.testid("records-offline")).to_contain_text("新たに調べることはできません")
    expect(seal).to_contain_text(CARD)
    expect(seal).to_contain_text(re.compile(r"\d{1,2}:\d\d 時点"))
    expect(seal.get_by_role("button", name="印鑑登録をもう一度")).to_be_disabled()
    phone.comes_back_online()
    expect(seal.get_by_role("button", name="印鑑登録をもう一度")).to_be_enabled()


def _stops_and_takes_it_back(phone: Phone, seal: Locator) -> None:
    def stops() -> None:
        seal.get_by_role("button", name="印鑑登録をやめる").click()
        seal.get_by_role("button", name="やめて消す").click()
        expect(seal).to_have_attribute("data-state", "STOPPED")
        expect(seal).not_to_contain_text(CARD)
        assert CARD not in str(phone.keeps("snapshot"))

    stops()
    expect(phone.testid("records-news")).to_contain_text("消しました")
    undo = seal.get_by_role("button", name=re.compile("元に戻す"))
    expect(undo).to_be_focused()
    undo.click()
    expect(seal).to_have_attribute("data-state", "KNOWN")
    expect(seal).to_contain_text(CARD)
    stops()


def _who_looked_is_told(phone: Phone) -> None:
    phone.page.goto("/readings")
    looked = phone.page.get_by_role("listitem").filter(has_text="印鑑登録").first
    expect(looked).to_contain_text("区の戸籍住民課")
    expect(looked).to_contain_text("ご本人の記録をご本人にお示しするため")
    expect(looked).to_contain_text("印鑑条例")


def test_hana_asks_all_of_her_ward_in_three_languages_and_leaves_nothing_behind(phone: Phone, city: City) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    page, faults = phone.page, list[str]()

    def looks_at(name: str) -> None:
        city.picture(page, name)
        faults.extend(looks.faults_of(page, name, looks.FINGER) + looks.runs_off_when_narrow(page, name))

    for button, name in (("English", "en"), ("やさしい日本語", "easy"), ("日本語", "ja")):
        page.goto("/settings")
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("html")).to_have_attribute("data-language", name)
        page.goto("/records")
        expect(phone.testid("operator-WARD")).to_be_visible()
        looks_at(f"records-{name}")
    ward = phone.testid("operator-WARD")
    ward.get_by_role("button", name="区の記録をまとめて調べる").click()
    looks_at("records-agree")
    ward.get_by_role("button", name="同意して調べる").click()
    expect(ward.locator('[data-state="NOT_YET"]')).to_have_count(0)
    expect(ward.locator('[aria-busy="true"]')).to_have_count(0)
    registry = phone.testid("record-registry")
    registry.get_by_text(re.compile("内容を見る")).click()
    expect(registry).to_contain_text("佐藤 ひなた")
    phone.testid("record-seal").get_by_text("送るもの・根拠").click()
    phone.testid("operator-NATION").get_by_text(re.compile("ここからは照会しないもの")).click()
    expect(phone.testid("record-e_tax").get_by_role("link")).to_have_attribute("href", re.compile("^https://"))
    looks_at("records-known")
    page.emulate_media(color_scheme="dark")
    looks_at("records-known-dark")
    page.emulate_media(color_scheme="light", forced_colors="active")
    looks_at("records-known-forced")
    page.emulate_media(forced_colors="none")
    phone.testid("record-seal").get_by_role("button", name="印鑑登録をやめる").click()
    looks_at("records-stop")
    assert not faults, "\n".join(faults)
    page.goto("/settings")
    page.get_by_role("button", name="ログアウト").click()
    page.get_by_role("button", name="消去してログアウトする").click()
    expect(page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()
    for shelf in ("snapshot", "drafts", "outbox", "device", "shown"):
        assert "佐藤" not in str(phone.keeps(shelf)), shelf
    phone.has_no_complaints()


def test_an_answer_that_says_nothing_can_be_asked_for_again_and_an_ended_session_is_told(phone: Phone) -> None:
    show = phone.city.document("ShowRecords")
    fails = True

    def answer(route: Route) -> None:
        if fails and json.loads(route.request.post_data or "{}").get("id") == show:
            route.fulfill(status=200, content_type="application/json", body='{"errors": [{"message": "x"}]}')
        else:
            route.continue_()

    phone.logs_in("fumi")
    phone.home_has_filled()
    phone.context.route("**/graphql", answer)
    phone.page.goto("/records")
    alert = phone.page.get_by_role("alert")
    expect(alert).to_contain_text("うまくいきませんでした")
    fails = False
    alert.get_by_role("button", name="もう一度読み込む").click()
    seal = phone.testid("record-seal")
    expect(seal).to_have_attribute("data-state", "NOT_YET")
    expect(alert).to_have_count(0)

    phone.context.clear_cookies()
    seal.get_by_role("button", name="印鑑登録を調べる").click()
    seal.get_by_role("button", name="同意して調べる").click()
    expect(seal.get_by_role("alert")).to_contain_text("ログインの有効期限が切れました")
    expect(phone.page.get_by_text("もう一度ログインしてください").first).to_be_visible()
    expect(seal).to_have_attribute("data-state", "NOT_YET")
