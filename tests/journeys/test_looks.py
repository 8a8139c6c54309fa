"""Every screen, for every eye and thumb: axe finds nothing, everything can be touched, nothing runs off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import looks, paperwork
from tests.journeys.city import City, eventually
from tests.journeys.officials import Official, Words
from tests.journeys.paperwork import HINATA, text_field
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

VACCINES = Words(title="予防接種のお知らせ", body="生後2か月から受けられます。", least=0, most=6)


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


class Review:
    """Looks at one screen after the other and remembers what is wrong."""

    def __init__(self, city: City) -> None:
        self.faults: list[str] = []
        self._city = city

    def looks_at(self, page: Page, name: str, least: int = looks.FINGER) -> None:
        page.screenshot(path=self._city.shots / f"{name}.png", full_page=True)
        self.faults += looks.faults_of(page, name, least) + looks.runs_off_when_narrow(page, name)


def test_hana_s_screens_and_the_officials_pages_are_for_everybody(
    phone: Phone, city: City, writer: Official, approver: Official
) -> None:
    review, page = Review(city), phone.page
    page.goto("/")
    expect(page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()
    review.looks_at(page, "login")
    phone.logs_in("hana")
    phone.home_has_filled()
    _officials_write(review, writer, approver)
    _home_in_three_languages(review, phone)
    _form_and_review(review, phone)
    _lists_and_settings(review, phone)
    _offline(review, phone)
    assert not review.faults, "\n".join(review.faults)
    phone.has_no_complaints()


def _officials_write(review: Review, writer: Official, approver: Official) -> None:
    writer.page.goto("/staff/broadcasts/new")
    review.looks_at(writer.page, "staff-form", looks.POINTER)
    writer.page.goto("/staff")
    notice = writer.writes(VACCINES)
    review.looks_at(writer.page, "staff-awaiting", looks.POINTER)
    approver.page.goto(f"{notice}/approve")
    review.looks_at(approver.page, "staff-approve", looks.POINTER)
    approver.approves(notice)
    review.looks_at(approver.page, "staff-sent", looks.POINTER)
    approver.page.goto("/staff")
    review.looks_at(approver.page, "staff-list", looks.POINTER)


def _home_in_three_languages(review: Review, phone: Phone) -> None:
    page = phone.page
    for button, name in (("English", "en"), ("やさしい日本語", "easy"), ("日本語", "ja")):
        page.goto("/settings")
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("html")).to_have_attribute("data-language", name)
        review.looks_at(page, f"settings-{name}")
        page.goto("/")
        phone.testid("bundle-care").wait_for()
        review.looks_at(page, f"home-{name}")
    page.locator("details.sources summary").click()
    review.looks_at(page, "home-sources")


def _form_and_review(review: Review, phone: Phone) -> None:
    page = phone.page
    page.goto("/step/move_out_notice")
    expect(page.get_by_role("heading", name="教えてください")).to_be_visible()
    review.looks_at(page, "step-with-question")
    page.goto("/")
    phone.testid(f"step-{HINATA}").get_by_role("link").click()
    expect(page.get_by_role("link", name="申請書を書く")).to_be_visible()
    review.looks_at(page, "step")
    page.get_by_role("link", name="申請書を書く").click()
    page.get_by_role("button", name="入力内容を確認する").click()
    expect(page.get_by_role("alert")).to_be_visible()
    review.looks_at(page, "form-with-mistakes")
    paperwork.opened(page, "claimant_phone", "日中つながる電話番号").fill("090-1234-5678")
    text_field(page, "ほかに伝えたいこと").fill("上の子は小学生です")
    paperwork.choose(page, "お子さんと同居していますか", "はい")
    paperwork.choose(page, "22歳の年度末までの", "いいえ")
    page.get_by_role("checkbox", name="記載内容は事実と相違なく").check()
    review.looks_at(page, "form")
    paperwork.reads_over(page)
    review.looks_at(page, "review")


def _lists_and_settings(review: Review, phone: Phone) -> None:
    page = phone.page
    for path, name in (("/applications", "applications"), ("/readings", "readings"), ("/inbox", "inbox")):
        page.goto(path)
        assert eventually(lambda: page.get_by_role("main").get_by_role("listitem").count() > 0), path
        review.looks_at(page, name)
    page.get_by_role("link", name=VACCINES.title).click()
    expect(page.get_by_role("heading", level=1, name=VACCINES.title)).to_be_visible()
    review.looks_at(page, "notice")
    page.goto("/settings")
    page.get_by_role("button", name="ログアウト").click()
    review.looks_at(page, "settings-logout")


def _offline(review: Review, phone: Phone) -> None:
    phone.is_under_the_worker()
    phone.goes_offline()
    phone.page.goto("/")
    expect(phone.testid("offline-banner")).to_be_visible()
    review.looks_at(phone.page, "home-offline")
    phone.page.get_by_role("link", name="オフラインでできること").click()
    expect(phone.page.get_by_role("heading", level=1, name="オフラインでできること")).to_be_visible()
    review.looks_at(phone.page, "help-offline")


def test_the_amounts_are_read_on_a_narrow_screen_in_words_not_in_letters(writer: Official) -> None:
    page = writer.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/staff/amounts")
    expect(page.get_by_role("heading", level=1, name="給付額の照合")).to_be_visible()
    widths = page.locator("tbody td:nth-child(2)").evaluate_all("cells => cells.map(cell => cell.clientWidth)")
    assert widths
    assert min(widths) >= 120
