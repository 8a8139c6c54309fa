"""From one ward to another: Hana compares, makes the square, and a counter reads it while neither has a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.handover.reading import scanned
from tests.journeys.city import City
from tests.journeys.phone import PATIENCE, Phone

pytestmark = pytest.mark.slow

SETAGAYA, SHINJUKU = "131121", "131041"
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def counter(city: City, browser: Browser) -> Iterator[Page]:
    """The counter's page in a ward hall's browser, opened once with a network and then without."""
    context = browser.new_context(base_url=city.origin, locale="ja-JP", timezone_id="Asia/Tokyo")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/staff/handover")
    expect(page.locator("#readiness")).to_have_attribute("data-state", "ready")
    context.set_offline(True)
    page.reload()
    expect(page.locator("#readiness")).to_have_attribute("data-state", "ready")
    yield page
    context.close()


def compares(phone: Phone) -> None:
    """Hana of Minato asks what a move to Setagaya in three weeks changes."""
    phone.logs_in("hana")
    phone.home_has_filled()
    phone.is_under_the_worker()
    phone.page.goto("/moving/difference")
    phone.page.locator("#move-to").select_option(SETAGAYA)
    phone.page.locator("#move-on").fill(str((datetime.now(TOKYO) + timedelta(days=20)).date()))
    phone.page.locator("form.compare button").click()
    expect(phone.testid("difference")).to_have_attribute("data-to", SETAGAYA)


def makes_the_square(phone: Phone) -> str:
    """What a camera reads of it."""
    offer = phone.testid("sheet-offer")
    expect(offer.get_by_role("button")).to_be_disabled()
    offer.get_by_role("checkbox").check()
    offer.get_by_role("button").click()
    expect(phone.testid("sheet")).to_have_attribute("data-state", "valid")
    return on_the_screen(phone)


def on_the_screen(phone: Phone) -> str:
    square = phone.page.locator("svg.square")
    side = int((square.get_attribute("viewBox") or "").split()[-1])
    return scanned(square.locator("path").get_attribute("d") or "", side)


def types_in(counter: Page, text: str, ward: str = SETAGAYA) -> None:
    """As a barcode reader on USB does: the text, then Enter."""
    counter.locator("#ward").select_option(ward)
    counter.locator("#text").fill(text)
    counter.locator("#text").press("Enter")


def test_a_counter_reads_hanas_sheet_without_a_network_once(phone: Phone, counter: Page) -> None:
    compares(phone)
    token = makes_the_square(phone)
    phone.goes_offline()
    phone.page.reload()
    expect(phone.testid("sheet")).to_have_attribute("data-state", "valid")
    assert on_the_screen(phone) == token

    result = counter.locator("#result")
    types_in(counter, token)
    expect(result).to_have_attribute("data-state", "good")
    expect(result).to_contain_text("佐藤 はな")
    expect(result).to_contain_text("平成2年（1990年）5月2日")
    expect(result).to_contain_text("世田谷区")
    result.get_by_role("button", name="画面から消す").click()
    result.get_by_role("button", name="消す", exact=True).click()
    types_in(counter, token)
    expect(result).to_have_attribute("data-state", "refused")
    expect(result).to_contain_text("すでに読み取っています")
    phone.has_no_complaints()


def test_nothing_that_is_scanned_next_takes_a_sheet_from_the_screen(phone: Phone, counter: Page) -> None:
    compares(phone)
    token = makes_the_square(phone)
    result = counter.locator("#result")
    types_in(counter, token)
    expect(result).to_contain_text("佐藤 はな")
    types_in(counter, token)  # a reader that fires twice
    expect(counter.locator("#text")).to_have_value("")
    expect(result.get_by_role("alert")).to_be_empty()
    types_in(counter, "4901234567894")  # any other barcode
    expect(result.get_by_role("alert")).to_contain_text("引っ越しシートとして読めません")
    expect(result).to_contain_text("佐藤 はな")
    phone.testid("sheet").get_by_role("button").click()
    other = makes_the_square(phone)
    types_in(counter, other)
    expect(result.get_by_role("alert")).to_contain_text("別のシートです")
    types_in(counter, token)
    expect(result.get_by_role("alert")).to_be_empty()
    expect(result).to_have_attribute("data-state", "good")
    expect(result).to_contain_text("佐藤 はな")
    result.get_by_role("button", name="画面から消す").click()
    result.get_by_role("button", name="消す", exact=True).click()
    types_in(counter, other)  # it was refused, not used up
    expect(result).to_have_attribute("data-state", "good")


def test_a_sheet_leaves_the_screen_only_when_the_official_says_so_twice(phone: Phone, counter: Page) -> None:
    compares(phone)
    token = makes_the_square(phone)
    result = counter.locator("#result")
    counter.locator("#text").fill(token)
    counter.locator("#text").press("Enter")
    expect(result).to_contain_text("先に、この窓口の区を選んでください")
    expect(counter.locator("#text")).to_have_value(token)  # nothing to scan again
    counter.locator("#ward").select_option(SETAGAYA)
    counter.get_by_role("button", name="読み取る", exact=True).click()
    expect(result).to_contain_text("佐藤 はな")
    result.get_by_role("button", name="画面から消す").click()
    expect(result).to_contain_text("もう一度読み取れません")
    result.get_by_role("button", name="もどる").click()
    expect(result).to_contain_text("佐藤 はな")
    result.get_by_role("button", name="画面から消す").click()
    result.get_by_role("button", name="消す", exact=True).click()
    expect(result).to_be_hidden()
    assert "佐藤" not in counter.content()


def test_nothing_of_a_sheet_stays_behind_in_the_counters_browser(phone: Phone, counter: Page) -> None:
    compares(phone)
    token = makes_the_square(phone)
    types_in(counter, token)
    expect(counter.locator("#result")).to_contain_text("佐藤 はな")
    counter.goto("about:blank")
    counter.go_back()
    expect(counter.locator("#readiness")).to_have_attribute("data-state", "ready")
    assert "佐藤" not in counter.content()
    assert counter.locator("#text").input_value() == ""
    kept = counter.evaluate("JSON.stringify([localStorage, sessionStorage, history.state, location.href])")
    assert "佐藤" not in kept
    assert token not in kept


def test_a_counter_refuses_what_is_not_for_it_changed_expired_or_no_sheet(phone: Phone, counter: Page) -> None:
    compares(phone)
    token = makes_the_square(phone)
    head, body, seal = token.split(".")
    changed = f"{head}.{body}.{'B' if seal[0] != 'B' else 'C'}{seal[1:]}"
    result = counter.locator("#result")
    for text, ward, why in (
        (token, SHINJUKU, "ほかの区あて"),
        (changed, SETAGAYA, "署名が正しくありません"),
        ("https://kurashimado.example/", SETAGAYA, "読めません"),
    ):
        types_in(counter, text, ward)
        expect(result).to_have_attribute("data-state", "refused")
        expect(result).to_contain_text(why)
    later = datetime.now(TOKYO) + timedelta(minutes=33)
    counter.clock.set_fixed_time(later)
    types_in(counter, token)
    expect(result).to_contain_text("有効期限が切れています")
    phone.page.clock.set_fixed_time(later)
    expect(phone.testid("sheet")).to_have_attribute("data-state", "expired")
    expect(phone.page.locator("svg.square")).to_have_count(0)


def test_what_hana_compared_last_can_be_read_in_a_tunnel(phone: Phone) -> None:
    compares(phone)
    phone.goes_offline()
    phone.page.reload()
    expect(phone.testid("difference")).to_have_attribute("data-to", SETAGAYA)
    household = phone.testid("whose-household")
    expect(household).to_contain_text(re.compile("住民票"))
    expect(phone.testid("papers").get_by_role("checkbox").first).to_be_visible()


def test_a_comparison_that_fails_leaves_nothing_under_the_new_place_and_says_so(phone: Phone) -> None:
    compares(phone)
    phone.goes_offline()
    phone.page.locator("#move-to").select_option(SHINJUKU)
    phone.page.locator("form.compare button").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("もう一度比べてください")
    expect(phone.testid("difference")).to_have_count(0)
    phone.comes_back_online()
    phone.page.locator("form.compare button").click()
    expect(phone.testid("difference")).to_have_attribute("data-to", SHINJUKU)
    expect(phone.page.get_by_role("status").filter(has_text="新宿区への引っ越しを比べました")).to_be_visible()


def test_the_square_for_one_counter_is_gone_once_another_ward_is_compared(phone: Phone) -> None:
    compares(phone)
    makes_the_square(phone)
    phone.page.goto("/moving/difference")
    expect(phone.page.get_by_role("link", name="作成済みのQRを開く")).to_be_visible()
    phone.page.locator("#move-to").select_option(SHINJUKU)
    phone.page.locator("form.compare button").click()
    expect(phone.testid("difference")).to_have_attribute("data-to", SHINJUKU)
    expect(phone.page.get_by_role("link", name="作成済みのQRを開く")).to_have_count(0)
    phone.page.goto("/moving/sheet")
    expect(phone.testid("sheet")).to_have_count(0)


def test_the_order_of_a_move_says_nothing_twice_and_takes_no_day_of_another_age(phone: Phone) -> None:
    compares(phone)
    lines = phone.page.locator(".phases > li > ul > li").all_inner_texts()
    assert lines
    assert len(set(lines)) == len(lines)
    day = phone.page.locator("#move-on")
    assert day.get_attribute("min")
    assert day.get_attribute("max")
