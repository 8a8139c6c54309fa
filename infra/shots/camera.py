"""A phone (or an official's desk) that goes to each screen, waits until it stands still, and takes its picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright
from playwright.sync_api import Error as BrowserError

from infra.shots.screens import NOBODY, OFFICIAL, RESIDENT, Screen
from infra.shots.wear import THEMES, Wear

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
PATIENCE = 15_000
STANDS_STILL = """async () => {
  const busy = '[aria-busy="true"], main .waiting, .skeleton';
  const alike = () => `${document.querySelector('main')?.innerText.length} ${document.documentElement.scrollHeight}`;
  const isLiving = location.pathname === '/components';
  await document.fonts.ready;
  let [last, quiet] = ['', 0];
  for (let tries = 0; tries < 80 && quiet < 4; tries++) {
    await new Promise(done => setTimeout(done, 100));
    const now = alike();
    quiet = now === last && document.querySelector('h1') && (isLiving || !document.querySelector(busy)) ? quiet + 1 : 0;
    last = now;
  }
  return quiet >= 4;
}"""


class NotThere(Exception):
    """The screen has nothing to show for this persona: the link that leads to it is not there."""


HAS_THE_APP = "() => navigator.serviceWorker.ready.then(() => true)"
"""At addresses that have a page for everybody too, the app answers from then on (ADR 0051)."""


@contextmanager
def chromium(playwright: Playwright, program: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
    yield browser
    browser.close()


def comes_in(browser: Browser, origin: str, who: str, persona: str) -> Page:
    """A page of somebody who is in already: a resident who agreed to all, an official, or nobody at all."""
    screen = DESK if who == OFFICIAL else PHONE
    context = browser.new_context(
        base_url=origin, locale="ja-JP", timezone_id="Asia/Tokyo", reduced_motion="reduce", **screen
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if who == NOBODY:
        page.goto("/")
        page.evaluate(HAS_THE_APP)
        return page
    page.goto("/staff" if who == OFFICIAL else "/")
    door = "職員アカウントでログイン" if who == OFFICIAL else "マイナンバーカードでログイン"
    page.get_by_role("link", name=door).click()
    page.locator(f'button[name="persona"][value="{persona}"]').click()
    if who == OFFICIAL:
        page.get_by_role("button", name="パスキーなしで試す").click()
    page.wait_for_url(f"{origin}/**")
    if who == RESIDENT:
        page.wait_for_selector("section.bundle, [data-testid=consents-first]")
        first = page.get_by_test_id("consents-first").get_by_role("button").first
        if first.count():
            first.click()
            page.wait_for_selector("section.bundle")
        page.evaluate(HAS_THE_APP)
    return page


def opens(page: Page, screen: Screen, language: str) -> bool:
    """Goes there in a language; whether it stands still. Raises NotThere."""
    if screen.who != OFFICIAL:
        page.evaluate("language => localStorage.setItem('language', language)", language)
    page.goto(screen.path)
    settled = bool(page.evaluate(STANDS_STILL))
    if screen.link:
        links = page.locator(f'main a[href^="{screen.link}"]:not([href="{screen.path}"])')
        if not links.count():
            raise NotThere
        page.goto(links.first.get_attribute("href") or "/")
        settled = bool(page.evaluate(STANDS_STILL))
    if screen.after:
        with suppress(BrowserError):
            page.locator(screen.after).first.click(timeout=2_000)
        settled = bool(page.evaluate(STANDS_STILL)) and settled
    return settled


def takes(page: Page, wear: Wear, to: Path) -> None:
    page.emulate_media(**THEMES[wear.theme])
    page.evaluate(
        "size => { document.documentElement.dataset.size = size; scrollTo(0, 0);"
        " document.querySelector('.doors')?.style.setProperty('position', 'static'); }",
        wear.size,
    )
    to.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=to, full_page=True, animations="disabled", caret="hide")
