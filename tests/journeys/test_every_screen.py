"""Every address of the app and every page of the officials, with content and without, with no network, locked and
denied, in the light and in the dark: axe finds nothing, all can be touched, nothing runs off. One walk for all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import looks
from tests.journeys.city import City
from tests.journeys.officials import Official
from tests.journeys.paperwork import HINATA
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

STEP = HINATA.replace(":", "%3A")
WITH_CONTENT = (
    "/", "/account", "/code", "/answers", "/benefits", "/applications", "/inbox", "/readings", "/addresses",
    "/partners", "/calendars", "/payments", "/school", "/links", "/consents", "/carry", "/family", "/facilities",
    "/bookings", "/task", "/copy", "/documents", "/wallet", "/parts", "/devices", "/records", "/search", "/events",
    "/settings", "/components", "/scan", "/emergency", "/install", "/storage", "/shared",
    "/handed-over", "/finish-login", "/verify", "/help-offline",
    f"/step/{STEP}", f"/apply/{STEP}", "/together/pregnancy_birth", "/moving/difference", "/moving/sheet",
    "/carry/move_out_notice", "/school/absence", "/parts/nursery_use", "/procedure/child_allowance_claim",
    "/events/pregnancy_birth", "/search?q=児童手当", "/facilities?show=map",
)  # fmt: skip
NOT_HERS = (
    "/nowhere", "/folders/none", "/applications/none", "/inbox/none", "/family/none", "/payments/none",
    "/bookings/none", "/documents/none", "/wallet/none", "/step/none", "/apply/none", "/procedure/none",
)  # fmt: skip
EMPTY = ("/", "/answers", "/benefits", "/applications", "/inbox", "/payments", "/school", "/bookings", "/family",
         "/documents", "/wallet", "/parts", "/calendars", "/records", "/moving/difference")  # fmt: skip
OFFLINE = ("/", "/applications", "/inbox", "/readings", "/payments", "/records", "/devices", "/documents", "/parts",
           "/family", "/links", "/account", "/addresses", "/task", "/search", f"/apply/{STEP}")  # fmt: skip
OF_OFFICIALS = {
    "staff-minato-writer": ("", "/broadcasts/new", "/templates", "/templates/new", "/audiences", "/lists", "/mail",
                            "/facilities", "/amounts", "/effect", "/reach", "/me"),
    "staff-minato-caseworker": ("/cases", "/payments", "/payments/new", "/bookings", "/questions", "/desk",
                                "/desk/new", "/family", "/handover", "/offers"),
    "staff-minato-admin": ("/people", "/second", "/senders", "/mail", "/effect/assumptions", "/closures"),
    "staff-minato-operator": ("/services", "/services/registry", "/exchanges"),
    "staff-minato-auditor": ("/audit", "/looks"),
    "staff-minato-school": ("/school", "/school/notices", "/school/notices/new", "/school/roster", "/school/year"),
    "staff-setagaya-caseworker": ("/cases", "/paper", "/paper/new"),
    "staff-setagaya-admin": ("/cases/procedures",),
}  # fmt: skip
HELPS = 2
"""Links to help at the foot of every screen of the app (WCAG 3.2.6)."""
OPENS = """path => {
  if (path !== location.pathname) document.querySelector('main h1')?.setAttribute('data-left', '');
  history.pushState(null, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}"""
IS_THERE = """() => document.querySelector('main h1:not([data-left])') !== null &&
  [...document.querySelectorAll('.skeleton')].every(one => one.closest('[data-testid=part-states]')) &&
  !/^(読み込んでいます|読んでいます)/.test(document.querySelector('main h1').textContent)"""
CLOSES = """() => new Promise((done, failed) => {
  const request = indexedDB.open('kurashimado');
  request.onerror = () => failed(request.error);
  request.onsuccess = () => {
    const write = request.result.transaction('device', 'readwrite');
    write.objectStore('device').put({ at: new Date().toISOString() }, 'sealed');
    write.oncomplete = () => { request.result.close(); done(); };
  };
})"""


class Walk:
    """Opens one address after the other within the page that is there, and remembers what is wrong."""

    def __init__(self, page: Page, city: City, least: int) -> None:
        self.page, self.faults, self._city, self._least = page, list[str](), city, least

    def through(self, addresses: Iterable[str], state: str, *, in_the_dark: bool = True) -> None:
        for address in addresses:
            self.page.evaluate(OPENS, address)
            self.looks(f"{address} {state}", in_the_dark=in_the_dark)

    def looks(self, name: str, *, in_the_dark: bool = True) -> None:
        self.page.wait_for_function(IS_THERE)
        self._city.picture(self.page, "every" + re.sub(r"[^\w]+", "-", name))
        self.faults += looks.faults_of(self.page, name, self._least)
        if in_the_dark:
            self.faults += looks.contrast_in_the_dark(self.page, name)
        self.faults += looks.runs_off_when_narrow(self.page, name)
        if self._least == looks.FINGER and self.page.locator("main + footer.foot a").count() != HELPS:
            self.faults.append(f"{name}: help does not stand where it stands elsewhere")


def test_no_room_of_the_app_is_left_out_of_the_walk() -> None:
    rooms = set(re.findall(r"(?:room === |case )'([^']*)'", Path("pwa/screens/rooms.tsx").read_text("utf-8")))
    walked = {re.split(r"[/?]", address)[1] for address in (*WITH_CONTENT, *NOT_HERS)}
    assert rooms <= walked, rooms - walked


def test_every_screen_of_the_app_is_for_everybody(phone: Phone, city: City, browser: Browser) -> None:
    page = phone.page
    walk = Walk(page, city, looks.FINGER)
    for address in ("/", "/inbox", "/search", "/verify"):
        page.goto(address)
        phone.is_under_the_worker()
        walk.looks(f"{address} signed out")
    new = Phone(browser, city)
    new.comes_in("kenta")
    expect(new.testid("consents-first")).to_be_visible()
    unasked = Walk(new.page, city, looks.FINGER)
    unasked.looks("/ before the first yes")
    new.context.close()
    phone.logs_in("hana")
    phone.home_has_filled()
    walk.through(WITH_CONTENT, "with content")
    notice = phone.asks("ShowInbox")["viewer"]["inbox"]["nodes"][0]["id"]
    walk.through([f"/inbox/{notice}"], "of hers")
    walk.through(NOT_HERS, "not hers", in_the_dark=False)
    phone.is_under_the_worker()
    phone.goes_offline()
    walk.through(OFFLINE, "with no network", in_the_dark=False)
    page.evaluate(CLOSES)
    page.reload()
    walk.looks("/ locked")
    empty = Phone(browser, city)
    empty.logs_in("gaiji")
    empty.home_has_filled()
    nothing = Walk(empty.page, city, looks.FINGER)
    nothing.through(EMPTY, "with nothing")
    empty.context.close()
    faults = unasked.faults + walk.faults + nothing.faults
    assert faults == [], "\n".join(faults)


def test_every_kind_of_page_of_the_officials_is_for_everybody(browser: Browser, city: City) -> None:
    faults: list[str] = []
    for persona, pages in OF_OFFICIALS.items():
        official = Official(browser, city, persona)
        walk = Walk(official.page, city, looks.POINTER)
        for path in pages:
            answer = official.page.goto(f"/staff{path}")
            assert answer is not None, path
            assert answer.ok, f"{persona} {path}: {answer.status}"
            walk.looks(f"/staff{path}")
        official.goes_home()
        faults += walk.faults
    assert faults == [], "\n".join(faults)
