"""A notice: written by one official, approved by another, shown by the phone without its content, opened at a tap."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, expect

from tests.journeys.city import City, eventually
from tests.journeys.officials import Official, Words
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

HEALTH_CHECK = Words(
    title="乳幼児健診の会場が変わります",
    body="12月から、健診の会場は芝浦保健センター2階です。持ち物はこれまでと同じです。",
    least=0,
    most=6,
)
SHOWN = """() => navigator.serviceWorker.ready
  .then(worker => worker.getNotifications())
  .then(all => all.map(one => ({title: one.title, body: one.body, tag: one.tag})))"""
TAP = """async () => {
  const [notification] = await self.registration.getNotifications();
  const tap = new NotificationEvent('notificationclick', {notification});
  let work;
  Object.defineProperty(tap, 'waitUntil', {value: promise => { work = promise; }});
  self.dispatchEvent(tap);
  await work;
}"""


@pytest.fixture
def writer(browser: Browser, city: City) -> Iterator[Official]:
    official = Official(browser, city, "staff-minato-writer")
    yield official
    official.goes_home()


@pytest.fixture
def approver(browser: Browser, city: City) -> Iterator[Official]:
    official = Official(browser, city, "staff-minato-approver")
    yield official
    official.goes_home()


def test_a_notice_of_the_ward_reaches_lan_s_phone_once_and_the_ward_sees_that_it_was_opened(
    phone: Phone, city: City, writer: Official, approver: Official
) -> None:
    phone.logs_in("lan")
    phone.home_has_filled()
    token = _takes_notices(phone)

    notice = writer.writes(HEALTH_CHECK)
    expect(writer.page.get_by_test_id("audience-size").first).to_have_text(re.compile(r"対象 約\d+人"))
    approver.approves(notice)
    expect(approver.count("accepted")).to_have_text("1件")
    expect(approver.count("failed")).to_have_text("0件")

    (message,) = eventually(lambda: _messages(city, token))
    _says_nothing_of_its_content(message["payload"])
    _arrives_twice_and_is_shown_once(phone, message["payload"])
    phone.context.service_workers[0].evaluate(TAP)
    _the_notice_lies_open(phone)
    _the_ward_sees_it(approver)
    _it_can_be_read_again_in_the_underground(phone)
    phone.has_no_complaints()


def _takes_notices(phone: Phone) -> str:
    """Her phone's subscription, as the push service made it up; its token."""
    phone.context.grant_permissions(["notifications"])
    phone.is_under_the_worker()
    made = phone.city.makes_up_subscription(phone.asks("WhoIsHere")["service"]["pushKey"])
    told = phone.asks("SubscribePush", {"input": {"endpoint": made["endpoint"], **made["keys"]}})
    assert told["subscribePush"]["__typename"] == "PushDevice", told
    return str(made["endpoint"]).rsplit("/", 1)[1]


def _messages(city: City, token: str) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = city.push("messages", token=token)
    assert all(message["error"] is None for message in messages)
    return messages


def _says_nothing_of_its_content(payload: str) -> None:
    for secret in (HEALTH_CHECK.title, "健診", "芝浦", "NGUYEN", "グエン"):
        assert secret not in payload


def _arrives_twice_and_is_shown_once(phone: Phone, payload: str) -> None:
    worker, registration = _worker_of(phone)
    for _ in range(2):
        push = {"origin": phone.city.origin, "registrationId": registration, "data": payload}
        worker.send("ServiceWorker.deliverPushMessage", push)
        shown = eventually(lambda: phone.page.evaluate(SHOWN))
        assert [one["title"] for one in shown] == ["港区から新しいお知らせ"]
        assert HEALTH_CHECK.title not in json.dumps(shown, ensure_ascii=False)
        phone.page.wait_for_timeout(300)
    assert len(phone.page.evaluate(SHOWN)) == 1
    expect(phone.page.get_by_role("link", name=re.compile("おしらせ.*未読"))).to_be_visible()


def _worker_of(phone: Phone) -> tuple[CDPSession, str]:
    """A line to the browser's service workers, and the id of ours."""
    line = phone.context.new_cdp_session(phone.page)
    seen: list[str] = []

    def note(news: dict[str, Any]) -> None:
        seen.extend(one["registrationId"] for one in news["registrations"] if phone.city.origin in one["scopeURL"])

    line.on("ServiceWorker.workerRegistrationUpdated", note)
    line.send("ServiceWorker.enable")
    while not seen:
        phone.page.wait_for_timeout(50)
    return line, seen[0]


def _the_notice_lies_open(phone: Phone) -> None:
    page = phone.page
    expect(page.get_by_role("heading", level=1, name=HEALTH_CHECK.title)).to_be_visible()
    assert "/inbox/" in page.url
    expect(page.get_by_text("芝浦保健センター2階")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="おしらせ").click()
    card = page.get_by_role("listitem").filter(has_text=HEALTH_CHECK.title)
    expect(card).to_be_visible()
    expect(card.get_by_text("未読")).to_have_count(0)


def _it_can_be_read_again_in_the_underground(phone: Phone) -> None:
    phone.goes_offline()
    phone.page.reload()
    expect(phone.testid("offline-banner")).to_be_visible()
    phone.page.get_by_role("link", name=HEALTH_CHECK.title).click()
    expect(phone.page.get_by_text("芝浦保健センター2階")).to_be_visible()


def _the_ward_sees_it(approver: Official) -> None:
    page = approver.page

    def opened() -> bool:
        page.reload()
        return approver.count("opened").inner_text() == "1人"

    assert eventually(opened), approver.page.content()
    expect(approver.count("accepted")).to_have_text("1件")
    expect(approver.count("failed")).to_have_text("0件")
    expect(approver.count("recipients")).to_have_text(re.compile(r"^\d+人$"))
    expect(approver.count("reached")).to_have_text(re.compile(r"\d+(\.\d+)?%"))
