"""An application that comes back: the ward's word, the form as she wrote it, and in the end a step that is done."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import looks, paperwork
from tests.journeys.city import City, eventually
from tests.journeys.paperwork import MOVE_OUT
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

NOTE = "転出先の番地を確かめてください。"


def test_hana_corrects_what_the_ward_sent_back_and_it_is_decided(phone: Phone, city: City, browser: Browser) -> None:
    page = phone.page
    phone.logs_in("hana")
    phone.home_has_filled()
    paperwork.plans_a_move(phone)
    paperwork.opens_form(phone, MOVE_OUT)
    paperwork.fills_in_move_out(page)
    _sends(phone)
    _the_ward_says(phone, city, "sent_back", NOTE)
    expect(page.get_by_role("link", name="直して送る")).to_be_in_viewport()
    expect(phone.testid("wards-words")).to_contain_text(NOTE)
    city.picture(page, "application-sent-back")
    _reads_on_another_phone_what_she_sent(Phone(browser, city), page.url)
    _looks_at_a_fresh_home(phone)

    card = phone.testid(f"step-{MOVE_OUT}")
    expect(card).to_contain_text("差し戻し")
    phone.opens_step(MOVE_OUT)
    expect(page.get_by_text(NOTE)).to_be_visible()
    city.picture(page, "step-sent-back")
    assert looks.faults_of(page, "step-sent-back", looks.FINGER) == []
    page.get_by_role("link", name="直して送る").click()
    expect(page.get_by_role("button", name="入力内容を確認する")).to_be_visible()
    expect(paperwork.opened(page, "contact_phone", "日中つながる電話番号")).to_have_value("090-1234-5678")
    expect(page.get_by_role("checkbox", name="転入届は")).not_to_be_checked()
    paperwork.opened(page, "new_address", "新しい住所").fill("神奈川県川崎市中原区一丁目2番4号")
    page.get_by_role("checkbox", name="転入届は").check()
    _sends(phone)
    _the_ward_says(phone, city, "decided", "受け付けました。")
    expect(phone.testid("wards-words")).to_contain_text("受け付けました。")
    expect(page.get_by_text("することはありません")).to_have_count(0)
    city.picture(page, "application-decided")
    expect(page.get_by_role("link", name="直して送る")).to_have_count(0)
    _looks_at_a_fresh_home(phone)

    page.get_by_text("件を見る").locator("visible=true").first.wait_for()
    for door in page.locator("details.more").all():
        door.locator("summary").first.click()
    expect(card).to_have_attribute("data-state", "DONE")
    expect(card).to_contain_text("処理完了")
    card.get_by_role("link").click()
    expect(page.get_by_text("処理完了", exact=True)).to_be_visible()
    page.get_by_role("link", name="送信した申請：処理完了").click()
    expect(page.get_by_test_id("receipt-number")).to_be_visible()
    phone.has_no_complaints()


def _reads_on_another_phone_what_she_sent(phone: Phone, application: str) -> None:
    page = phone.page
    phone.logs_in("hana")
    phone.home_has_filled()
    page.goto(application)
    page.get_by_role("link", name="直して送る").click()
    for field, written in (("new_address", "神奈川県川崎市中原区一丁目2番3号"), ("contact_phone", "090-1234-5678")):
        expect(phone.testid(f"known-{field}")).to_contain_text(written)
        expect(phone.testid(f"known-{field}")).to_contain_text("前に送った内容")
    expect(phone.testid("sent-again")).to_contain_text(NOTE)
    expect(page.get_by_role("checkbox", name="転入届は")).not_to_be_checked()
    phone.city.picture(page, "corrected-elsewhere")
    phone.has_no_complaints()
    phone.context.close()


def _sends(phone: Phone) -> None:
    paperwork.reads_over(phone.page)
    paperwork.presses_send(phone.page)
    paperwork.receipt(phone.page)


def _the_ward_says(phone: Phone, city: City, state: str, note: str) -> None:
    """She looks at the application until the word is there."""
    number = paperwork.receipt(phone.page)
    [row] = eventually(lambda: [one for one in city.received("佐藤 はな", MOVE_OUT) if one["receipt_number"] == number])
    city.ward_moves(row["number"], state, note)
    expect(phone.page.locator("[data-app]").first).to_have_attribute("data-app", state.upper())


def _looks_at_a_fresh_home(phone: Phone) -> None:
    phone.page.goto("/")
    phone.home_has_filled()
    phone.refresh.click()
    phone.home_has_filled()
