"""A clerk takes a paper in beside its picture; whose it is sees it on the phone. The pages are held against axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from bff.paper.tesseract import reader
from tests.journeys.city import City
from tests.journeys.looks import FINGER, POINTER, faults_of, runs_off_when_narrow
from tests.journeys.officials import PATIENCE, Official
from tests.journeys.phone import Phone
from tests.paper.test_reading import ASK_FOR

pytestmark = pytest.mark.slow


def test_a_clerk_takes_a_paper_in_and_its_owner_sees_it(browser: Browser, city: City, phone: Phone) -> None:
    assert reader("tesseract", 60) is not None, ASK_FOR
    phone.logs_in("ken")
    phone.home_has_filled()
    clerk = Official(browser, city, "staff-setagaya-caseworker")
    page, faults = clerk.page, []
    page.goto("/staff/paper")
    faults += _faults(page, "papers", city)
    page.get_by_role("link", name="紙を取り込む").click()
    faults += _faults(page, "paper-new", city)
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("紙の画像を選んでください")
    page.get_by_role("button", name="見本を使う").click()
    expect(page.get_by_test_id("summary")).to_contain_text("確かめが必要な項目が2つ", timeout=PATIENCE)

    field = page.get_by_label("1か月の就労時間")
    expect(field).to_have_value("160")
    field.fill("120")
    field.blur()
    expect(page.locator("#kept")).to_contain_text("自動で保存しました")
    expect(page.get_by_role("img", name="紙の「氏名」の部分")).to_be_visible()
    faults += _faults(page, "paper", city)
    path = page.url
    page.goto("about:blank")
    page.goto(path)
    expect(field).to_have_value("120")

    page.get_by_role("button", name="確認の画面へ").click()
    expect(page.get_by_role("alert")).to_contain_text("入力内容を確かめてください（2件）")
    faults += _faults(page, "paper-wrong", city)
    for name in ("もう1人の保護者の氏名", "もう1人の保護者の理由"):
        page.get_by_label(f"見比べて確かめました（{name}）").check()
    expect(page.locator("#kept")).to_contain_text("自動で保存しました")
    page.get_by_role("button", name="確認の画面へ").click()
    expect(page.get_by_test_id("whose")).to_contain_text("アカウントと一致しました")
    faults += _faults(page, "paper-check", city)
    page.get_by_label("すべての項目を紙と見比べました。紙のとおりです。").check()
    page.get_by_role("button", name="申請にする").click()
    expect(page.get_by_role("status").first).to_contain_text("申請にしました")
    assert [one for one in clerk.complaints if "422" not in one] == [], "a page refused is told by its status"
    clerk.context.close()
    phone.page.goto("/applications")
    phone.page.get_by_role("listitem").filter(has_text="紙で受け付け").get_by_role("link").click()
    expect(phone.testid("on-paper")).to_contain_text("窓口に出した紙を、区が取り込みました")
    faults += faults_of(phone.page, "on-paper", FINGER)
    city.picture(phone.page, "on-paper")
    assert faults == []
    phone.has_no_complaints()


def _faults(page: Page, name: str, city: City) -> list[str]:
    city.picture(page, name)
    wide = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    city.picture(page, f"{name}-phone")
    if wide is not None:
        page.set_viewport_size(wide)
    return [*faults_of(page, name, POINTER), *runs_off_when_narrow(page, name)]
