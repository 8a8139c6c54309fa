"""An administrator enrols a passkey, shows it at the next login, and sees in the ward's record that it was so."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys import looks
from tests.journeys.city import City
from tests.journeys.officials import DESK, PATIENCE

pytestmark = pytest.mark.slow
ADMINISTRATOR = "staff-minato-admin"
PHONE: ViewportSize = {"width": 390, "height": 844}


def test_ueda_enrols_a_passkey_and_comes_back_with_it(browser: Browser, city: City) -> None:
    context = browser.new_context(base_url=city.origin, viewport=DESK, locale="ja-JP", timezone_id="Asia/Tokyo")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    _has_an_authenticator(page)

    _logs_in(page, "/staff/people")
    expect(page.get_by_role("heading", name="パスキーを登録してください")).to_be_visible()
    faults = _looked_at(page, city, "passkey-enrol")
    page.get_by_label("この端末・パスキーの名前").fill("上田の端末")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="港区の職員", exact=True)).to_be_visible()
    faults += _looked_at(page, city, "people")
    page.get_by_role("link", name="上田 恵").first.click()
    faults += _looked_at(page, city, "me")
    expect(page.get_by_test_id("passkeys")).to_contain_text("上田の端末")

    page.get_by_role("button", name="ログアウト").click()
    _logs_in(page, "/staff/audit")
    expect(page.get_by_role("heading", name="パスキーで確認してください")).to_be_visible()
    faults += _looked_at(page, city, "passkey-check")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text="パスキーの登録").first).to_contain_text("上田の端末")
    expect(page.get_by_role("row").filter(has_text="パスキーでの確認").first).to_contain_text("実施")
    faults += _looked_at(page, city, "audit")
    page.goto("/staff/broadcasts/new")
    expect(page.get_by_role("main")).to_contain_text("「お知らせの作成、学校」の役割を持つ職員だけです")
    context.close()
    assert not faults, "\n".join(faults)
    assert [text for text in complaints if "403" not in text] == []


def _has_an_authenticator(page: Page) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _logs_in(page: Page, to: str) -> None:
    page.goto(to)
    page.get_by_role("link", name="職員アカウントでログイン").click()
    page.locator(f'button[name="persona"][value="{ADMINISTRATOR}"]').click()


def _looked_at(page: Page, city: City, name: str) -> list[str]:
    """At the desk and on a phone; the picture of each is kept where pictures are."""
    city.picture(page, f"staff-{name}")
    page.set_viewport_size(PHONE)
    city.picture(page, f"staff-{name}-phone")
    page.set_viewport_size(DESK)
    return looks.faults_of(page, f"staff-{name}", looks.FINGER)
