"""What only a hand brings up, for every eye and thumb: mistakes in a form, its review, rows of an audience, languages.

Every screen as it opens: `test_every_screen.py`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import looks, paperwork
from tests.journeys.city import City
from tests.journeys.officials import Official, Words
from tests.journeys.paperwork import HINATA, text_field
from tests.journeys.phone import PATIENCE, Phone

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
        self._city.picture(page, name)
        self.faults += looks.faults_of(page, name, least) + looks.runs_off_when_narrow(page, name)


def test_hana_s_screens_and_the_officials_pages_are_for_everybody(
    phone: Phone, city: City, writer: Official, approver: Official
) -> None:
    review = Review(city)
    phone.logs_in("hana")
    phone.home_has_filled()
    _officials_write(review, writer, approver)
    _home_in_three_languages(review, phone)
    _form_and_review(review, phone)
    assert not review.faults, "\n".join(review.faults)
    phone.has_no_complaints()


EARLY = """new MutationObserver(() => { window.wornEarly ??= document.body === null; })
  .observe(document, { attributes: true, attributeFilter: ['data-theme'], subtree: true })"""


def test_every_part_stands_in_high_contrast_and_what_she_chose_is_worn_before_anything_is_painted(
    phone: Phone, city: City
) -> None:
    review, page = Review(city), phone.page
    page.goto("/components")
    page.get_by_role("button", name="ハイコントラスト", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
    review.looks_at(page, "components in high contrast")
    page.emulate_media(forced_colors="active")
    review.looks_at(page, "components in forced colours")
    page.emulate_media(forced_colors="none")
    page.get_by_role("button", name="ダーク", exact=True).click()
    page.get_by_role("button", name="特に大きい", exact=True).click()
    page.add_init_script(EARLY)
    page.reload()
    expect(page.get_by_role("button", name="特に大きい", exact=True)).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("window.wornEarly")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(26, 26, 26)"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    page.emulate_media(reduced_motion="no-preference")
    page.get_by_role("banner").get_by_role("link", name="くらしまど").click()
    expect(page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible(timeout=PATIENCE)
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="部品")).to_be_visible()
    assert not review.faults, "\n".join(review.faults)
    phone.has_no_complaints()


def _officials_write(review: Review, writer: Official, approver: Official) -> None:
    writer.page.goto("/staff/broadcasts/new")
    writer.excepts_by_keyboard("care")
    review.looks_at(writer.page, "staff-form-rows", looks.POINTER)
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
    phone.opens_step(HINATA)
    page.get_by_role("link", name="申請書を書く").click()
    page.get_by_role("button", name="入力内容を確認する").click()
    expect(page.get_by_role("main").get_by_role("alert")).to_be_visible()
    review.looks_at(page, "form-with-mistakes")
    paperwork.opened(page, "claimant_phone", "日中つながる電話番号").fill("090-1234-5678")
    text_field(page, "ほかに伝えたいこと").fill("上の子は小学生です")
    paperwork.choose(page, "お子さんと同居していますか", "はい")
    paperwork.choose(page, "22歳の年度末までの", "いいえ")
    page.get_by_role("checkbox", name="記載内容は事実と相違なく").check()
    review.looks_at(page, "form")
    paperwork.reads_over(page)
    review.looks_at(page, "review")


def test_the_amounts_are_read_on_a_narrow_screen_in_words_not_in_letters(writer: Official) -> None:
    page = writer.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/staff/amounts")
    expect(page.get_by_role("heading", level=1, name="給付額の照合")).to_be_visible()
    widths = page.locator("tbody td:nth-child(2)").evaluate_all("cells => cells.map(cell => cell.clientWidth)")
    assert widths
    assert min(widths) >= 120
