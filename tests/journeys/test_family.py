"""Hana asks her care manager to act for Kazuko; he does, always as himself; she sees it, and ends it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import looks
from tests.journeys.city import City
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow
Looks = Callable[[Phone, str], None]


def test_hanas_care_manager_looks_on_her_behalf_is_seen_and_is_let_go(city: City, browser: Browser) -> None:
    hana, morimoto = Phone(browser, city), Phone(browser, city)
    faults: list[str] = []

    def looks_at(phone: Phone, name: str) -> None:
        city.picture(phone.page, name)
        faults.extend(looks.faults_of(phone.page, name, looks.FINGER) + looks.runs_off_when_narrow(phone.page, name))

    hana.logs_in("hana")
    hana.home_has_filled()
    link = _hana_invites(hana, looks_at)
    _morimoto_accepts(morimoto, link, looks_at)
    banner = morimoto.testid("acting-banner")
    expect(banner).to_contain_text("代理で")
    expect(banner).to_contain_text("佐藤 和子さん")
    expect(morimoto.page).to_have_title(re.compile("代理で：佐藤 和子さん"))
    assert "芝浦" not in morimoto.page.locator("body").inner_text()
    assert "和子" not in str(morimoto.keeps("snapshot"))
    looks_at(morimoto, "family-acting")
    _hana_sees_it_and_ends_it(hana, looks_at)
    morimoto.page.reload()
    expect(morimoto.testid("family-refused")).to_contain_text("この代理は終了しています")
    expect(morimoto.testid("acting-banner")).to_have_count(0)
    assert not faults, "\n".join(faults)
    for phone in (hana, morimoto):
        phone.has_no_complaints()
        phone.context.close()


def _hana_invites(hana: Phone, looks_at: Looks) -> str:
    page = hana.page
    page.goto("/family")
    expect(page.get_by_role("heading", name="家族と代理", level=1)).to_be_visible()
    expect(hana.testid("child").first).to_contain_text("佐藤")
    looks_at(hana, "family")
    page.get_by_role("link", name="代理をお願いする").click()
    page.get_by_label("ケアマネジャー").check()
    page.get_by_role("button", name="コードを作る").click()
    expect(page.get_by_role("alert")).to_have_text("どなたの手続きかをお選びください。")
    page.get_by_label("佐藤 和子", exact=True).check()
    page.get_by_role("button", name="コードを作る").click()
    expect(page.get_by_role("alert")).to_contain_text("相手の方の氏名を")
    expect(page.get_by_role("alert")).to_contain_text("本人の同意が必要です")
    page.get_by_label("相手の氏名").fill("森本 恵")
    page.get_by_label("佐藤 和子さん本人の同意を得ています").check()
    looks_at(hana, "family-invite")
    page.get_by_role("button", name="コードを作る").click()
    expect(hana.testid("code")).to_be_visible()
    looks_at(hana, "family-code")
    return f"/family/join#{hana.testid('code').inner_text()}"


def _morimoto_accepts(morimoto: Phone, link: str, looks_at: Looks) -> None:
    """Her link is opened before the login; its code is not lost on the way."""
    morimoto.logs_in("morimoto", link)
    page = morimoto.page
    page.get_by_role("button", name="内容を確認する").click()
    expect(page.get_by_role("heading", name="佐藤 はなさんからの依頼")).to_be_focused()
    looks_at(morimoto, "family-join")
    page.get_by_role("button", name="引き受ける").click()
    expect(morimoto.testid("acting-banner")).to_be_visible()


def _hana_sees_it_and_ends_it(hana: Phone, looks_at: Looks) -> None:
    page = hana.page
    page.goto("/readings")
    looked = page.get_by_role("listitem").filter(has_text="代理で").first
    expect(looked).to_contain_text("代理人としての確認")
    expect(looked).to_contain_text("森本 恵（ケアマネジャー）")
    page.goto("/family")
    card = hana.testid("mandate").first
    expect(card).to_contain_text("森本 恵")
    card.get_by_role("button", name=re.compile("^終了する")).click()
    looks_at(hana, "family-end")
    card.get_by_role("button", name="終了する", exact=True).click()
    expect(hana.testid("family-news")).to_contain_text("終了しました")
