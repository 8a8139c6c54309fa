"""The screens of money, of a move and of life events: for every eye and thumb, in the dark and in forced colours."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import looks, paperwork
from tests.journeys.city import City
from tests.journeys.paperwork import today
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

SETAGAYA = "131121"
SEEN_AS = (
    ("light", {"color_scheme": "light", "forced_colors": "none"}),
    ("dark", {"color_scheme": "dark", "forced_colors": "none"}),
    ("forced", {"color_scheme": "light", "forced_colors": "active"}),
)


def looks_at(page: Page, city: City, name: str) -> list[str]:
    """As it stands, in the dark and in forced colours, and at 320 px, which is 400 % zoom."""
    faults: list[str] = []
    for way, media in SEEN_AS:
        page.emulate_media(**media)  # type: ignore[arg-type]
        city.picture(page, f"{name}-{way}")
        faults += looks.faults_of(page, f"{name}-{way}", looks.FINGER)
    page.emulate_media(color_scheme="light", forced_colors="none")
    return faults + looks.runs_off_when_narrow(page, name)


def moves_to_setagaya(phone: Phone) -> None:
    day = (today() + timedelta(days=20)).isoformat()
    for fact, value in (("moving", True), ("move_date", day), ("move_to", SETAGAYA)):
        told = phone.asks("AnswerQuestion", {"fact": fact, "value": value})
        assert told["answerQuestion"]["__typename"] == "Home", told
    phone.refresh.click()
    phone.home_has_filled()


def test_money_a_move_its_sheet_and_an_event_are_for_everybody(phone: Phone, city: City) -> None:
    page, faults = phone.page, []
    phone.logs_in("hana")
    phone.home_has_filled()
    moves_to_setagaya(phone)
    faults += looks_at(page, city, "home-mid-move")
    page.get_by_role("link", name="受けられる手当・支援").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    faults += looks_at(page, city, "benefits")
    page.goto("/moving/difference")
    expect(phone.testid("difference")).to_have_attribute("data-to", SETAGAYA)
    faults += looks_at(page, city, "difference")
    offer = phone.testid("sheet-offer")
    offer.get_by_role("checkbox").check()
    offer.get_by_role("button").click()
    expect(phone.testid("sheet")).to_have_attribute("data-state", "valid")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    faults += looks_at(page, city, "sheet")
    for path, name in (("/events/moving_out", "event"), ("/answers", "answers"), ("/apply/gas_move", "not-filed-here")):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("読み込んでいます")
        faults += looks_at(page, city, name)
    assert faults == []
    phone.has_no_complaints()


def test_every_screen_says_what_it_is_without_a_network_too(phone: Phone, city: City) -> None:
    page = phone.page
    phone.logs_in("hana")
    phone.home_has_filled()
    phone.is_under_the_worker()
    page.reload()
    phone.home_has_filled()
    phone.goes_offline()
    for path, words in (
        ("/benefits", "受けられる手当・支援"),
        ("/events", "できごとから選ぶ"),
        ("/search", "手続きをさがす"),
        ("/procedure/water", re.compile("水道")),
        ("/moving/difference", "引っ越しで変わること"),
        ("/moving/sheet", "窓口用のQR"),
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_money_and_a_move_of_somebody_whose_home_is_empty_say_so(phone: Phone) -> None:
    page = phone.page
    phone.logs_in("outside")
    page.goto("/benefits")
    expect(page.get_by_role("main")).to_contain_text(re.compile("今のところありません|手当"))
    page.goto("/moving/difference")
    expect(phone.testid("no-register")).to_contain_text("お住まいが23区の外の方")
    expect(page.get_by_label("引っ越し先")).to_have_count(0)
    expect(page.get_by_role("main")).not_to_contain_text("日付と引っ越し先をご確認ください")
    page.get_by_role("link", name="23区への引っ越しの手続きを見る").click()
    expect(page.get_by_role("heading", level=2, name=re.compile("転入届")).first).to_be_visible()


def test_who_is_not_signed_in_is_led_to_the_door_from_the_screens_that_are_hers(phone: Phone) -> None:
    for path in ("/benefits", "/moving/difference", "/moving/sheet", "/answers"):
        phone.page.goto(path)
        expect(phone.page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()


def test_a_form_that_is_not_offered_here_says_how_to_file_it(phone: Phone) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    moves_to_setagaya(phone)
    phone.page.goto("/apply/gas_move")
    expect(phone.page.get_by_role("main")).to_contain_text("くらしまどからは提出できません")
    expect(phone.page.get_by_role("main")).not_to_contain_text("通信")


def test_a_correction_of_a_known_value_is_marked_when_it_is_read_over_and_a_signature_is_told(phone: Phone) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    paperwork.plans_a_move(phone)
    page = phone.page
    page.goto("/apply/move_out_notice")
    expect(page.get_by_text("この画面で署名して送信できます")).to_be_visible()
    paperwork.fills_in_move_out(page)
    paperwork.opened(page, "old_address", "今の住所").fill("東京都港区芝浦三丁目9番14号 201")
    paperwork.reads_over(page)
    corrected = phone.testid("corrected-old_address")
    expect(corrected).to_contain_text("訂正")
    expect(corrected).to_contain_text("東京都港区芝浦三丁目9番14号")


FORGETS_HOME = """() => new Promise((done, failed) => {
  const request = indexedDB.open('kurashimado');
  request.onerror = () => failed(request.error);
  request.onsuccess = () => {
    const write = request.result.transaction('snapshot', 'readwrite');
    write.objectStore('snapshot').delete('home');
    write.oncomplete = () => { request.result.close(); done(); };
  };
})"""


def test_before_home_has_been_heard_no_screen_says_that_there_is_nothing_for_her(phone: Phone) -> None:
    page = phone.page
    phone.logs_in("hana")
    phone.home_has_filled()
    phone.is_under_the_worker()
    page.reload()
    phone.home_has_filled()
    phone.goes_offline()
    page.evaluate(FORGETS_HOME)
    for path in ("/benefits", "/answers", "/step/move_out_notice", "/apply/move_out_notice"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text("まだ内容を受け取っていません。")
