"""A fee an official asks for, paid by card on the provider's own page, its receipt kept; and dates in a calendar."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import segno
from icalendar import Calendar
from playwright.sync_api import Browser, Route, expect

from tests.journeys import looks, paperwork
from tests.journeys.city import City
from tests.journeys.officials import Official
from tests.journeys.paperwork import MOVE_OUT
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow
PERSONA = "lan"
TAX_SLIP = "eL:13103:00001234567890:040817:0826110300"


@pytest.fixture
def city(city_of_senders: City) -> City:
    """What Lan sends here is not sent for those who come after."""
    return city_of_senders


def test_lan_pays_a_fee_by_card_and_puts_her_dates_into_a_calendar(
    phone: Phone, city: City, browser: Browser, tmp_path: Path
) -> None:
    page = phone.page
    phone.logs_in(PERSONA)
    phone.home_has_filled()
    paperwork.plans_a_move(phone)
    paperwork.opens_form(phone, MOVE_OUT)
    paperwork.fills_in_move_out(page)
    paperwork.reads_over(page)
    paperwork.presses_send(page)
    _asks_for_a_fee(Official(browser, city, "staff-minato-caseworker"), paperwork.receipt(page), city)

    page.goto("/")
    page.get_by_test_id("payments-due").click()
    expect(page.get_by_test_id("slip")).to_be_visible()
    city.picture(page, "payment")
    phone.is_under_the_worker()
    phone.goes_offline()
    page.reload()
    expect(page.get_by_test_id("slip")).to_contain_text("00012345678901")
    expect(page.get_by_test_id("pay-by-card")).to_be_disabled()
    city.picture(page, "payment-offline")
    phone.comes_back_online()
    page.reload()
    page.get_by_test_id("pay-by-card").click()
    page.get_by_role("button", name="カードが使えないときを試す").click()
    expect(page.get_by_text("引き落としはありません")).to_be_visible()
    page.get_by_test_id("pay-by-card").click()
    page.get_by_role("button", name="300円を支払う").click()
    expect(page.get_by_test_id("receipt")).to_contain_text(re.compile(r"RC-131032-\d{8}-\d{6}"))
    assert looks.faults_of(page, "receipt", looks.FINGER) == []
    city.picture(page, "receipt")
    page.get_by_test_id("sealed-receipt").click()
    expect(page.get_by_test_id("copy")).to_contain_text(re.compile(r"領収書.*300円.*RC-131032"))
    city.picture(page, "receipt-sealed")
    phone.goes_offline()
    page.reload()
    expect(page.get_by_test_id("copy")).to_contain_text("300円")
    _scans_slips_without_a_network(phone, city, tmp_path)
    _subscribes(phone, city)
    page.goto("/effect?lang=easy")
    expect(page.get_by_test_id("ways")).to_be_visible()
    assert looks.faults_of(page, "effect", looks.FINGER) == []
    city.picture(page, "effect")
    phone.has_no_complaints()


def _asks_for_a_fee(ishii: Official, receipt: str, city: City) -> None:
    page = ishii.page
    page.goto("/staff/payments/new")
    page.get_by_label("申請の受付番号").fill(receipt)
    page.get_by_label("種類").select_option("certificate")
    page.get_by_label("金額（円）").fill("300")
    page.get_by_label("納期限").fill((paperwork.today() + timedelta(days=20)).isoformat())
    for label, digits in (("収納機関番号", "13103"), ("納付番号", "00012345678901"), ("確認番号", "123456")):
        page.get_by_label(label).fill(digits)
    page.get_by_label("eL-QRの内容").fill("eL:13103:00012345678901:123456:0000000001")
    page.get_by_role("button", name="請求する").click()
    expect(page.get_by_text("手数料を請求しました")).to_be_visible()
    page.goto("/staff/effect")
    city.picture(page, "staff-effect")


def _scans_slips_without_a_network(phone: Phone, city: City, folder: Path) -> None:
    """From pictures, since a robot holds no phone over paper: the same eyes as the camera's."""
    page = phone.page
    for name, content in (("home.png", "https://example.jp/"), ("card.png", "123456789018"), ("slip.png", TAX_SLIP)):
        segno.make_qr(content).save(str(folder / name), scale=7, border=6)
    page.goto("/payments")
    shows = page.locator("#scan-picture")
    for picture, told in (("home.png", "納付書のQRコードではありません"), ("card.png", "個人番号（マイナンバー）")):
        shows.set_input_files(folder / picture)
        expect(page.get_by_test_id("scan-trouble")).to_contain_text(told)
    kept = [one["wish"]["kind"] for one in phone.keeps("outbox")]
    assert "slip" not in kept, "what is foreign is kept nowhere"
    assert looks.faults_of(page, "scan", looks.FINGER) == []
    city.picture(page, "scan")
    shows.set_input_files(folder / "slip.png")
    expect(page.get_by_test_id("scan-waits")).to_contain_text("この端末に残っています")
    city.picture(page, "scan-offline")
    phone.comes_back_online()
    expect(page.get_by_test_id("slip")).to_contain_text("00001234567890")
    expect(page.get_by_text("46,600円")).to_be_visible()
    page.goto("/payments")
    page.route("**/graphql", lambda route: _hears_late(route, city.document("ShowPayments")))
    shows.set_input_files(folder / "slip.png")
    expect(page.get_by_text("読み取った納付書は、すでに一覧にあります")).to_be_visible()
    page.unroute("**/graphql")


def _hears_late(route: Route, document: str) -> None:
    """When the list comes the house has joined the code to the bill she had: the phone never sees it looked up."""
    if document in (route.request.post_data or ""):
        time.sleep(4)
    route.continue_()


def _subscribes(phone: Phone, city: City) -> None:
    page = phone.page
    phone.goes_offline()
    page.goto("/calendars")
    expect(page.get_by_role("main").get_by_text("オフライン")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)
    phone.comes_back_online()
    family = page.get_by_test_id("feed").first
    family.get_by_role("button", name="アドレスを作る").click()
    address = page.get_by_test_id("feed-address").input_value()
    city.picture(page, "calendars")
    read = httpx.get(address)
    assert read.status_code == 200
    names = {str(event["summary"]) for event in Calendar.from_ical(read.content).walk("VEVENT")}
    assert names <= {"区の手続き", "区の予約"}
    family.get_by_role("button", name="公開をやめる").click()
    expect(page.get_by_text("アドレスはもう使えません")).to_be_visible()
    assert httpx.get(address).status_code == 404
