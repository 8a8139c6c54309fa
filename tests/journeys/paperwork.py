"""What people do with a form on their phone: fill it in, read it over, send it, see it received."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.journeys.city import City, eventually
from tests.journeys.phone import Phone

MOVE_OUT = "move_out_notice"
ALLOWANCE = "child_allowance_change"
HINATA = f"{ALLOWANCE}:m-1004"


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Tokyo")).date()


def text_field(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label)


def choose(page: Page, group: str, answer: str) -> None:
    page.get_by_role("group", name=group).get_by_label(answer, exact=True).check()


def opens_form(phone: Phone, step: str) -> None:
    """From home, as a finger goes: the step's card, then the form."""
    phone.opens_step(step)
    phone.page.get_by_role("link", name="申請書を書く").click()
    expect(phone.page.get_by_role("button", name="入力内容を確認する")).to_be_visible()


def reads_over(page: Page) -> None:
    page.get_by_role("button", name="入力内容を確認する").click()
    expect(page.get_by_role("heading", name="送信前の確認")).to_be_visible()


def presses_send(page: Page) -> None:
    page.get_by_role("button", name="送信する").click()
    page.wait_for_url("**/applications/*")


def receipt(page: Page) -> str:
    """The number on the screen, once the server has accepted."""
    shown = page.get_by_test_id("receipt-number")
    expect(shown).to_have_text(re.compile(rf"^KM-\d{{6}}-{today():%Y%m%d}-\d{{6}}$"))
    return shown.inner_text()


def plans_a_move(phone: Phone) -> None:
    """Three answers on the device's own questions open the move-out notice for today."""
    for fact, value in (("moving", True), ("move_date", today().isoformat()), ("move_to", "other")):
        told = phone.asks("AnswerQuestion", {"fact": fact, "value": value})
        assert told["answerQuestion"]["__typename"] == "Home", told
    phone.refresh.click()
    expect(phone.testid(f"step-{MOVE_OUT}")).to_have_attribute("data-state", "DUE")
    phone.home_has_filled()


def opened(page: Page, field: str, label: str) -> Locator:
    """The field to write in; what she wrote in an earlier form stands closed and is opened first."""
    known = page.get_by_test_id(f"known-{field}")
    if known.count():
        known.get_by_role("button").click()
    return text_field(page, label)


def fills_in_move_out(page: Page) -> None:
    opened(page, "new_address", "新しい住所").fill("神奈川県川崎市中原区一丁目2番3号")
    opened(page, "contact_phone", "日中つながる電話番号").fill("090-1234-5678")
    page.get_by_label("転入先の窓口へ行く予定の日").fill((today() + timedelta(days=7)).isoformat())
    page.get_by_role("checkbox", name="転入届は").check()


def is_received_once(phone: Phone, person: str, procedure: str, number: str) -> None:
    """One application with this receipt: at the house, and at the ward's desk."""
    nodes = phone.asks("ShowApplications", {"after": None})["viewer"]["applications"]["nodes"]
    assert [node["receiptNumber"] for node in nodes if node["procedure"] == procedure] == [number]
    at_the_ward = _at_the_desk(phone.city, person, procedure)
    assert [row["receipt_number"] for row in at_the_ward] == [number]


def _at_the_desk(city: City, person: str, procedure: str) -> list[dict[str, str]]:
    return eventually(lambda: city.received(person, procedure))
