"""Leaving: who logs out, or hands the phone to somebody else, leaves nothing of themselves on it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import APIResponse, Route, expect

from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

SHELVES = ("snapshot", "drafts", "outbox", "device", "shown")
ALL_CACHED = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(request.url, await (await cache.match(request)).text());
  }
  return texts.join(' ');
}"""


def test_taro_takes_over_fumi_s_tablet_and_never_sees_anything_of_hers(phone: Phone) -> None:
    phone.logs_in("fumi")
    phone.home_has_filled()
    assert "田中" in str(phone.keeps("snapshot"))
    phone.context.clear_cookies()
    phone.page.reload()
    expect(phone.page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()
    held: list[Route] = []
    open_now = False

    def hold(route: Route) -> None:
        if open_now:
            route.continue_()
        else:
            held.append(route)

    phone.context.route("**/graphql", hold)
    phone.comes_in("taro")
    expect(phone.page.get_by_role("heading", level=1, name="読み込んでいます")).to_be_visible()
    assert "田中" not in phone.page.content()

    open_now = True
    while held:
        held.pop().continue_()
    if phone.asks("WhoIsHere")["viewer"]["consentsDecidedAt"] is None:
        phone.agrees_to_all()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("高橋 太郎")
    phone.home_has_filled()
    assert "田中" not in phone.page.content()
    for shelf in SHELVES:
        assert "田中" not in str(phone.keeps(shelf)), shelf


def test_gaiji_logs_out_and_the_phone_has_forgotten_him(phone: Phone) -> None:
    phone.logs_in("gaiji")
    phone.home_has_filled()
    phone.is_under_the_worker()
    assert "__Host-session" in _cookies(phone)

    other = phone.opens_another_tab()
    expect(other.get_by_role("heading", level=1)).to_contain_text("髙𠮷 髙")
    phone.page.goto("/settings")
    _logs_out(phone)

    _nothing_is_left_of(phone, "髙")
    expect(other.get_by_role("heading", level=1, name="くらしまど")).to_be_visible()
    assert "髙" not in other.content()
    assert phone.asks("WhoIsHere")["viewer"] is None
    phone.goes_offline()
    phone.page.goto("/")
    expect(phone.page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()
    assert "髙" not in phone.page.content()
    phone.has_no_complaints()


def test_an_answer_under_way_brings_nothing_back(phone: Phone) -> None:
    """The server's answer arrives after the device has forgotten and before the server has heard of the logout."""
    late: list[tuple[Route, APIResponse]] = []

    def hold_who_is_here(route: Route) -> None:
        if json.loads(route.request.post_data or "{}").get("id") == phone.city.document("WhoIsHere"):
            late.append((route, route.fetch()))
        else:
            route.continue_()

    def let_the_late_ones_go_first(route: Route) -> None:
        while late:
            held, answer = late.pop()
            held.fulfill(response=answer)
        phone.page.wait_for_timeout(500)
        route.continue_()

    phone.logs_in("gaiji")
    phone.home_has_filled()
    phone.context.route("**/graphql", hold_who_is_here)
    phone.context.route("**/login/out", let_the_late_ones_go_first)
    phone.page.goto("/settings")
    _logs_out(phone)
    phone.context.unroute_all(behavior="ignoreErrors")
    _nothing_is_left_of(phone, "髙")


def _logs_out(phone: Phone) -> None:
    phone.page.get_by_role("button", name="ログアウト").click()
    phone.page.get_by_role("button", name="消去してログアウトする").click()
    expect(phone.page.get_by_role("heading", level=1, name="くらしまど")).to_be_visible()
    expect(phone.page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()


def _nothing_is_left_of(phone: Phone, name: str) -> None:
    assert "__Host-session" not in _cookies(phone)
    for shelf in SHELVES:
        assert name not in str(phone.keeps(shelf)), shelf
    assert phone.keeps("drafts") == phone.keeps("outbox") == []
    assert name not in phone.page.evaluate(ALL_CACHED)
    assert name not in phone.page.content()


def _cookies(phone: Phone) -> set[str]:
    return {cookie["name"] for cookie in phone.context.cookies()}
