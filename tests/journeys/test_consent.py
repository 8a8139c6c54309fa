"""Her first day: nobody is asked before her yes, one tap takes a yes back, and a question about a look is answered."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import looks
from tests.journeys.city import City, eventually
from tests.journeys.officials import Official
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

PERSONA = "yumi"
WORDS = "この照会は必要でしたか。"
ANSWER = "ホームの更新のために照会しました。"


def test_the_first_login_asks_for_a_yes_and_every_later_step_can_be_taken_back(
    phone: Phone, city: City, browser: Browser
) -> None:
    faults: list[str] = []

    def looks_at(name: str) -> None:
        city.picture(phone.page, name)
        faults.extend(looks.faults_of(phone.page, name, looks.FINGER) + looks.runs_off_when_narrow(phone.page, name))

    _first_login(phone)
    looks_at("consents-first")
    _agrees(phone)
    phone.home_has_filled()
    _takes_one_back(phone, looks_at)
    _asks_the_ward(phone, looks_at)
    _is_answered(browser, city)
    _hears_the_answer(phone, looks_at)
    assert not faults, "\n".join(faults)
    phone.has_no_complaints()


def _first_login(phone: Phone) -> None:
    """As `logs_in`, and stays before the page of consents."""
    page = phone.page
    page.goto("/")
    page.get_by_role("link", name="マイナンバーカードでログイン").click()
    page.locator(f'button[name="persona"][value="{PERSONA}"]').click()
    page.wait_for_url(f"{phone.city.origin}/**")
    first = phone.testid("consents-first")
    expect(first.get_by_role("checkbox")).to_have_count(3 + 1)
    every = first.get_by_role("checkbox", include_hidden=True)
    expect(every).to_have_count(3 + 1 + 7 + 5)
    assert not [box for box in every.all() if box.is_checked()], "nothing is chosen for her"
    assert phone.asks("ShowReadings")["viewer"]["readings"]["nodes"] == [], "nobody has been asked"


def _agrees(phone: Phone) -> None:
    """A group is one switch over single yeses, which can be taken out one by one; filling in is chosen apart."""
    first = phone.testid("consents-first")
    household, filling = phone.testid("consents-household"), phone.testid("consents-filling")
    expect(filling.get_by_role("checkbox")).to_be_disabled()
    household.get_by_role("checkbox").check()
    expect(first.get_by_role("button", name="選んだ2か所だけ同意する")).to_be_visible()
    assert not phone.testid("fills-registry").is_checked(), "one purpose does not bring the other"
    household.get_by_text("くわしく（2か所を1つずつえらぶ）").click()
    phone.testid("consent-electricity").get_by_role("checkbox").uncheck()
    expect(household).to_have_attribute("data-extent", "some")
    filling.get_by_role("checkbox").check()
    expect(phone.testid("fills-registry")).to_be_checked()
    phone.testid("consent-registry").get_by_text("くわしく見る").click()
    expect(first.get_by_text("最長30日。その後は消します。").first).to_be_visible()
    first.get_by_role("button", name=re.compile("まとめて同意する")).click()
    expect(first).to_have_count(0)


def _takes_one_back(phone: Phone, looks_at: Any) -> None:
    page = phone.page
    page.goto("/consents")
    household = phone.testid("consents-household")
    looks_at("consents-groups")
    household.get_by_text("くわしく（").click()
    electricity = phone.testid("consent-electricity")
    expect(electricity).to_contain_text("元の記録は")
    looks_at("consents")
    electricity.get_by_role("button", name="やめる").click()
    expect(electricity).to_have_attribute("data-state", "STOPPED")
    news = phone.testid("consents-news")
    expect(news).to_contain_text("消しました")
    page.goto("/")
    expect(phone.testid("source-electricity")).to_have_attribute("data-state", "NOT_ASKED")
    page.goto("/consents")
    expect(household).to_contain_text("2か所のうち1か所に同意しています")
    household.get_by_role("checkbox").click()
    expect(household).to_have_attribute("data-extent", "all")
    expect(electricity).to_have_attribute("data-state", "KNOWN")


def _asks_the_ward(phone: Phone, looks_at: Any) -> None:
    page = phone.page
    page.goto("/readings")
    entry = phone.testid("reading-ASKED").first
    entry.get_by_role("button", name="尋ねる").click()
    entry.get_by_role("button", name="異議").click()
    entry.get_by_role("textbox").fill(WORDS)
    looks_at("readings-ask")
    entry.get_by_role("button", name="区に送る").click()
    expect(entry.get_by_test_id("question")).to_contain_text("回答待ち")
    wish = phone.testid("tell-me").get_by_role("radio").nth(1)
    wish.check()
    expect(wish).to_be_checked()


def _is_answered(browser: Browser, city: City) -> None:
    official = Official(browser, city, "staff-minato-caseworker")
    page = official.page
    page.goto("/staff/questions")
    city.picture(page, "staff-questions")
    page.get_by_role("link", name=re.compile("異議：")).first.click()
    page.get_by_role("textbox").fill("異議申出 11-1")
    page.get_by_role("button", name="理由を記録して開く").click()
    expect(page.get_by_test_id("body")).to_have_text(WORDS)
    page.get_by_role("textbox", name="回答").fill(ANSWER)
    city.picture(page, "staff-question")
    page.get_by_role("button", name="回答を送る").click()
    expect(page.get_by_role("status")).to_contain_text("回答を送りました")
    official.context.close()


def _titles(phone: Phone) -> set[str]:
    return {one["title"]["ja"] for one in phone.asks("ShowInbox")["viewer"]["inbox"]["nodes"]}


def _hears_the_answer(phone: Phone, looks_at: Any) -> None:
    page = phone.page
    wanted = {"ご質問・異議への回答が届きました", "「だれが見たか」に新しい記録があります"}
    assert eventually(lambda: wanted <= _titles(phone)), "answered, and looked at"
    page.goto("/readings")
    answered = page.locator('[data-testid="question"][data-answered="true"]').first
    expect(answered).to_contain_text(ANSWER)
    phone.testid("by-kind").select_option("LOOKED")
    looked = phone.testid("reading-LOOKED").first
    expect(looked).to_contain_text("異議申出 11-1")
    expect(looked).to_contain_text("個別の手続きの担当")
    looks_at("readings-looked")
    with page.expect_download() as pdf:
        phone.testid("export-pdf").click()
    assert pdf.value.suggested_filename == "kurashimado-readings.pdf"
