"""A link to a procedure is opened by somebody without the app, and without a script; later, with the app."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import looks
from tests.journeys.phone import SCREEN, Phone

pytestmark = pytest.mark.slow


def test_without_a_script_a_procedure_is_found_read_and_a_file_is_tried(phone: Phone, browser: Browser) -> None:
    context = browser.new_context(base_url=phone.city.origin, java_script_enabled=False, viewport=SCREEN)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("link", name="手続きをさがす")).to_be_in_viewport()
    page.get_by_role("link", name="手続きをさがす").click()
    page.get_by_role("searchbox", name="困りごと・したいこと").fill("赤ちゃんが生まれた")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("件見つかりました")
    found = page.get_by_role("list", name="見つかった手続き").get_by_role("link")
    expect(found.first).to_have_text("出生届")
    found.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("出生届")
    expect(page.get_by_role("definition").filter(has_text="戸籍法49条")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Birth notice")
    page.get_by_role("link", name="Check a receipt").click()
    page.get_by_label("Receipt file").set_input_files({"name": "a.zip", "mimeType": "application/zip", "buffer": b"PK"})
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_contain_text("Not confirmed as genuine")
    context.close()


def test_the_pages_for_everybody_are_for_every_eye_and_thumb_and_give_way_to_the_app(phone: Phone) -> None:
    page, faults = phone.page, []
    for name, address in (
        ("public-search", "/search"),
        ("public-found", "/search?q=引っ越し"),
        ("public-events", "/events"),
        ("public-procedure", "/procedure/pregnancy_support_first"),
        ("public-easy", "/procedure/care_certification?lang=easy"),
        ("public-verify", "/verify"),
        ("public-accessibility", "/accessibility?lang=en"),
    ):
        page.goto(address)
        phone.city.picture(page, name)
        faults += looks.faults_of(page, name, looks.FINGER) + looks.runs_off_when_narrow(page, name)
        assert page.locator("script[src]").count() == 0
    page.emulate_media(color_scheme="dark")
    page.goto("/events/care")
    phone.city.picture(page, "public-dark")
    faults += looks.faults_of(page, "public-dark", looks.FINGER)
    assert faults == []
    page.emulate_media(color_scheme="light")
    phone.has_the_app()
    phone.goes_offline()
    page.goto("/accessibility")
    expect(page.get_by_role("heading", level=1)).to_have_text("オフラインでできること")
    page.goto("/")
    page.get_by_role("link", name="マイナンバーカードでログイン").click()
    expect(page.get_by_test_id("door-offline")).to_contain_text("ログインには通信が必要です")
    expect(page.get_by_test_id("door-offline")).to_be_focused()
    phone.comes_back_online()
    page.goto("/procedure/birth_notice?lang=en")
    expect(page.locator("#app").get_by_role("heading", level=1)).to_have_text("Birth notice")
    page.goto("/accessibility")
    expect(page.get_by_role("heading", level=1)).to_have_text("ウェブアクセシビリティ試験結果")
    expect(page.locator("#app")).to_have_count(0)
    phone.has_no_complaints()
