"""One draft in two tabs: neither takes away what the other has written."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import paperwork
from tests.journeys.paperwork import MOVE_OUT, text_field
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

CARET = "one => [one.selectionStart, one === document.activeElement]"


def test_taro_writes_one_form_in_two_tabs_and_loses_nothing(phone: Phone) -> None:
    phone.logs_in("taro")
    phone.home_has_filled()
    paperwork.plans_a_move(phone)
    paperwork.opens_form(phone, MOVE_OUT)
    older, newer = phone.page, phone.opens_another_tab(f"/apply/{MOVE_OUT}")
    address, telephone = "新しい住所", "日中つながる電話番号"
    text_field(older, address).fill("川崎市中原区")
    expect(text_field(newer, address)).to_have_value("川崎市中原区")

    text_field(older, address).evaluate("one => one.setSelectionRange(2, 2)")
    text_field(newer, telephone).fill("090-1234-5678")
    newer.get_by_role("checkbox", name="転入届は").check()
    expect(text_field(older, telephone)).to_have_value("090-1234-5678")
    expect(older.get_by_role("checkbox", name="転入届は")).to_be_checked()
    assert text_field(older, address).evaluate(CARET) == [2, True], "the caret has moved"

    older.keyboard.type("の")
    expect(text_field(older, address)).to_have_value("川崎の市中原区")
    expect(text_field(newer, address)).to_have_value("川崎の市中原区")
    newer.reload()
    for page in (older, newer):
        expect(text_field(page, telephone)).to_have_value("090-1234-5678")
        expect(text_field(page, address)).to_have_value("川崎の市中原区")
    [draft] = phone.keeps("drafts")
    assert all(answer in draft["answers"].values() for answer in ("090-1234-5678", "川崎の市中原区", True))
    phone.has_no_complaints()
