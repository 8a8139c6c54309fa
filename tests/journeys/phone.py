"""A phone in somebody's hand: Chromium with a phone's screen, and what a person does with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    WebError,
    expect,
)
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.journeys.city import City

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
CHROMIUM = "/usr/bin/chromium"
SHELL = "/usr/bin/chromium-headless-shell"
"""The same engine without what shows windows and notifications, and a third less work."""
SCREEN: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 45_000
"""Milliseconds; spent by what fails, and by a machine that does much else."""
LOOKS = 3
READ_SHELF = """async shelf => {
  const stores = await indexedDB.databases();
  if (!stores.some(store => store.name === 'kurashimado')) return [];
  const told = request => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const store = await told(indexedDB.open('kurashimado'));
  try {
    if (!store.objectStoreNames.contains(shelf)) return [];
    const kept = await told(store.transaction(shelf).objectStore(shelf).getAll());
    const own = await told(store.transaction('device').objectStore('device').get('key'));
    const opened = async one => one && one.iv && one.key ? JSON.parse(new TextDecoder().decode(
      await crypto.subtle.decrypt({name: 'AES-GCM', iv: one.iv}, own.key, one.data))) : one;
    return await Promise.all(kept.map(opened));
  } finally {
    store.close();
  }
}"""
NETWORK_IS_OFF = "net::ERR_INTERNET_DISCONNECTED"


@contextmanager
def open_chromium(playwright: Playwright, program: str = SHELL) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
    yield browser
    browser.close()


class Phone:
    """One browser profile. `page` is the tab in front; `complaints` are what a console must never say."""

    def __init__(self, browser: Browser, city: City, locale: str = "ja-JP") -> None:
        self.city = city
        self.context: BrowserContext = browser.new_context(
            base_url=city.origin,
            viewport=SCREEN,
            locale=locale,
            timezone_id="Asia/Tokyo",
            reduced_motion="reduce",
            has_touch=True,
            is_mobile=True,
            device_scale_factor=1,
        )
        self.context.set_default_timeout(PATIENCE)
        self.console: list[str] = []
        self.complaints: list[str] = []
        self.context.on("console", self._hear)
        self.context.on("weberror", self._complain)
        self.page: Page = self.context.new_page()
        self.endpoint = ""

    def _hear(self, message: ConsoleMessage) -> None:
        line = f"{message.type}: {message.text} ({message.location.get('url', '')})"
        self.console.append(line)
        if message.type == "error" and NETWORK_IS_OFF not in message.text:
            self.complaints.append(line)

    def _complain(self, error: WebError) -> None:
        line = f"uncaught: {getattr(error.error, 'stack', error.error)} ({error.page.url if error.page else ''})"
        self.console.append(line)
        self.complaints.append(line)

    def logs_in(self, persona: str, to: str = "/") -> None:
        """With the card, through the stand-in's own page; the first time she agrees to all that home is made of."""
        self.comes_in(persona, to)
        viewer = self.asks("WhoIsHere")["viewer"]
        if viewer is not None and viewer["language"] != "JA":
            self._goes_back_to_japanese()
        if viewer is not None and viewer["consentsDecidedAt"] is None:
            self.agrees_to_all(to)

    def _goes_back_to_japanese(self) -> None:
        """Whatever language another journey left her account in."""
        self.asks("ChooseLanguage", {"language": "JA"})
        self.page.reload()
        expect(self.page.locator("html")).to_have_attribute("data-language", "ja")

    def comes_in(self, persona: str, to: str = "/") -> None:
        """With the card, and no further."""
        self.page.goto(to)
        self.page.get_by_role("link", name="マイナンバーカードでログイン").click()
        self.page.locator(f'button[name="persona"][value="{persona}"]').click()
        self.page.wait_for_url(f"{self.city.origin}/**")

    def agrees_to_all(self, to: str = "/") -> None:
        """The one clear yes on the page of consents, which stands in the place of home."""
        if to != "/":
            self.page.goto("/")
        self.testid("consents-first").get_by_role("button").first.click()
        expect(self.testid("consents-first")).to_have_count(0)
        if to != "/":
            self.page.goto(to)

    def home_has_filled(self) -> None:
        """Every source has settled, and nobody is being asked any more."""
        expect(self.testid("source-registry")).to_be_attached()
        expect(self.page.locator('[data-testid^="source-"][data-state="WAITING"]')).to_have_count(0, timeout=PATIENCE)
        expect(self.page.locator("section.next")).to_be_visible()
        expect(self.refresh).to_be_enabled()

    @property
    def refresh(self) -> Locator:
        """The button that asks every source anew."""
        return self.page.get_by_role("button", name=re.compile("さいしんにする|最新にする"))

    def is_under_the_worker(self) -> None:
        """From now on a reload needs no network."""
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")

    def has_the_app(self) -> None:
        """It has been opened here before: it answers at the addresses that have a page for everybody too."""
        self.page.goto("/")
        self.is_under_the_worker()

    def takes_notices(self) -> str:
        """Her phone's subscription, as the push service made it up; its token."""
        self.context.grant_permissions(["notifications"])
        self.is_under_the_worker()
        made = self.city.makes_up_subscription(self.asks("WhoIsHere")["service"]["pushKey"])
        told = self.asks("SubscribePush", {"input": {"endpoint": made["endpoint"], **made["keys"]}})
        assert told["subscribePush"]["__typename"] == "PushDevice", told
        self.endpoint = str(made["endpoint"])
        return self.endpoint.rsplit("/", 1)[1]

    def takes_no_more_notices(self) -> None:
        self.asks("UnsubscribePush", {"endpoint": self.endpoint})

    def goes_offline(self) -> None:
        self.context.set_offline(True)

    def comes_back_online(self) -> None:
        self.context.set_offline(False)

    def opens_another_tab(self, path: str = "/") -> Page:
        page = self.context.new_page()
        page.goto(path)
        return page

    def opens_step(self, step: str) -> None:
        """By its card on home, which may be behind the door of what comes after the first few, or go there while she
        looks: letters and fees that are heard of later stand before it."""
        card = self.testid(f"step-{step}")
        card.wait_for(state="attached")
        link = card.locator(":is(h2, h3) > a")
        for _ in range(LOOKS):
            if not link.is_visible():
                self.page.locator("section.next > details.more > summary").click()
            try:
                link.click(timeout=PATIENCE / LOOKS)
            except PlaywrightTimeout:
                continue
            break
        expect(self.page.locator("section.next")).to_have_count(0)

    def testid(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    def asks(self, document: str, variables: dict[str, Any] | None = None, reading: str = "") -> dict[str, Any]:
        """A trusted document, asked from the page itself with its session; errors fail the test. `reading`: a language
        that it is asked in, as the app does."""
        body = {"id": self.city.document(document), "variables": variables or {}}
        told: dict[str, Any] = self.page.evaluate(
            "([body, reading]) => fetch('/graphql', {method: 'POST', headers: {'Content-Type': 'application/json',"
            " ...(reading && {'X-Kurashimado-Language': reading}),"
            " 'X-Kurashimado-Token': /__Host-token=([^;]*)/.exec(document.cookie)?.[1] ?? ''},"
            " body: JSON.stringify(body)}).then(answer => answer.json())",
            [body, reading],
        )
        assert not told.get("errors"), told
        data: dict[str, Any] = told["data"]
        return data

    def has_no_complaints(self) -> None:
        assert not self.complaints, self.complaints

    def keeps(self, shelf: str) -> list[Any]:
        """What this device holds on a shelf of its store, opened with its key; an empty list when there is no store."""
        kept: list[Any] = self.page.evaluate(READ_SHELF, shelf)
        return kept
