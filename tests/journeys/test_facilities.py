"""She finds a nursery in the underground, books a visit above it, changes her mind, and is checked in at the door."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import looks
from tests.journeys.city import City
from tests.journeys.officials import Official
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow
COUNT = re.compile(r"\d+")
ON_MAP = "marks => marks.reduce((n, one) => n + Number(one.dataset.count), 0)"


def test_a_nursery_found_offline_a_visit_booked_cancelled_and_kept(phone: Phone, city: City, browser: Browser) -> None:
    finds(phone)
    phone.logs_in("hana")
    phone.home_has_filled()
    code, again = changes_her_mind(phone)
    phone.has_no_complaints()
    is_checked_in(Official(browser, city, "staff-minato-caseworker"), code, again)
    phone.page.reload()
    expect(phone.testid("booking-state")).to_have_text("受付済み")


def finds(phone: Phone) -> None:
    """Without a login, and after the first look without a network."""
    page = phone.page
    page.goto("/facilities")
    page.get_by_label("区", exact=True).select_option("131032")
    expect(phone.testid("facility").first).to_be_visible()
    looks_well(phone, "list")
    phone.is_under_the_worker()
    everything = shown(phone)
    phone.goes_offline()
    page.reload()
    expect(phone.testid("facility-count")).to_contain_text(f"{everything}件")
    page.get_by_role("button", name="保育・子育て", exact=True).click()
    page.get_by_text("しぼりこむ").click()
    page.get_by_label("子どもの年齢").select_option("1")
    page.get_by_label("空きのある施設だけ").check()
    page.get_by_label("町名・丁目").fill("芝浦")
    expect(page.get_by_text("この町から近い順に並べます")).to_be_visible()
    some = shown(phone)
    assert 0 < some < everything
    expect(phone.testid("facility").first).to_contain_text("空き")
    looks_well(phone, "filters")
    page.get_by_role("button", name="地図", exact=True).click()
    assert phone.testid("map-mark").evaluate_all(ON_MAP) == some, "the map shows what the list has"
    looks_well(phone, "map")
    for _ in range(2):
        page.get_by_role("button", name=re.compile(r"^比べる\s*：")).first.click()
    page.get_by_role("link", name="並べて比べる").click()
    expect(phone.testid("facility-compare").locator("th[scope=col]")).to_have_count(2)
    looks_well(phone, "compare")
    page.goto("/search?q=あおぞら")
    expect(phone.testid("found-facilities")).to_contain_text("あおぞら")
    phone.comes_back_online()


def shown(phone: Phone) -> int:
    found = COUNT.search(phone.testid("facility-count").inner_text())
    assert found
    return int(found[0])


def looks_well(phone: Phone, name: str) -> None:
    phone.city.picture(phone.page, f"facilities-{name}")
    assert looks.faults_of(phone.page, name, looks.FINGER) + looks.runs_off_when_narrow(phone.page, name) == []


def changes_her_mind(phone: Phone) -> tuple[str, str]:
    """The code of what she cancelled, and of what she booked then."""
    page = phone.page
    code = books(phone)
    looks_well(phone, "booking")
    phone.goes_offline()
    page.reload()
    expect(phone.testid("booking-code")).to_have_text(code)
    expect(page.get_by_role("link", name="カレンダーに登録（ICS）")).to_be_visible()
    phone.comes_back_online()
    page.get_by_role("button", name="予約を取り消す").click()
    page.get_by_role("group", name="予約を取り消しますか").get_by_role("button", name="取り消す", exact=True).click()
    expect(phone.testid("booking-state")).to_have_text("取消し")
    again = books(phone)
    assert again != code
    return code, again


def books(phone: Phone) -> str:
    """A visit on the last day there is; the code of it."""
    page = phone.page
    page.goto("/facilities?kind=childcare&q=保育園")
    expect(phone.testid("facility").first).to_be_visible()
    for place in range(phone.testid("facility").count()):
        phone.testid("facility").nth(place).get_by_role("link").click()
        expect(phone.testid("facility-facts")).to_be_visible()
        if page.get_by_role("link", name="予約する：園の見学").count():
            break
        page.go_back()
    looks_well(phone, "detail")
    page.get_by_role("link", name="予約する：園の見学").click()
    days = page.get_by_label("日を選ぶ")
    expect(days).to_be_visible()
    days.select_option(index=days.locator("option").count() - 1)
    phone.testid("time").first.click()
    looks_well(phone, "times")
    page.get_by_role("button", name="この時間で予約する").click()
    expect(phone.testid("booking-state")).to_have_text("予約済み")
    return phone.testid("booking-code").inner_text()


def is_checked_in(desk: Official, code: str, again: str) -> None:
    page = desk.page
    page.goto("/staff/bookings")
    page.get_by_label("受付コード").fill(code)
    page.get_by_role("button", name="受け付ける").click()
    expect(page.get_by_role("alert")).to_contain_text("そのコードはありません")
    page.get_by_label("受付コード").fill(again.lower())
    page.get_by_role("button", name="受け付ける").click()
    expect(page.get_by_test_id("whom")).to_contain_text("佐藤")
