"""An operator stops a service and plans that another is closed; a resident sees it, and nobody is asked meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import looks
from tests.journeys.city import City, eventually
from tests.journeys.officials import Official
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow
TOKYO = ZoneInfo("Asia/Tokyo")


def test_hana_sees_what_mori_has_stopped_and_what_is_closed_tonight(phone: Phone, city: City, browser: Browser) -> None:
    mori = Official(browser, city, "staff-minato-operator")
    try:
        faults = _stops(mori, "school", "学校の記録が別の児童のものになっているため")
        now = datetime.now(TOKYO)
        _plans(mori, "electricity", now - timedelta(hours=1), now + timedelta(hours=2))
        _plans(mori, "care", now + timedelta(days=1), now + timedelta(days=1, hours=3))
        mori.page.wait_for_timeout(2_500)  # every process hears of it within two seconds
        phone.logs_in("hana")
        phone.home_has_filled()
        assert eventually(lambda: _asks_again(phone, "school") == "GAP")
        expect(phone.testid("source-school")).to_contain_text("停止しています")
        expect(phone.testid("outage-electricity")).to_contain_text("計画停止中です")
        expect(phone.testid("outage-electricity")).to_contain_text("機器の点検のため")
        expect(phone.testid("source-electricity")).to_have_attribute("data-state", "GAP")
        expect(phone.testid("outage-care")).to_contain_text("計画停止します")
        expect(phone.testid("source-care")).to_have_attribute("data-state", "KNOWN")
        faults += _faults_of(phone.page, "home-with-outages", looks.FINGER)
    finally:
        _takes_up(mori, "school")
        _calls_off(mori, "electricity")
        _calls_off(mori, "care")
    assert eventually(lambda: _asks_again(phone, "school") == "KNOWN")
    expect(phone.testid("outage-electricity")).to_have_count(0)
    assert not faults, "\n".join(faults)
    assert mori.complaints == []
    phone.has_no_complaints()
    mori.context.close()


def _asks_again(phone: Phone, source: str) -> str | None:
    phone.refresh.click()
    expect(phone.refresh).to_be_enabled()
    return phone.testid(f"source-{source}").get_attribute("data-state")


def _faults_of(page: Page, name: str, least: int) -> list[str]:
    return looks.faults_of(page, name, least) + looks.runs_off_when_narrow(page, name)


def _stops(mori: Official, service: str, reason: str) -> list[str]:
    """What is wrong with the looks of the pages on the way."""
    mori.page.goto("/staff")
    mori.page.get_by_role("link", name="サービスの状況を見る").click()
    faults = _faults_of(mori.page, "staff-services", looks.POINTER)
    mori.page.get_by_test_id(f"service-{service}").get_by_role("link").click()
    mori.page.get_by_role("link", name="照会を停止する").click()
    faults += _faults_of(mori.page, "staff-service-off", looks.POINTER)
    mori.page.get_by_label("止める理由").fill(reason)
    mori.page.get_by_role("button", name="照会を停止する").click()
    expect(mori.page.get_by_test_id("off")).to_contain_text(reason)
    return faults + _faults_of(mori.page, "staff-service", looks.POINTER)


def _takes_up(mori: Official, service: str) -> None:
    mori.page.goto(f"/staff/services/{service}")
    mori.page.get_by_role("button", name="照会を再開する").click()
    expect(mori.page.get_by_test_id("off")).to_have_count(0)


def _plans(mori: Official, service: str, begins: datetime, ends: datetime) -> None:
    mori.page.goto(f"/staff/services/{service}/outage")
    mori.page.get_by_label("始まり（日本時間）").fill(f"{begins:%Y-%m-%dT%H:%M}")
    mori.page.get_by_label("終わり（日本時間）").fill(f"{ends:%Y-%m-%dT%H:%M}")
    mori.page.get_by_role("button", name="計画停止を入れる").click()
    expect(mori.page.get_by_test_id("outage")).to_contain_text("機器の点検のため")


def _calls_off(mori: Official, service: str) -> None:
    mori.page.goto(f"/staff/services/{service}")
    mori.page.get_by_role("button", name="この計画停止を取り消す").click()
    expect(mori.page.get_by_test_id("outage")).to_have_count(0)
