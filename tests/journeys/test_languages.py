"""A form begun in Japanese goes on in Vietnamese and ends in easy Japanese with furigana: nothing she wrote is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import paperwork
from tests.journeys.city import City
from tests.journeys.paperwork import HINATA, text_field
from tests.journeys.phone import SCREEN, Phone

pytestmark = pytest.mark.slow


def test_the_language_changes_in_mid_form_and_nothing_is_lost(phone: Phone) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    paperwork.opens_form(phone, HINATA)
    page = phone.page
    text_field(page, "日中つながる電話番号").fill("090-1234-5678")
    expect(page.get_by_test_id("draft-saved")).to_be_visible()

    settings = phone.context.new_page()
    settings.goto("/settings")
    settings.get_by_role("button", name="Tiếng Việt", exact=True).click()
    expect(settings.get_by_role("heading", level=1)).to_have_text("Cài đặt")
    html = page.locator("html")
    expect(html).to_have_attribute("lang", "vi")
    telephone = page.locator("input[type=tel]").first
    expect(telephone).to_have_value("090-1234-5678")

    settings.get_by_role("button", name="やさしい日本語", exact=True).first.click()
    settings.get_by_role("checkbox", name=re.compile("ふりがな")).check()
    expect(html).to_have_attribute("lang", "ja")
    expect(page.locator("ruby").first).to_be_visible()
    expect(telephone).to_have_value("090-1234-5678")
    expect(page.locator("rt:not([aria-hidden])")).to_have_count(0)
    assert "\ufff9" not in page.content()
    settings.get_by_role("button", name="日本語", exact=True).first.click()
    expect(settings.get_by_role("heading", level=1)).to_have_text("設定")
    _is_heard(phone, "JA")
    phone.has_no_complaints()


def _is_heard(phone: Phone, language: str) -> None:
    """Her account reads what she chose last, and nothing more is on its way: others are her after this."""
    for _ in range(100):
        waits = [one for one in phone.keeps("outbox") if one["outcome"]["state"] in ("waiting", "sending")]
        if not waits and phone.asks("WhoIsHere", reading="vi")["viewer"]["language"] == language:
            return
        phone.page.wait_for_timeout(100)
    raise AssertionError(f"{language} was not heard")


def test_a_phone_s_own_language_is_offered_once_and_a_link_shows_another(browser: Browser, city: City) -> None:
    context = browser.new_context(base_url=city.origin, viewport=SCREEN, locale="vi-VN")
    page = context.new_page()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    offer = page.get_by_test_id("language-offer")
    expect(offer.get_by_role("button")).to_have_text(["Tiếng Việt", "日本語", "やさしい日本語"])
    offer.get_by_role("button", name="Tiếng Việt").click()
    expect(offer).to_have_count(0)
    page.goto("/?lang=pt-BR")
    expect(page.locator("html")).to_have_attribute("lang", "pt-BR")
    page.get_by_test_id("visiting").get_by_role("button").last.click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(offer).to_have_count(0)
    context.close()


def test_another_phone_follows_what_she_chose_and_tells_her_account_nothing_by_itself(
    browser: Browser, city: City
) -> None:
    first, second = Phone(browser, city), Phone(browser, city, locale="en-GB")
    first.logs_in("lan")
    first.page.goto("/settings")
    first.page.get_by_role("button", name="Tiếng Việt", exact=True).click()
    _is_heard(first, "VI")

    second.page.goto("/login/start")
    second.page.locator('button[name="persona"][value="lan"]').click()
    second.page.wait_for_url(f"{city.origin}/**")
    html, offer = second.page.locator("html"), second.testid("language-offer")
    expect(html).to_have_attribute("lang", "vi")
    expect(offer.get_by_role("button")).to_have_text(["English", "日本語", "やさしい日本語", "Tiếng Việt"])
    _is_heard(second, "VI")
    offer.get_by_role("button", name="日本語", exact=True).click()
    expect(offer).to_have_count(0)
    _is_heard(second, "JA")
    first.page.reload()
    expect(first.page.locator("html")).to_have_attribute("lang", "ja")
    first.context.close()
    second.context.close()
