"""What can be measured of a screen: axe's rules (WCAG 2.2 AA), the size of what is touched, and what runs off."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
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
RUNS_OFF = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
NARROW: ViewportSize = {"width": 320, "height": 640}


def faults_of(page: Page, name: str, least: int) -> list[str]:
    """What is wrong with the screen as it stands, each in a line; `least`: how wide and high a target is, in px."""
    small = page.evaluate(TOO_SMALL, least)
    return [*_broken_rules(page, name), *(f"{name}: less than {least} px: {one}" for one in small)]


def _broken_rules(page: Page, name: str) -> list[str]:
    broken: list[dict[str, Any]] = (
        Axe().run(page, options={"resultTypes": ["violations"], **RULES}).response["violations"]
    )
    return [f"{name}: {rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in broken]


def runs_off_when_narrow(page: Page, name: str) -> list[str]:
    """At 320 px, which is a wide screen at 400 % zoom (WCAG 1.4.10), nothing is cut off to the side."""
    wide = page.viewport_size
    assert wide is not None
    page.set_viewport_size(NARROW)
    over = page.evaluate(RUNS_OFF)
    page.set_viewport_size(wide)
    return [f"{name}: {over} px run off to the side at 320 px"] if over > 0 else []
