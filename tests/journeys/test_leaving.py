"""Leaving: who logs out, or hands the phone to somebody else, leaves nothing of themselves on it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import APIResponse, Route, expect

from tests.journeys.leaving import kept_on, logs_out, nothing_is_left_of
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow


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
    phone.logs_in("taro")
    expect(phone.page.get_by_role("heading", level=1, name="読み込んでいます")).to_be_visible()
    assert "田中" not in phone.page.content()

    open_now = True
    while held:
        held.pop().continue_()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("高橋 太郎")
    phone.home_has_filled()
    assert "田中" not in phone.page.content()
    assert "田中" not in str(kept_on(phone))


def test_gaiji_logs_out_and_the_phone_has_forgotten_him(phone: Phone) -> None:
    phone.logs_in("gaiji")
    phone.home_has_filled()
    phone.is_under_the_worker()
    assert "髙" in str(kept_on(phone))

    other = phone.opens_another_tab()
    expect(other.get_by_role("heading", level=1)).to_contain_text("髙𠮷 髙")
    logs_out(phone)

    nothing_is_left_of(phone, "髙")
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
    logs_out(phone)
    phone.context.unroute_all(behavior="ignoreErrors")
    nothing_is_left_of(phone, "髙")
