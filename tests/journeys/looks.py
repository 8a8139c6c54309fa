"""What can be measured of a screen: axe's rules (WCAG 2.2 AA), the size of what is touched, and what runs off."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
FINGER, POINTER = 44, 24
TOO_SMALL = """least => {
  const target = one => {
    if (one.matches('input[type=radio], input[type=checkbox]')) return one.closest('label') ?? one;
    const cover = getComputedStyle(one, '::after');
    return cover.position === 'absolute' && cover.content !== 'none' ? one.offsetParent ?? one : one;
  };
  const inSentence = one => getComputedStyle(one).display === 'inline' &&
    [...one.parentElement.childNodes].some(node => node !== one && node.textContent.trim() !== '');
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(one => one.checkVisibility() && one.type !== 'hidden' && !inSentence(one))
    .map(one => ({ one, box: target(one).getBoundingClientRect() }))
    .filter(({ box }) => box.bottom > 0 && (box.height < least - 0.5 || box.width < least - 0.5))
    .map(({ one, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${one.outerHTML.slice(0, 120)}`);
}"""
SAME_NAME = """() => {
  const name = one => (one.getAttribute('aria-label') ?? one.innerText ?? '').replace(/\\s+/g, ' ').trim();
  const lines = 'section, fieldset, [role=group], [role=radiogroup], dialog, details, table, li, dd, tr';
  const within = one => [...document.querySelectorAll(lines)].indexOf(one.closest(lines));
  const seen = new Map(), twice = [];
  for (const one of document.querySelectorAll('main button, main a[href]')) {
    if (!one.checkVisibility() || name(one) === '') continue;
    const key = one.tagName + name(one) + within(one);
    const to = one.href ?? one;
    if (seen.has(key) && seen.get(key) !== to) twice.push(name(one));
    seen.set(key, to);
  }
  return twice;
}"""
"""Buttons, and links to different places, that are called alike and stand in no line or group that tells them
apart (WCAG 2.4.4)."""
RUNS_OFF = """() => {
  const page = document.documentElement, over = page.scrollWidth - page.clientWidth;
  const told = one => `${Math.round(one.getBoundingClientRect().right)} px wide: ${one.outerHTML.slice(0, 120)}`;
  const shown = [...document.body.querySelectorAll('*:not(input)')]
    .filter(one => one.checkVisibility() && one.clientWidth > 1);
  const cut = shown.filter(one => one.scrollWidth > one.clientWidth + 1 &&
    ['hidden', 'clip'].includes(getComputedStyle(one).overflowX) && getComputedStyle(one).clipPath === 'none' &&
    getComputedStyle(one).opacity !== '0');
  const off = over > 0 ? shown.filter(one => one.getBoundingClientRect().right > page.clientWidth + 1).slice(-2) : [];
  return [...(over > 0 ? [`${over} px run off to the side`] : []), ...[...cut, ...off].map(told)];
}"""
RUNS_AXE = """async options => {
  const at = scrollY, to = top => scrollTo({ top, behavior: 'instant' });
  to(document.documentElement.scrollHeight);
  const told = await axe.run(document, options);
  to(at);
  return told;
}"""
"""At the page's end, where the doors cover nothing: what lies under them is not too small, it is scrolled to."""
UNDER_A_COUNT = """() => [...document.querySelectorAll('.doors a')].filter(door => {
  const count = door.querySelector('.count')?.getBoundingClientRect(), words = document.createRange();
  const said = [...door.childNodes].find(node => node.nodeType === Node.TEXT_NODE);
  if (!count || !said) return false;
  words.selectNodeContents(said);
  return [...words.getClientRects()].some(at => at.left < count.right - 1 && at.right > count.left + 1 &&
    at.top < count.bottom - 1 && at.bottom > count.top + 1);
}).map(door => `the count covers: ${door.textContent}`)"""
LARGE = "size => { document.documentElement.dataset.size = size; }"
NARROW: ViewportSize = {"width": 320, "height": 640}


def faults_of(page: Page, name: str, least: int) -> list[str]:
    """What is wrong with the screen as it stands, each in a line; `least`: how wide and high a target is, in px."""
    page.wait_for_function("() => document.readyState === 'complete'")
    small = page.evaluate(TOO_SMALL, least)
    alike = [f"{name}: called alike: {one}" for one in page.evaluate(SAME_NAME)]
    return [*_broken_rules(page, name), *(f"{name}: less than {least} px: {one}" for one in small), *alike]


def _broken_rules(page: Page, name: str, rules: dict[str, Any] = RULES) -> list[str]:
    """The script is handed to a page once: the residents' app is one page however many screens are looked at."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    options = {"resultTypes": ["violations"], **rules}
    told: dict[str, Any] = page.evaluate(RUNS_AXE, options)
    return [f"{name}: {rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in told["violations"]]


def contrast_in_the_dark(page: Page, name: str) -> list[str]:
    """The one rule whose answer another theme can change."""
    page.emulate_media(color_scheme="dark")
    broken = _broken_rules(page, f"{name} in the dark", CONTRAST)
    page.emulate_media(color_scheme="light")
    return broken


def runs_off_when_narrow(page: Page, name: str) -> list[str]:
    """At 320 px, a wide screen at 400 % zoom (WCAG 1.4.10), and with words twice as large (1.4.4): nothing is cut."""
    wide, worn = page.viewport_size, page.locator("html").get_attribute("data-size")
    assert wide is not None
    page.set_viewport_size(NARROW)
    off = [f"{name} at 320 px: {one}" for one in page.evaluate(RUNS_OFF)]
    if worn is not None:
        page.evaluate(LARGE, "200")
        large = page.evaluate(RUNS_OFF) + page.evaluate(UNDER_A_COUNT)
        off += [f"{name} at 320 px with words at 200 %: {one}" for one in large]
        page.evaluate(LARGE, worn)
    page.set_viewport_size(wide)
    return off
