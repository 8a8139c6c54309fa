"""A form that forgives: mistakes are named where they are, a My Number stays out, any hand and any language will do."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from life_events.individual_number import check_digit
from tests.journeys import paperwork
from tests.journeys.paperwork import HINATA, text_field
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

INDIVIDUAL_NUMBER = "123456789018"


def test_hana_s_mistakes_are_named_and_lead_to_their_places(phone: Phone) -> None:
    _opens_the_form(phone)
    page = phone.page
    page.get_by_role("button", name="入力内容を確認する").click()

    summary = page.get_by_role("alert")
    expect(summary.get_by_role("heading", name=re.compile(r"\d+か所、確認が必要です"))).to_be_visible()
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="日中つながる電話番号").click()
    telephone = text_field(page, "日中つながる電話番号")
    expect(telephone).to_be_focused()
    expect(telephone).to_have_attribute("aria-invalid", "true")
    expect(telephone).to_have_accessible_description(re.compile("「日中つながる電話番号」を入力してください。"))

    telephone.fill("でんわ")
    text_field(page, "ほかに伝えたいこと").click()
    expect(telephone).to_have_accessible_description(re.compile("形式が正しくありません"))
    telephone.fill("０９０－１２３４－５６７８")
    text_field(page, "ほかに伝えたいこと").click()
    expect(telephone).to_have_value("090-1234-5678")
    expect(telephone).to_have_attribute("aria-invalid", "false")
    phone.has_no_complaints()


def test_a_my_number_typed_in_by_mistake_never_leaves_hana_s_screen(phone: Phone) -> None:
    assert check_digit(INDIVIDUAL_NUMBER[:-1]) == int(INDIVIDUAL_NUMBER[-1])
    bodies: list[str] = []
    phone.context.on("request", lambda request: bodies.append(request.post_data or ""))
    _opens_the_form(phone)
    page = phone.page
    remarks = text_field(page, "ほかに伝えたいこと")
    remarks.fill(f"芝浦 {INDIVIDUAL_NUMBER}")
    remarks.blur()
    expect(remarks).to_have_accessible_description(re.compile("マイナンバー（個人番号）が含まれています"))
    expect(page.get_by_test_id("draft-saved")).to_be_visible()

    page.get_by_role("button", name="入力内容を確認する").click()
    expect(page.get_by_role("alert").get_by_role("link", name="マイナンバー")).to_be_visible()
    assert INDIVIDUAL_NUMBER not in str([phone.keeps(shelf) for shelf in ("drafts", "outbox", "snapshot", "device")])
    assert not [body for body in bodies if INDIVIDUAL_NUMBER in body]
    phone.has_no_complaints()


def test_the_language_changes_in_the_underground(phone: Phone) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    phone.is_under_the_worker()
    phone.goes_offline()
    page = phone.page
    page.goto("/settings")
    for button, language, home, allowance in (
        ("English", "en", "Home", "Change your child allowance"),
        ("やさしい日本語", "ja", "ホーム", "児童手当の お金を かえる 届け"),
        ("日本語", "ja", "ホーム", "児童手当の額の変更"),
    ):
        page.get_by_role("navigation").get_by_role("link").last.click()
        page.get_by_role("button", name=button, exact=True).click()
        page.get_by_role("navigation").get_by_role("link", name=home).click()
        expect(phone.testid(f"step-{HINATA}").get_by_role("heading", name=allowance)).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.reload()
        expect(phone.testid(f"step-{HINATA}").get_by_role("heading", name=allowance)).to_be_visible()
    phone.has_no_complaints()


def _opens_the_form(phone: Phone) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    paperwork.opens_form(phone, HINATA)
