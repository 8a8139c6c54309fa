"""Hana signs in place, keeps her receipt where no network is, and a stranger finds it genuine."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.city import City
from tests.journeys.paperwork import MOVE_OUT, fills_in_move_out, opens_form, plans_a_move, reads_over, receipt
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow


@pytest.fixture
def city(city_of_senders: City) -> City:
    """What Hana sends here is not sent for those who come after."""
    return city_of_senders


def test_hana_signs_in_place_keeps_the_receipt_offline_and_verify_says_genuine(phone: Phone) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    plans_a_move(phone)
    page = phone.page
    opens_form(phone, MOVE_OUT)
    fills_in_move_out(page)
    reads_over(page)
    phone.city.picture(page, "sign-review")
    for act in ("署名しない", "署名する"):
        page.get_by_role("button", name="マイナンバーカードで署名する").click()
        page.locator('button[value="hana"]').click()
        phone.city.picture(page, "sign-app")
        page.get_by_role("button", name=act, exact=True).click()
        if act == "署名しない":
            expect(page.get_by_test_id("unsigned")).to_contain_text("署名を取りやめました")
            phone.city.picture(page, "sign-declined")
    number = receipt(page)
    expect(page.get_by_test_id("signed")).to_be_visible()
    expect(page.get_by_test_id("receipt-state")).to_contain_text("タイムスタンプ付き")
    phone.city.picture(page, "receipt")
    phone.goes_offline()
    with page.expect_download() as saving:
        page.get_by_role("link", name="控えを保存する").click()
    file = phone.city.shots / f"{number}.zip"
    saving.value.save_as(file)
    page.get_by_role("link", name="控えを確かめる").click()
    page.get_by_label("控えのファイル").set_input_files(file)
    expect(page.get_by_text("ただいま確認できません")).to_be_visible()
    phone.comes_back_online()
    page.get_by_role("button", name="もう一度読み込む").click()
    expect(page.get_by_test_id("genuine")).to_contain_text(number)
    phone.city.picture(page, "verify")
    file.unlink()
    phone.has_no_complaints()
