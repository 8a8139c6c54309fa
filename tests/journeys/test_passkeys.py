"""A passkey from its making to its end: she logs in by one touch, proves it in the middle of a form, locks the app."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import CDPSession, Page, Route, expect

from tests.journeys import paperwork
from tests.journeys.city import City
from tests.journeys.paperwork import HINATA, choose
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow


@pytest.fixture
def city(city_of_senders: City) -> City:
    """What Hana sends here is not sent for those who come after."""
    return city_of_senders


VIRTUAL = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "hasPrf": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_hana_s_passkey(phone: Phone) -> None:
    finger = _has_a_finger_print_reader(phone)
    phone.logs_in("hana")
    phone.home_has_filled()
    phone.is_under_the_worker()
    page = phone.page
    _adds_a_passkey(phone)
    _sends_a_form_and_proves_it_in_between(phone, finger)
    _locks_and_opens_without_a_network(phone)
    _comes_back_by_one_touch(phone)
    page.goto("/devices")
    page.get_by_role("button", name=re.compile("を削除$")).click()
    asked = page.get_by_role("alertdialog", name=re.compile("を削除$"))
    expect(asked).to_contain_text("最後のパスキーです")
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("の名前を変更$"))).to_be_focused()
    page.get_by_role("button", name=re.compile("を削除$")).click()
    page.get_by_role("alertdialog").get_by_role("button", name=re.compile("を削除$")).click()
    expect(page.get_by_text("登録されたパスキーはありません。")).to_be_visible()
    phone.has_no_complaints()


def _has_a_finger_print_reader(phone: Phone) -> CDPSession:
    wire = phone.context.new_cdp_session(phone.page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})
    return wire


def _adds_a_passkey(phone: Phone) -> None:
    page = phone.page
    page.goto("/devices")
    expect(page.get_by_text("登録されたパスキーはありません。")).to_be_visible()
    page.get_by_role("button", name="この端末でパスキーを登録").click()
    expect(page.get_by_text("パスキーを登録しました。")).to_be_focused()
    page.get_by_role("button", name=re.compile("の名前を変更$")).click()
    page.get_by_label("パスキーの名前").fill("わたしのスマホ")
    page.get_by_role("button", name="変更する").click()
    expect(page.get_by_text("わたしのスマホ", exact=True)).to_be_visible()
    _picture(phone, "devices")


def _sends_a_form_and_proves_it_in_between(phone: Phone, finger: CDPSession) -> None:
    """Her proof is half an hour old, says the server's answer, which is given for it here."""
    page, needs = phone.page, phone.city.document("ShowNeeds")

    def too_old(route: Route) -> None:
        if json.loads(route.request.post_data or "{}").get("id") != needs:
            return route.continue_()
        viewer = {"id": "x", "needs": {"isMet": False, "cardOnly": False}}
        return route.fulfill(json={"data": {"viewer": viewer}})

    page.goto("/")
    paperwork.opens_form(phone, HINATA)
    paperwork.opened(page, "claimant_phone", "日中つながる電話番号").fill("090-1234-5678")
    choose(page, "お子さんと同居していますか", "はい")
    choose(page, "22歳の年度末までの", "いいえ")
    page.get_by_role("checkbox", name="記載内容は事実と相違なく").check()
    paperwork.reads_over(page)
    phone.context.route("**/graphql", too_old)
    page.get_by_role("button", name="送信する").click()
    dialog = page.get_by_role("dialog", name="本人確認")
    expect(dialog).to_be_visible()
    _picture(phone, "step-up")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="送信する")).to_be_enabled()
    assert phone.keeps("drafts"), "what she wrote is still hers"
    assert phone.keeps("outbox") == []
    page.get_by_role("button", name="送信する").click()
    dialog.get_by_role("button", name="パスキーで確認する").click()
    expect(phone.testid("receipt-number")).to_be_visible()
    phone.context.unroute("**/graphql")


def _locks_and_opens_without_a_network(phone: Phone) -> None:
    page = phone.page
    page.goto("/devices")
    page.get_by_role("button", name="離れて5分後").click()
    expect(page.get_by_text("変更しました。")).to_be_visible()
    expect(page.get_by_text("インターネットがなくてもパスキーで開けます")).to_be_visible()
    page.get_by_role("button", name="今すぐロックする").click()
    expect(page.get_by_role("heading", level=1, name="ロック中です")).to_be_visible()
    _picture(phone, "locked")
    _nothing_can_be_read(phone, page)
    page.goto("/")
    expect(page.get_by_role("heading", level=1, name="ロック中です")).to_be_visible()
    assert phone.asks("WhoIsHere")["viewer"] is None, "nor does the server tell"
    phone.goes_offline()
    page.get_by_role("button", name="パスキーで開く").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("佐藤 はな")
    phone.comes_back_online()


def _nothing_can_be_read(phone: Phone, page: Page) -> None:
    assert "佐藤" not in page.content()
    for shelf in ("snapshot", "drafts", "outbox"):
        assert phone.keeps(shelf) == [], shelf
    assert "佐藤" not in str(phone.keeps("device"))


def _comes_back_by_one_touch(phone: Phone) -> None:
    page = phone.page
    page.goto("/settings")
    page.get_by_role("button", name="ログアウト").click()
    page.get_by_role("button", name="消去してログアウトする").click()
    expect(page.get_by_role("heading", level=1, name="くらしまど")).to_be_visible()
    _picture(phone, "login")
    page.get_by_role("button", name="パスキーでログイン").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("佐藤 はな")


def _picture(phone: Phone, name: str) -> None:
    phone.city.picture(phone.page, f"passkey-{name}")
