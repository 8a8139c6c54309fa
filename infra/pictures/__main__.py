"""Takes the README's two pictures of a running demo city: `make run`, then `python -m infra.pictures [origin]`."""

import sys
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
HERE = Path(__file__).parent
SCREEN: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 30_000


def take(origin: str) -> None:
    """Home and the child allowance form of 佐藤 はな, as a phone shows them first."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            base_url=origin, viewport=SCREEN, device_scale_factor=1.5, locale="ja-JP", timezone_id="Asia/Tokyo"
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        _logs_in(page)
        page.screenshot(path=HERE / "home.png")
        page.locator('[data-testid^="step-child_allowance_change"] a').click()
        page.get_by_role("link", name="申請書を書く").click()
        expect(page.locator(".known").first).to_be_visible()
        page.screenshot(path=HERE / "form.png")
        browser.close()


def _logs_in(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="日本語", exact=True).click()
    page.get_by_role("link", name="マイナンバーカードでログイン").click()
    page.locator('button[name="persona"][value="hana"]').click()
    page.locator(".consent-acts button").first.click()
    expect(page.locator("section.next")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="最新にする")).to_be_enabled(timeout=PATIENCE)


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
