"""Addresses nobody meant, and a session that ended: each is met with a plain word."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow


def test_an_address_that_cannot_be_read_is_a_page_that_is_not_there(phone: Phone) -> None:
    phone.logs_in("gaiji")
    phone.home_has_filled()
    phone.page.goto("/step/%E0%A4%A")
    expect(phone.page.get_by_role("heading", level=1, name="ページが見つかりません")).to_be_visible()
    phone.page.get_by_role("link", name="ホームへ").click()
    phone.home_has_filled()
    phone.has_no_complaints()


def test_an_old_address_with_trouble_in_it_does_not_frighten_who_is_signed_in(phone: Phone) -> None:
    phone.logs_in("gaiji")
    phone.home_has_filled()
    phone.page.goto("/?login=locked")
    phone.home_has_filled()
    expect(phone.page).to_have_url(f"{phone.city.origin}/")
    expect(phone.page.get_by_text("ロックされています")).to_have_count(0)
    phone.has_no_complaints()


def test_the_worker_leaves_the_officials_and_the_door_to_the_server(phone: Phone) -> None:
    phone.logs_in("gaiji")
    phone.home_has_filled()
    phone.is_under_the_worker()
    phone.page.reload()
    assert phone.page.evaluate("() => navigator.serviceWorker.controller !== null")
    phone.page.goto("/staff?from=poster")
    assert phone.page.locator("#app").count() == 0, "the residents' app stood in for the officials' pages"


def test_an_answer_of_somebody_signed_out_waits_for_the_login_and_says_so(phone: Phone) -> None:
    page = phone.page
    phone.logs_in("lan")
    phone.home_has_filled()
    phone.context.clear_cookies()
    page.reload()
    expect(page.get_by_text("もう一度ログインしてください")).to_be_visible()
    phone.testid("bundle-care").get_by_text("件を見る").click()
    phone.testid("bundle-care").locator('.step-card[data-state="ASK"]').first.get_by_role("link").click()
    box = page.locator(".question").first
    box.get_by_role("button", name="いいえ").click()
    expect(box.get_by_role("status")).to_have_text(re.compile(r"送信するにはログインが必要です"))
    expect(page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()
