"""The house is full while ken looks at his home: he reads on, is told so, and the app comes back by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

FULL = {"status": 429, "headers": {"Retry-After": "1"}, "body": "{}"}


def test_home_is_put_off_and_ken_reads_on_until_it_comes_by_itself(phone: Phone) -> None:
    page = phone.page
    phone.logs_in("ken")
    phone.home_has_filled()
    put_off: list[str] = []

    def is_full_once(route: Route) -> None:
        asked = json.loads(route.request.post_data or "{}").get("id", "")
        if put_off or asked != id_of("query ShowHome"):
            return route.continue_()
        put_off.append(asked)
        route.fulfill(**FULL)  # type: ignore[arg-type]

    page.context.route("**/graphql", is_full_once)
    again = page.get_by_role("button", name="最新にする")
    again.click()
    told = phone.testid("crowded")
    expect(told).to_contain_text("大変混み合っています")
    expect(told).to_contain_text("自動で新しくします")
    expect(page.locator("section.next")).to_be_visible()
    expect(page.locator(".refresh .error")).to_have_count(0)
    expect(again).to_be_disabled()
    expect(told).to_have_count(0, timeout=30_000)
    expect(again).to_be_enabled()
    assert len(put_off) == 1
    page.context.unroute("**/graphql")


def test_a_parent_in_the_rush_of_the_morning_is_not_told_that_she_has_no_child(phone: Phone) -> None:
    page = phone.page
    schools, put_off = id_of("query ShowSchools"), [True]

    def is_full(route: Route) -> None:
        asked = json.loads(route.request.post_data or "{}").get("id", "")
        if not put_off[0] or asked != schools:
            return route.continue_()
        route.fulfill(**FULL)  # type: ignore[arg-type]

    page.context.route("**/graphql", is_full)
    phone.logs_in("ken")
    page.goto("/school/absence")
    expect(phone.testid("crowded")).to_contain_text("大変混み合っています")
    expect(page.get_by_role("heading", level=1)).to_have_text("欠席・遅刻を連絡する")
    put_off[0] = False
    expect(phone.testid("crowded")).to_have_count(0, timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("学校・園に通う子どもが、まだ登録されていません。")
    page.context.unroute("**/graphql")


def id_of(operation: str) -> str:
    documents = json.loads(Path("pwa/dist/documents.json").read_text("utf-8"))
    return next(id for id, text in documents.items() if text.startswith(operation))
