"""Home opened from the device on a slow phone: processor four times slower, slow 4G, as Lighthouse has them.

What she waits for is what she sees: until her home stands there, and until a touch is answered. Nothing here is a test.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Any

from infra.load.birth import CHROMIUM, PATIENCE_MS
from infra.load.city import City

TIMES = 5
SLOWER = 4
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
OFF = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
WATCH = """() => {
  const told = (window.__told = {home: 0, touch: 0, shift: 0, paint: 0});
  const watch = (type, heard) => new PerformanceObserver(list => list.getEntries().forEach(heard))
    .observe({type, buffered: true});
  watch('layout-shift', one => { if (!one.hadRecentInput) told.shift += one.value; });
  watch('paint', one => { told.paint ||= one.startTime; });
  const look = () => {
    if (!document.querySelector('#next')) return requestAnimationFrame(look);
    told.home = performance.now();
    requestAnimationFrame(() => setTimeout(() => { told.touch = performance.now(); }));
  };
  look();
}"""


TOUCHED = """() => new Promise(done => {
  const look = () => window.__told.touch > 0 ? done(true) : setTimeout(look, 20);
  look();
})"""


@dataclass(frozen=True)
class Phone:
    """Milliseconds from the touch on the icon, the middle of five; `shift` is the worst CLS."""

    line: str
    paint: float
    home: float
    touch: float
    shift: float


def measure(city: City) -> list[Phone] | None:
    """None: there is no Chromium here (`make browsers`)."""
    if not CHROMIUM.exists():
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        hers = browser.new_context(
            base_url=city.origin, viewport={"width": 390, "height": 844}, locale="ja-JP", has_touch=True, is_mobile=True
        )
        hers.set_default_timeout(PATIENCE_MS)
        page = hers.new_page()
        _logs_in(page)
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        page.close()
        told = [_opened(hers, "slow 4G", SLOW_4G), _opened(hers, "no network", OFF)]
        browser.close()
    return told


def _logs_in(page: Any) -> None:
    """Not counted: the app lies on her phone already, and home was there once."""
    page.goto("/")
    page.get_by_role("link", name="マイナンバーカードでログイン").click()
    page.locator('button[name="persona"][value="ken"]').click()
    page.get_by_test_id("consents-first").get_by_role("button").first.click()
    page.goto("/")
    page.locator("#next").wait_for()


def _opened(hers: Any, line: str, network: dict[str, Any]) -> Phone:
    rounds = [_once(hers, network) for _ in range(TIMES)]
    middle = {key: statistics.median(one[key] for one in rounds) for key in ("paint", "home", "touch")}
    return Phone(line, **middle, shift=max(one["shift"] for one in rounds))


def _once(hers: Any, network: dict[str, Any]) -> dict[str, float]:
    page = hers.new_page()
    page.add_init_script(f"({WATCH})()")
    wire = hers.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", network)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto("/", wait_until="commit")
    page.evaluate(TOUCHED)
    page.wait_for_timeout(2000)  # what comes afterwards must not push aside what she reads
    told: dict[str, float] = page.evaluate("window.__told")
    page.close()
    return told


def table(phones: list[Phone] | None) -> str:
    if phones is None:
        return "home on a slow phone: not measured, there is no Chromium here (make browsers)"
    rows = [
        f"home from the device, {one.line:<11} first paint {one.paint:5.0f} ms, home {one.home:5.0f} ms, "
        f"answers a touch {one.touch:5.0f} ms, layout shift {one.shift:.3f}"
        for one in phones
    ]
    return "\n".join([*rows, f"  processor {SLOWER} times slower; wanted: 1,000 ms and no shift"])
