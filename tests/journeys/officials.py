"""Officials at their desks: a wide screen, /staff, and the two pairs of eyes a notice needs."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, ViewportSize, expect

from tests.journeys.city import City

DESK: ViewportSize = {"width": 1280, "height": 900}
PATIENCE = 20_000


@dataclass(frozen=True)
class Words:
    """A notice in Japanese, for parents who read Japanese and have a child from `least` to `most` years old."""

    title: str
    body: str
    least: int
    most: int


class Official:
    """One official, signed in, with a browser of their own."""

    def __init__(self, browser: Browser, city: City, persona: str) -> None:
        self.context = browser.new_context(
            base_url=city.origin, viewport=DESK, locale="ja-JP", timezone_id="Asia/Tokyo"
        )
        self.context.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.context.on("console", self._hear)
        self.page: Page = self.context.new_page()
        self.page.goto("/staff")
        self.page.get_by_role("link", name="職員アカウントでログイン").click()
        self.page.locator(f'button[name="persona"][value="{persona}"]').click()
        self.page.get_by_role("button", name="パスキーなしで試す").click()
        self.page.wait_for_url(f"{city.origin}/staff")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def writes(self, words: Words) -> str:
        """A draft handed over for approval; the path of its page."""
        page = self.page
        page.get_by_role("link", name="新しいお知らせを書く").click()
        page.get_by_role("textbox", name="件名（日本語）").fill(words.title)
        page.get_by_role("textbox", name="本文（日本語）").fill(words.body)
        page.get_by_role("group", name="表示言語").get_by_label("日本語", exact=True).check()
        page.get_by_label("子どもの年齢（下限）").fill(str(words.least))
        page.get_by_label("子どもの年齢（上限）").fill(str(words.most))
        expect(page.get_by_test_id("audience-size")).to_contain_text(f"{words.least}歳から{words.most}歳まで")
        return self._hands_over()

    def excepts_by_keyboard(self, kind: str) -> None:
        """A row of exceptions, reached and made without a mouse; what was typed before stays."""
        page = self.page
        page.get_by_role("textbox", name="件名（日本語）").fill("書きかけ")
        page.get_by_role("textbox", name="本文（日本語）").fill("まだ途中です。")
        with page.expect_navigation():
            page.get_by_role("textbox", name="件名（日本語）").press("Enter")
        expect(page.get_by_label("子どもの年齢（下限）")).to_be_visible()
        page.locator("summary", has_text="「または」や").focus()
        page.keyboard.press("Enter")
        page.get_by_label("除く人の条件").select_option(kind)
        page.get_by_label("除く人の条件").focus()
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("checkbox", name="要支援1")).to_be_focused()
        page.keyboard.press("Space")
        expect(page.get_by_test_id("audience-size")).to_contain_text("要支援1の人か、その家族を除く")
        expect(page.get_by_role("textbox", name="件名（日本語）")).to_have_value("書きかけ")

    def _hands_over(self) -> str:
        self.page.get_by_role("button", name="下書きを保存する").click()
        expect(self.state).to_have_text("下書き")
        return self.asks()

    def asks(self) -> str:
        """For approval of the draft that lies open; the path of its page."""
        self.page.get_by_role("button", name="承認を依頼").click()
        expect(self.state).to_have_text("承認待ち")
        return self.page.url.split("?", 1)[0]

    def approves(self, notice: str) -> None:
        """And stays at the notice's page until it has gone out."""
        page = self.page
        page.goto(notice)
        page.get_by_role("button", name="承認して送る").click()
        page.get_by_role("button", name="この版を承認して送る").click()
        expect(self.state).to_have_text("配信済み", timeout=PATIENCE)

    @property
    def state(self) -> Locator:
        return self.page.get_by_test_id("broadcast-state")

    def count(self, what: str) -> Locator:
        return self.page.get_by_test_id(f"count-{what}")

    def goes_home(self) -> None:
        self.context.close()
        assert self.complaints == []
