"""The card is read, and the phone hands her back to another browser than the app she began in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.city import City
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow


def test_she_brings_the_number_from_the_browser_to_the_app(phone: Phone, city: City, browser: Browser) -> None:
    other = Phone(browser, city)
    try:
        other.page.goto(_leaves(phone))
        other.page.locator('button[name="persona"][value="hana"]').click()
        expect(other.page.get_by_role("heading", level=1)).to_have_text("カードの確認が終わりました")
        code = other.testid("login-code").inner_text()
        city.picture(other.page, "handed-over")
        assert "__Host-session" not in {cookie["name"] for cookie in other.context.cookies()}

        phone.page.goto("/")
        city.picture(phone.page, "login-waits")
        phone.page.get_by_role("link", name="番号を入力する", exact=True).click()
        phone.page.get_by_label("6桁の番号").fill("000000" if code != "000 000" else "000001")
        phone.page.get_by_role("button", name="続ける").click()
        expect(phone.page.get_by_role("alert")).to_contain_text("番号が違います")
        city.picture(phone.page, "finish-login")
        phone.page.get_by_label("6桁の番号").fill(code)
        phone.page.get_by_role("button", name="続ける").click()
        expect(phone.page).to_have_url(f"{city.origin}/settings")
        assert "__Host-session" in {cookie["name"] for cookie in phone.context.cookies()}

        other.page.reload()
        expect(other.page.get_by_role("heading", level=1)).to_have_text("番号はもうありません")
        other.has_no_complaints()
        phone.has_no_complaints()
    finally:
        other.context.close()


def _leaves(phone: Phone) -> str:
    """She presses the button and is at the provider: its address, as the system hands it to another browser."""
    phone.page.goto("/settings")
    phone.page.get_by_role("link", name="マイナンバーカードでログイン").click()
    phone.page.wait_for_url("**/protocol/openid-connect/auth?**")
    return phone.page.url
