"""An employer writes on a PC without an account; the mother shows a copy under ground."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, Route, expect

from infra.load.hand import Hand
from tests.journeys.city import City
from tests.journeys.phone import Phone
from tests.journeys.test_together import goes_through

pytestmark = pytest.mark.slow

STEP = "/parts/nursery_certification"
TEXTS = {
    "証明書発行事業所名": "みどり商事株式会社",
    "代表者名": "緑川 一郎",
    "事業所の所在地": "東京都港区芝大門2-1-1",
    "記載担当者名": "青木",
    "記載者の電話番号": "03-1234-5678",
    "本人氏名（就労している方）": "佐藤 はな",
    "就労日数（週）": "5",
    "就労時間（週・休憩を含む）": "40",
    "就労時間（月間・休憩を含む）": "160",
}


def test_an_employer_writes_by_a_link_and_a_copy_is_shown_without_a_network(phone: Phone, city: City) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    page = phone.page
    page.goto(STEP)
    page.get_by_role("radio", name=re.compile("^就労証明書\\s*あなたの勤め先")).check()
    page.get_by_label("頼む相手（会社名など）").fill("みどり商事")
    page.get_by_role("button", name="リンクを作る").click()
    link = phone.testid("part-link").first.inner_text()
    expect(page.get_by_role("img", name="QRコード（みどり商事あて）").first).to_be_visible()
    _the_employer_writes(phone, link)
    page.goto("/parts")
    expect(phone.testid("part").first).to_contain_text("記入済み")
    _shows_a_copy(phone)
    _knows_for_whom_it_will_wait(phone)
    phone.has_no_complaints()


def _the_employer_writes(phone: Phone, link: str) -> None:
    """A browser of his own, wide as a PC's."""
    context = phone.context.browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 900})  # type: ignore[union-attr]
    page: Page = context.new_page()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("就労証明書")
    expect(page.get_by_role("main")).to_contain_text("佐藤 はなさんからみどり商事への依頼です")
    expect(page.get_by_role("main")).not_to_contain_text("芝浦")
    page.get_by_role("button", name="送信する").click()
    expect(page.get_by_test_id("task-wrong")).to_be_visible()
    expect(page.get_by_label("証明書発行事業所名")).to_be_focused()
    for label, typed in TEXTS.items():
        page.get_by_label(label).fill(typed)
    page.get_by_label("雇用（予定）期間").select_option("open")
    page.get_by_label("雇用の形態").select_option("regular")
    page.reload()
    expect(page.get_by_label("雇用の形態")).to_have_value("regular")
    expect(page.get_by_label("代表者名")).to_have_value("緑川 一郎")
    page.go_back()
    page.go_forward()
    expect(page.get_by_label("代表者名")).to_have_value("緑川 一郎")
    page.get_by_label("雇用（予定）開始日").fill("2019-04-01")
    page.get_by_role("checkbox").check()
    phone.city.picture(page, "employer")
    page.get_by_role("button", name="送信する").click()
    expect(page.get_by_test_id("task-copy")).to_contain_text("みどり商事株式会社")
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('typed '))") == []
    page.goto(f"{link}2")
    expect(page.get_by_role("heading", level=1)).to_have_text("このリンクは使えません。")
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("このリンクは使えません。")
    context.close()


def _knows_for_whom_it_will_wait(phone: Phone) -> None:
    """Before she sends, and with what she can do when nobody answers."""
    page = phone.page
    phone.asks("AnswerQuestion", {"fact": "care_worry", "value": True})
    page.goto("/together/care")
    part = page.locator('[data-testid^="part-care_certification"]').get_attribute("data-testid")
    page.goto(f"/parts/{(part or '').removeprefix('part-')}")
    page.get_by_role("radio").first.check()
    page.locator("input[type=text]").first.fill("山本医院")
    page.get_by_role("button", name="リンクを作る").click()
    expect(phone.testid("part-link").first).to_be_visible()
    page.goto("/together/care")
    goes_through(page, Hand(page, is_human=False))
    waits = phone.testid("waits-first")
    expect(waits).to_contain_text("山本医院：主治医意見書の予定の確認")
    expect(waits).to_contain_text("頼み直す、書類なしで送る、取り下げる")


def _shows_a_copy(phone: Phone) -> None:
    page = phone.page
    page.goto("/documents")
    page.get_by_role("button", name="新しい書類を受け取る").click()
    card = phone.testid("issued").filter(has_text="子ども医療証")
    expect(card).to_contain_text("区の署名を確認しました")
    phone.city.picture(page, "documents")
    phone.context.set_offline(True)
    card.get_by_role("link", name="写しを表示する").click()
    expect(phone.testid("copy")).to_contain_text("原本ではありません")
    page.reload()
    expect(phone.testid("copy")).to_contain_text("子ども医療証")
    phone.city.picture(page, "copy")
    page.goto("/documents")
    card.get_by_role("link", name="読む・印刷する").click()
    expect(phone.testid("sheet")).to_contain_text("公費負担者番号")
    expect(page.get_by_text("PDFは通信できるときに")).to_be_visible()
    page.reload()
    expect(phone.testid("sheet")).to_contain_text("子ども医療証")
    phone.context.set_offline(False)
    _finds_it_on_another_phone_too(phone)
    _takes_a_pdf_whose_square_leads_a_desk_to_the_seal(phone)


def is_overloaded_for(document: str) -> Callable[[Route], None]:
    """The server has no time for this one question."""

    def answer(route: Route) -> None:
        if document in (route.request.post_data or ""):
            route.fulfill(status=503)
        else:
            route.fallback()

    return answer


def _finds_it_on_another_phone_too(phone: Phone) -> None:
    """Where the list was never opened."""
    browser, place = phone.context.browser, phone.page.url
    assert browser is not None
    other = Phone(browser, phone.city)
    other.logs_in("hana")
    shows = phone.city.document("ShowDocuments")
    other.context.route("**/graphql", is_overloaded_for(shows))
    other.page.goto("/wallet")
    again = other.page.get_by_role("button", name="もう一度読み込む")
    expect(again).to_be_visible()
    other.context.unroute("**/graphql")
    again.click()
    expect(other.page.get_by_role("link", name="子ども医療証")).to_be_visible()
    other.context.close()
    other = Phone(browser, phone.city)
    other.logs_in("hana")
    other.page.goto(place)
    expect(other.testid("sheet")).to_contain_text("子ども医療証")
    other.context.close()


def _takes_a_pdf_whose_square_leads_a_desk_to_the_seal(phone: Phone) -> None:
    page = phone.page
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDFで保存する").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="印刷する")).to_be_hidden()
    shot = page.screenshot(path=str(phone.city.shots / "document-printed.png"), full_page=True)
    page.emulate_media(media="screen")
    (square,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(shot)))
    context = phone.context.browser.new_context(locale="ja-JP")  # type: ignore[union-attr]
    desk = context.new_page()
    desk.goto(square.text)
    expect(desk.get_by_test_id("copy-verdict")).to_have_attribute("data-verdict", "VALID")
    expect(desk.get_by_role("main")).to_contain_text("子ども医療証")
    phone.city.picture(desk, "copy-checked")
    desk.goto(f"{square.text[:-4]}AAAA")
    expect(desk.get_by_test_id("copy-verdict")).to_have_count(0)
    expect(desk.get_by_role("main")).not_to_contain_text("子ども医療証")
    context.close()
