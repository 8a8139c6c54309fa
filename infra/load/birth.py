"""What the birth bundle costs a parent on her phone, beside what the paper forms ask: a hand at human speed does it.

From home to the page that says all is received: answered once, looked over, agreed to, signed once with the card. It is
done in Chromium on a phone's screen; the hand reads nothing, so the seconds are those of touching, typing and waiting.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from infra.load.city import City, demo_city
from infra.load.hand import TAP_S, TYPED_A_SECOND, Hand, answers

CHROMIUM: Final = Path("/usr/bin/chromium")
PATIENCE_MS: Final = 30_000
TOLD: Final[Mapping[str, str | int | date]] = {
    "claimant_phone": "09012345678",
    "applicant_phone": "09012345678",
    "clinic": "みなと産院",
    "birth_weight": "3050",
    "older_children": 1,
    "stays_elsewhere": 1,
}
ON: Final = re.compile("次へ|すべてを確認する")


@dataclass(frozen=True)
class Birth:
    """`procedures`: those that were sent; `boxes`: of their paper forms."""

    procedures: tuple[str, ...]
    boxes: int
    taps: int
    typed: int
    seconds: float


def measure(city: City) -> Birth | None:
    """None: there is no Chromium here (`make browsers`)."""
    if not CHROMIUM.exists():
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        screen = browser.new_context(
            base_url=city.origin, viewport={"width": 390, "height": 844}, locale="ja-JP", has_touch=True, is_mobile=True
        )
        screen.set_default_timeout(PATIENCE_MS)
        hand = Hand(screen.new_page())
        _logs_in(hand.page)
        began = time.monotonic()
        _does_it(hand)
        seconds = time.monotonic() - began
        procedures = tuple(_sent(hand.page))
        browser.close()
    told = [sys.executable, "-m", "infra.catalogue.paper", *procedures]
    boxes = int(subprocess.run(told, check=True, capture_output=True, text=True).stdout)
    return Birth(procedures, boxes, hand.taps, hand.typed, seconds)


def _logs_in(page: Any) -> None:
    """Not counted: she is in her app already."""
    page.goto("/")
    page.get_by_role("link", name="マイナンバーカードでログイン").click()
    page.locator('button[name="persona"][value="hana"]').click()
    page.get_by_test_id("consents-first").get_by_role("button").first.click()
    page.get_by_test_id("together-pregnancy_birth").wait_for()
    page.locator('[data-testid^="source-"][data-state="WAITING"]').first.wait_for(state="detached")


def _does_it(hand: Hand) -> None:
    page = hand.page
    hand.tap(page.get_by_test_id("together-pregnancy_birth"))
    hand.tap(page.get_by_role("link", name=re.compile("はじめる")))
    page.get_by_role("progressbar").wait_for()
    while page.get_by_role("progressbar").count():
        answers(hand, TOLD)
        hand.tap(page.get_by_role("button", name=ON))
    answers(hand, TOLD)
    hand.tap(page.get_by_role("button", name="一度署名して、すべて送る"))
    hand.tap(page.locator('button[value="hana"]'))
    hand.tap(page.get_by_role("button", name="署名する", exact=True))
    page.wait_for_url("**/folders/*")
    page.get_by_text(re.compile(r"(\d+)件中\1件を受け付けました")).wait_for()


def _sent(page: Any) -> list[str]:
    parts = page.locator('[data-testid^="sent-"]').all()
    return [str(part.get_attribute("data-testid")).removeprefix("sent-").partition(":")[0] for part in parts]


def table(found: Birth | None) -> str:
    if found is None:
        return "the birth bundle: not walked, there is no Chromium here (make browsers)"
    acts = found.taps + found.typed
    return "\n".join(
        [
            f"the birth bundle, {len(found.procedures)} procedures sent together by a hand at human speed"
            f" ({TYPED_A_SECOND:g} letters and {1 / TAP_S:g} tap a second):",
            f"  taps {found.taps}, typed characters {found.typed}, seconds {found.seconds:.0f}",
            f"  boxes of the paper forms {found.boxes}; taps a box {found.taps / found.boxes:.2f},"
            f" typed characters a box {found.typed / found.boxes:.2f}, both {acts / found.boxes:.2f}",
            f"  {', '.join(found.procedures)}",
        ]
    )


if __name__ == "__main__":
    with demo_city() as opened:
        sys.stdout.write(table(measure(opened)) + "\n")
