"""Five ways to lose an application or to send it twice; each must end with exactly one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.journeys import paperwork
from tests.journeys.city import eventually
from tests.journeys.paperwork import MOVE_OUT
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow


def test_ken_closes_the_tab_before_the_network_is_back(phone: Phone) -> None:
    application = _sends_without_a_network(phone, "ken")
    phone.page.close()
    phone.comes_back_online()
    phone.page = phone.opens_another_tab(application)
    number = paperwork.receipt(phone.page)
    paperwork.is_received_once(phone, "鈴木 健", MOVE_OUT, number)


def test_lan_s_train_goes_in_and_out_of_tunnels(phone: Phone) -> None:
    _sends_without_a_network(phone, "lan")
    for _ in range(6):
        phone.comes_back_online()
        phone.page.wait_for_timeout(40)
        phone.goes_offline()
        phone.page.wait_for_timeout(40)
    phone.comes_back_online()
    number = paperwork.receipt(phone.page)
    paperwork.is_received_once(phone, "NGUYEN THI LAN", MOVE_OUT, number)


def test_fumi_has_the_app_open_in_two_tabs(phone: Phone) -> None:
    submissions = _watches_submissions(phone)
    application = _sends_without_a_network(phone, "fumi")
    other = phone.opens_another_tab(application)
    expect(other.get_by_text("送信待ち", exact=True)).to_be_visible()
    phone.comes_back_online()
    number = paperwork.receipt(phone.page)
    assert paperwork.receipt(other) == number
    paperwork.is_received_once(phone, "田中 ふみ", MOVE_OUT, number)
    assert len(submissions) <= 1, "both tabs sent it"  # none, when the service worker woke first and sent it


def test_taro_s_phone_kills_the_tab_while_the_answer_is_on_its_way(phone: Phone) -> None:
    arrived: list[str] = []

    def server_hears_but_taro_does_not(route: Route) -> None:
        arrived.append(route.fetch().text())

    _writes(phone, "taro")
    phone.context.route("**/graphql", _on_submission(phone, server_hears_but_taro_does_not))
    paperwork.presses_send(phone.page)
    assert eventually(lambda: _breathes(phone.page, arrived)), "the submission never left the tab"
    phone.page.close()
    phone.context.unroute_all(behavior="ignoreErrors")

    phone.page = phone.opens_another_tab("/applications")
    phone.page.get_by_role("listitem").get_by_role("link").first.click()
    number = paperwork.receipt(phone.page)
    assert number in arrived[0]
    paperwork.is_received_once(phone, "高橋 太郎", MOVE_OUT, number)


def test_gaiji_meets_a_server_that_is_overloaded(phone: Phone) -> None:
    turned_away: list[str] = []

    def busy_twice(route: Route) -> None:
        if len(turned_away) < 2:
            turned_away.append(route.request.url)
            route.fulfill(status=503, headers={"Retry-After": "1"})
        else:
            route.continue_()

    _writes(phone, "gaiji")
    phone.context.route("**/graphql", _on_submission(phone, busy_twice))
    paperwork.presses_send(phone.page)
    expect(phone.page.get_by_text("送信待ち", exact=True)).to_be_visible()
    number = paperwork.receipt(phone.page)
    assert len(turned_away) == 2
    paperwork.is_received_once(phone, "髙𠮷 髙", MOVE_OUT, number)


def _writes(phone: Phone, persona: str) -> None:
    """A move-out notice, read over and ready to be sent."""
    phone.logs_in(persona)
    phone.home_has_filled()
    phone.is_under_the_worker()
    paperwork.plans_a_move(phone)
    paperwork.opens_form(phone, MOVE_OUT)
    paperwork.fills_in_move_out(phone.page)
    paperwork.reads_over(phone.page)


def _sends_without_a_network(phone: Phone, persona: str) -> str:
    """The address of the application that now waits on the device."""
    _writes(phone, persona)
    phone.goes_offline()
    paperwork.presses_send(phone.page)
    expect(phone.page.get_by_text("送信待ち", exact=True)).to_be_visible()
    return phone.page.url


def _is_submission(phone: Phone, request: Request) -> bool:
    asked: dict[str, Any] = json.loads(request.post_data or "{}")
    return asked.get("id") == phone.city.document("SubmitApplication")


def _on_submission(phone: Phone, act: Callable[[Route], None]) -> Callable[[Route], None]:
    return lambda route: act(route) if _is_submission(phone, route.request) else route.continue_()


def _watches_submissions(phone: Phone) -> list[str]:
    seen: list[str] = []

    def watch(request: Request) -> None:
        if request.url.endswith("/graphql") and _is_submission(phone, request) and request.service_worker is None:
            seen.append(request.post_data or "")

    phone.context.on("requestfinished", watch)
    return seen


def _breathes(page: Page, arrived: list[str]) -> bool:
    """Playwright calls a route's handler only while a page is being asked something."""
    page.wait_for_timeout(50)
    return bool(arrived)
