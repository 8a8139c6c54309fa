"""A notice: written by one official, approved by another, shown by the phone without its content, opened at a tap."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Playwright, Route, expect

from tests.journeys.city import City, eventually
from tests.journeys.officials import Official, Words
from tests.journeys.phone import CHROMIUM, Phone, open_chromium

pytestmark = pytest.mark.slow

HEALTH_CHECK = Words(
    title="乳幼児健診の会場が変わります",
    body="12月から、健診の会場は芝浦保健センター2階です。持ち物はこれまでと同じです。",
    least=0,
    most=6,
)
NEWEST = "00000000-0000-4000-8000-0000000000aa"
BEFORE_ALL = base64.urlsafe_b64encode(f"2999-01-01T00:00:00+00:00 {NEWEST}".encode()).decode()
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


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The whole one: the other shows no notification."""
    with open_chromium(playwright, CHROMIUM) as opened:
        yield opened


LIES_THERE = """async () => {
  const told = request => new Promise(done => { request.onsuccess = () => done(request.result); });
  const store = await told(indexedDB.open('kurashimado'));
  const kept = await told(store.transaction('snapshot').objectStore('snapshot').getAll());
  store.close();
  return JSON.stringify(kept, (_, part) =>
    part instanceof ArrayBuffer || ArrayBuffer.isView(part) ? new TextDecoder().decode(part) : part);
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
    token = phone.takes_notices()

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
    _it_is_found_and_put_away_in_the_underground(phone)
    _what_the_phone_holds_no_more_is_found_by_the_house(phone)
    phone.has_no_complaints()


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


def _it_is_found_and_put_away_in_the_underground(phone: Phone) -> None:
    """Found by words of its text, put away, taken back, put away again; what the house hears is how she left it."""
    page = phone.page
    page.get_by_role("link", name="戻る").click()
    page.get_by_text("検索・絞り込み").click()
    page.get_by_label("お知らせを検索").fill("１２月　ｾﾝﾀｰ")
    card = page.get_by_role("listitem").filter(has_text=HEALTH_CHECK.title)
    expect(card).to_be_visible()
    page.get_by_role("button", name="選択", exact=True).click()
    card.get_by_role("checkbox").check()
    page.get_by_role("button", name="保管する").click()
    expect(card).to_have_count(0)
    page.get_by_test_id("toast").get_by_role("button", name="元に戻す").click()
    expect(card).to_be_visible()
    card.get_by_role("checkbox").check()
    page.get_by_role("button", name="保管する").click()
    expect(card).to_have_count(0)
    page.get_by_test_id("show-archived").click()
    expect(card).to_be_visible()
    assert HEALTH_CHECK.title in str(phone.keeps("snapshot"))
    assert HEALTH_CHECK.title not in page.evaluate(LIES_THERE), "only her key opens it"
    phone.comes_back_online()

    def archived() -> bool:
        nodes = phone.asks("ShowInbox")["viewer"]["inbox"]["nodes"]
        return any(one["archivedAt"] for one in nodes if one["title"]["ja"] == HEALTH_CHECK.title)

    assert eventually(archived)
    expect(card).to_be_visible()


def _what_the_phone_holds_no_more_is_found_by_the_house(phone: Phone) -> None:
    """As though the newest that lie on a phone were all newer than this one."""
    page, inbox = phone.page, phone.city.document("ShowInbox")

    def newest_alone(route: Route) -> None:
        asked = json.loads(route.request.post_data or "{}")
        if asked.get("id") != inbox:
            return route.fallback()
        answer = route.fetch()
        told = answer.json()
        shown = told["data"]["viewer"]["inbox"]
        newest = {**shown["nodes"][0], "id": NEWEST, "archivedAt": None} if shown["nodes"] else None
        shown["nodes"] = [newest] if newest and asked["variables"].get("after") is None else []
        shown["pageInfo"] = {"hasNextPage": True, "endCursor": BEFORE_ALL}
        return route.fulfill(response=answer, json=told)

    phone.context.route("**/graphql", newest_alone)
    page.goto("/inbox?show=archived&q=１２月+ｾﾝﾀｰ")
    older = phone.testid("inbox-older")
    expect(older).to_contain_text("この端末にあるのは新しい1件です")
    card = page.get_by_role("listitem").filter(has_text=HEALTH_CHECK.title)
    expect(card).to_have_count(0)
    older.get_by_role("button").click()
    expect(card).to_be_visible()
    expect(older).to_contain_text("探し終えました")
    phone.context.unroute("**/graphql")
    page.get_by_role("link", name=HEALTH_CHECK.title).click()
    expect(page.get_by_text("芝浦保健センター2階")).to_be_visible()


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
