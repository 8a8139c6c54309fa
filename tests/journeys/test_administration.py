"""A ward says otherwise what a procedure is, by two officials; a mother reads it on her step, without a network too."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import pytest
from playwright.sync_api import Browser, expect

from notifications.jobs import JAPAN
from tests.journeys import looks
from tests.journeys.city import City, eventually
from tests.journeys.officials import Official
from tests.journeys.phone import PATIENCE, Phone

pytestmark = pytest.mark.slow
CATALOGUE = "/staff/admin/catalogue"


def test_two_officials_change_a_step_and_her_phone_tells_it_offline(phone: Phone, city: City, browser: Browser) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    where = counter()
    writes(Official(browser, city, "staff-minato-writer"), where)
    approver = Official(browser, city, "staff-minato-approver")
    approver.page.goto("/staff/second")
    approver.page.get_by_role("link", name="変わるところと、住民の画面を見る").click()
    expect(approver.page.get_by_test_id("differences")).to_contain_text(where[0])
    looks_well(approver, "version")
    approver.page.get_by_role("link", name="確認待ちの依頼へ").click()
    approver.page.get_by_role("button", name="認める", exact=True).click()
    expect(approver.page.get_by_text("認めました。")).to_be_visible()
    assert approver.complaints == []

    phone.page.reload()
    phone.opens_step("child_medical_certificate:m-1004")
    assert eventually(lambda: _says_so(phone, where[0]), PATIENCE / 1000), (
        "a phone goes on with what it heard last for a moment"
    )
    phone.is_under_the_worker()
    phone.goes_offline()
    phone.page.reload()
    expect(phone.testid("step-facts")).to_contain_text(where[0])
    phone.comes_back_online()
    phone.page.goto("/procedure/child_medical_certificate")
    expect(phone.page.get_by_text(where[0])).to_be_visible()


def _says_so(phone: Phone, words: str) -> bool:
    with suppress(AssertionError):
        expect(phone.testid("step-facts")).to_contain_text(words, timeout=5_000)
        return True
    phone.page.reload()
    return False


def counter() -> tuple[str, str, str]:
    """Another each time, so that it is a change whenever it is written."""
    number = f"{datetime.now(JAPAN):%H%M%S}"
    return f"区役所1階 {number}番窓口", f"区役所の 1かい {number}ばん まどぐち", f"Counter {number}, first floor"


def writes(official: Official, where: tuple[str, str, str]) -> None:
    """With the keyboard alone where something is typed and pressed."""
    page = official.page
    for path, name in (("/staff/admin", "admin"), (CATALOGUE, "catalogue"), ("/staff/admin/banners/new", "banner")):
        page.goto(path)
        looks_well(official, name)
    page.goto(f"{CATALOGUE}/child_medical_certificate/new")
    looks_well(official, "catalogue-edit")
    for said, language in zip(where, ("ja", "easy", "en"), strict=True):
        page.locator(f"#where_{language}").fill(said)
    page.locator("#note").fill("窓口が移りました")
    page.locator("#note").press("Enter")
    page.get_by_role("button", name="公開を依頼する").press("Enter")
    expect(page.get_by_text("公開を依頼しました。")).to_be_visible()
    assert official.complaints == []


def looks_well(official: Official, name: str) -> None:
    assert looks.faults_of(official.page, f"staff-{name}", 1) == []
