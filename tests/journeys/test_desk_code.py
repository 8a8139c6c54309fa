"""Somebody without a card: a code given at the ward's desk, typed on a phone, an account, and its end."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.city import City
from tests.journeys.officials import Official
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow


def test_taro_is_given_a_code_comes_in_with_it_and_has_his_account_erased(
    browser: Browser, city: City, phone: Phone
) -> None:
    desk = Official(browser, city, "staff-minato-caseworker")
    desk.page.get_by_role("link", name="カードのない方の登録").click()
    desk.page.get_by_role("link", name="新しく登録する").click()
    desk.page.get_by_role("textbox", name="氏名").fill("田中 太郎")
    desk.page.get_by_role("textbox", name="生年月日").fill("1950-04-01")
    desk.page.get_by_role("textbox", name="住所").fill("東京都港区芝公園一丁目5番25号")
    desk.page.get_by_label("本人確認の方法").select_option("photo_one")
    desk.page.get_by_role("textbox", name="ケース番号").fill("港保1234")
    city.picture(desk.page, "desk-new")
    desk.page.get_by_role("button", name="登録する").click()
    desk.page.get_by_role("button", name="コードを表示する").click()
    code = desk.page.get_by_test_id("code").inner_text()
    city.picture(desk.page, "desk-code")

    phone.page.goto("/")
    phone.page.get_by_role("link", name="区の窓口でもらったコード").click()
    box = phone.page.get_by_label("コード", exact=True)
    box.fill("AAAA-BBBB-CCCC")
    phone.page.get_by_role("button", name="コードでログイン").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("このコードは使えません")
    city.picture(phone.page, "code-wrong")
    box.fill(code.lower())
    phone.page.get_by_role("button", name="コードでログイン").click()
    expect(phone.testid("consents-first")).to_be_visible()

    phone.page.goto("/account")
    expect(phone.page.get_by_text("田中 太郎")).to_be_visible()
    expect(phone.page.get_by_text("昭和25年（1950年）4月1日")).to_be_visible()
    expect(phone.page.get_by_role("heading", name="区の窓口で登録した情報")).to_be_visible()
    city.picture(phone.page, "account")
    phone.page.get_by_role("button", name="アカウントを削除する").click()
    phone.page.get_by_label("確認のため").fill("はい")
    phone.page.get_by_role("button", name="アカウントを削除する").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("表示の言葉")
    phone.page.get_by_label("確認のため").fill("削除")
    city.picture(phone.page, "account-erase")
    phone.page.get_by_role("button", name="アカウントを削除する").click()
    expect(phone.page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()
    assert "太郎" not in str(phone.keeps("snapshot"))
    assert [line for line in phone.complaints if "422" not in line] == []
    assert desk.complaints == []
    desk.context.close()
