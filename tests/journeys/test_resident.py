"""A resident with her phone: from the card to the receipt, with and without a network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import paperwork
from tests.journeys.city import City, eventually
from tests.journeys.paperwork import ALLOWANCE, HINATA, text_field
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

SIX = ("registry", "childcare", "care", "national", "school", "electricity")


def test_hana_has_the_child_allowance_raised_in_the_underground_and_the_ward_answers(phone: Phone, city: City) -> None:
    phone.logs_in("hana")
    _home_tells_everything(phone)
    paperwork.opens_form(phone, HINATA)
    _form_is_filled_in_with_source_and_time(phone)

    phone.is_under_the_worker()
    phone.goes_offline()
    _each_answer_is_on_the_device_at_once(phone)
    _the_app_starts_again_without_a_network(phone)
    paperwork.reads_over(phone.page)
    phone.page.get_by_role("button", name="送信する（通信が戻ると送ります）").click()
    expect(phone.page.get_by_text("送信待ち", exact=True)).to_be_visible()
    expect(phone.testid("hand-in")).to_contain_text("別居監護申立書")
    sent = phone.page.url
    phone.page.goto("/")
    expect(phone.testid("outbox-count")).to_have_text("未送信 1件")

    phone.comes_back_online()
    expect(phone.testid("outbox-count")).to_have_count(0)
    phone.page.goto(sent)
    number = paperwork.receipt(phone.page)
    expect(phone.testid("hand-in")).to_contain_text("持参するか郵送")
    paperwork.is_received_once(phone, "佐藤 はな", ALLOWANCE, number)
    _the_ward_moves_it(phone, city)
    phone.has_no_complaints()


def _home_tells_everything(phone: Phone) -> None:
    phone.home_has_filled()
    for source in SIX:
        expect(phone.testid(f"source-{source}")).to_have_attribute("data-state", "KNOWN")
    for bundle in ("childcare", "moving_out", "care"):
        expect(phone.testid(f"bundle-{bundle}")).to_be_visible()
    card = phone.testid(f"step-{HINATA}")
    expect(card).to_have_attribute("data-state", "DUE")
    expect(card).to_contain_text(re.compile(r"あと\d+日"))
    expect(card).to_contain_text(re.compile(r"\d{1,2}:\d\d 時点"))


def _form_is_filled_in_with_source_and_time(phone: Phone) -> None:
    name = phone.page.locator(".known > .facts > div", has_text="氏名（カナ）").first
    expect(name).to_contain_text("サトウ ハナ")
    expect(name).to_contain_text(re.compile(r"から・.*\d{1,2}:\d\d"))
    expect(phone.page.locator(".known").first).to_contain_text("東京都港区芝浦三丁目9番14号")
    name.get_by_role("button", name="「氏名（カナ）」を直す").click()
    field = text_field(phone.page, "氏名（カナ）")
    expect(field).to_be_focused()
    expect(field).to_have_value("サトウ ハナ")
    expect(field).to_have_accessible_description(re.compile("区の住民記録の窓口にお知らせください"))


def _each_answer_is_on_the_device_at_once(phone: Phone) -> None:
    def is_kept(**expected: object) -> None:
        drafts = eventually(
            lambda: [draft for draft in phone.keeps("drafts") if expected.items() <= draft["answers"].items()]
        )
        assert drafts, phone.keeps("drafts")
        expect(phone.testid("draft-saved")).to_be_visible()

    page = phone.page
    text_field(page, "日中つながる電話番号").fill("090-1234-5678")
    is_kept(claimant_phone="090-1234-5678")
    text_field(page, "ほかに伝えたいこと").fill("上の子は小学生です")
    is_kept(remarks="上の子は小学生です")
    paperwork.choose(page, "お子さんと同居していますか", "はい")
    is_kept(living_together=True)
    paperwork.choose(page, "22歳の年度末までの", "いいえ")
    is_kept(older_children=False)
    page.get_by_role("checkbox", name="記載内容は事実と相違なく").check()
    is_kept(agreed=True)


def _the_app_starts_again_without_a_network(phone: Phone) -> None:
    page = phone.page
    page.reload()
    expect(text_field(page, "日中つながる電話番号")).to_have_value("090-1234-5678")
    expect(text_field(page, "ほかに伝えたいこと")).to_have_value("上の子は小学生です")
    expect(page.get_by_role("checkbox", name="記載内容は事実と相違なく")).to_be_checked()
    page.goto("/")
    expect(phone.testid("offline-banner")).to_contain_text(
        re.compile(r"オフラインです.*\d{1,2}:\d\d 時点の内容", re.DOTALL)
    )
    expect(phone.testid(f"step-{HINATA}")).to_contain_text(re.compile(r"\d{1,2}:\d\d 時点"))
    phone.opens_step(HINATA)
    expect(page.get_by_role("heading", level=1, name="児童手当の額の変更")).to_be_visible()
    expect(phone.testid("offline-banner")).to_be_visible()
    page.get_by_role("link", name="申請書の続きを書く").click()
    expect(text_field(page, "ほかに伝えたいこと")).to_have_value("上の子は小学生です")


def _the_ward_moves_it(phone: Phone, city: City) -> None:
    application = city.received("佐藤 はな", ALLOWANCE)[0]
    receipt = phone.page.locator("[data-app]").first
    expect(receipt).to_have_attribute("data-app", "RECEIVED")
    expect(phone.page.get_by_text(application["number"])).to_be_visible()
    city.ward_moves(application["number"], "checking")
    expect(receipt).to_have_attribute("data-app", "CHECKING")
    city.ward_moves(application["number"], "decided", "12月10日に通知書を郵送します。")
    expect(receipt).to_have_attribute("data-app", "DECIDED")
    expect(phone.testid("wards-words")).to_contain_text("12月10日に通知書を郵送します。")


def test_a_ward_office_that_is_down_is_a_gap_and_the_rest_of_ken_s_home_stands(phone: Phone, city: City) -> None:
    phone.logs_in("ken")
    phone.home_has_filled()
    try:
        city.falls("childcare", "error")
        phone.refresh.click()
        gap = phone.testid("source-childcare")
        expect(gap).to_have_attribute("data-state", "GAP")
        expect(gap).to_contain_text(re.compile(r"\d{1,2}:\d\d 時点"))
        for source in set(SIX) - {"childcare"}:
            expect(phone.testid(f"source-{source}")).to_have_attribute("data-state", "KNOWN")
        for bundle in ("childcare", "moving_out", "care"):
            expect(phone.testid(f"bundle-{bundle}")).to_be_visible()
        city.falls("childcare", "ok")
        expect(phone.refresh).to_be_enabled()
        phone.refresh.click()
        expect(gap).to_have_attribute("data-state", "KNOWN")
    finally:
        city.falls("childcare", "ok")
    phone.has_no_complaints()
