"""A case at the ward's desk: taken up, asked back, corrected on the phone, decided by two, and she reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import looks, paperwork
from tests.journeys.city import City
from tests.journeys.officials import Official
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow
CARE = "care_certification"
STEP = f"{CARE}:m-4001"
REASON = "介護 第12号"


@pytest.fixture
def city(city_of_senders: City) -> City:
    """Which procedures the ward works here is chosen anew, and Fumi has nothing there for anybody else."""
    return city_of_senders


@pytest.fixture
def ishii(browser: Browser, city: City) -> Iterator[Official]:
    official = Official(browser, city, "staff-minato-caseworker")
    yield official
    official.goes_home()


@pytest.fixture
def kobayashi(browser: Browser, city: City) -> Iterator[Official]:
    official = Official(browser, city, "staff-minato-approver")
    yield official
    official.goes_home()


def test_fumi_corrects_what_ishii_asks_back_and_kobayashi_agrees(
    phone: Phone, city: City, browser: Browser, ishii: Official, kobayashi: Official
) -> None:
    _care_is_worked_here(Official(browser, city, "staff-minato-admin"))
    number = _fumi_sends(phone)
    faults = _asks_back(ishii.page, number, city)
    assert [line for line in ishii.complaints if "422" not in line] == []
    ishii.complaints.clear()
    corrected = _fumi_corrects(phone)
    assert corrected != number
    faults += _proposes(ishii.page, corrected)
    page = kobayashi.page
    page.goto("/staff/second")
    ask = page.get_by_test_id("ask").filter(has_text=corrected)
    faults += looks.faults_of(page, "second", looks.POINTER)
    ask.get_by_role("link", name="申請の内容を見る").click()
    _gives_a_reason(page)
    expect(page.get_by_test_id("line-clinic")).to_contain_text("白金クリニック")
    page.get_by_role("link", name="確認待ちの依頼に戻る").click()
    ask.get_by_role("button", name="認める", exact=True).click()
    expect(ask).to_have_count(0)

    expect(phone.page.locator("[data-app]").first).to_have_attribute("data-app", "DECIDED")
    expect(phone.testid("wards-words")).to_contain_text("要介護2と認定しました。")
    city.picture(phone.page, "case-decided")
    faults += looks.faults_of(phone.page, "case-decided", looks.FINGER)
    ishii.page.goto("/staff/cases?stage=closed")
    row = ishii.page.get_by_test_id(f"case-{corrected}")
    expect(row).to_contain_text("認める")
    faults += looks.faults_of(ishii.page, "cases-closed", looks.POINTER)
    assert faults == []
    phone.has_no_complaints()


def _care_is_worked_here(ueda: Official) -> None:
    page = ueda.page
    page.get_by_role("link", name="申請を審査する").click()
    page.get_by_role("link", name="扱う手続きを選ぶ").click()
    care = page.get_by_test_id(f"choose-{CARE}")
    care.get_by_label("ここで扱う").check()
    care.get_by_role("button", name="変更する").click()
    expect(page.get_by_text("変更しました。")).to_be_visible()
    ueda.goes_home()


def _fumi_sends(phone: Phone) -> str:
    phone.logs_in("fumi")
    phone.home_has_filled()
    told = phone.asks("AnswerQuestion", {"fact": "care_worry", "value": True})
    assert told["answerQuestion"]["__typename"] == "Home", told
    page = phone.page
    page.goto(f"/apply/{STEP}?write")
    paperwork.choose(page, "今いる所", "自宅")
    page.get_by_label("医療機関の名称").fill("しろかね医院")
    page.get_by_label("主治医の氏名").fill("白井")
    page.locator("#field-visit_phone").fill("090-1234-5678")
    paperwork.choose(page, "申請を出す方", "本人")
    page.get_by_role("checkbox", name="認定の結果や主治医意見書を").check()
    return _sends(page)


def _sends(page: Page) -> str:
    paperwork.reads_over(page)
    paperwork.presses_send(page)
    number = paperwork.receipt(page)
    expect(page.locator("[data-app]").first).to_have_attribute("data-app", "RECEIVED")
    return number


def _opens(page: Page, number: str) -> None:
    page.goto("/staff/cases")
    page.get_by_test_id(f"case-{number}").get_by_role("link").click()


def _gives_a_reason(page: Page) -> None:
    page.get_by_label("開く理由").fill(REASON)
    page.get_by_role("button", name="理由を記録して開く").click()
    expect(page.get_by_role("heading", name="回答と今日の記録")).to_be_visible()


def _asks_back(page: Page, number: str, city: City) -> list[str]:
    """And what is wrong with the pages on the way, an empty form among them."""
    _opens(page, number)
    expect(page.get_by_role("main")).not_to_contain_text("田中")
    page.get_by_role("button", name="担当になる").click()
    expect(page.get_by_role("button", name="担当を外す")).to_be_visible()
    page.goto("/staff/cases")
    city.picture(page, "cases")
    faults = looks.faults_of(page, "cases", looks.POINTER)
    _opens(page, number)
    _gives_a_reason(page)
    expect(page.get_by_test_id("line-person_name")).to_contain_text(re.compile("田中 ふみ.*一致", re.DOTALL))
    faults += [*looks.faults_of(page, "case", looks.POINTER), *looks.runs_off_when_narrow(page, "case")]
    page.get_by_role("button", name="補正を求める").click()
    expect(page.get_by_role("alert")).to_be_focused()
    city.picture(page, "case-nothing-said")
    page.get_by_role("checkbox", name="主治医の氏名と医療機関を").check()
    page.get_by_role("checkbox", name="医療機関の名称").check()
    page.get_by_role("button", name="補正を求める").click()
    expect(page.get_by_text("申請者に補正を求めました。")).to_be_visible()
    expect(page.get_by_test_id(f"case-{number}")).to_contain_text("申請者の補正待ち")
    return faults


def _fumi_corrects(phone: Phone) -> str:
    page = phone.page
    expect(page.locator("[data-app]").first).to_have_attribute("data-app", "SENT_BACK")
    expect(phone.testid("turn")).to_have_text("下に示された項目を直して、もう一度お送りください。")
    expect(page.get_by_role("main")).not_to_contain_text("区からの返答を待っています")
    page.get_by_role("link", name="直して送る").click()
    clinic = page.get_by_label("医療機関の名称")
    expect(clinic).to_have_value("しろかね医院")
    expect(page.get_by_role("alert")).to_contain_text("主治医の氏名と医療機関を、もう一度ご確認ください。")
    phone.city.picture(page, "case-to-correct")
    clinic.fill("白金クリニック")
    page.get_by_role("checkbox", name="認定の結果や主治医意見書を").check()
    return _sends(page)


def _proposes(page: Page, number: str) -> list[str]:
    _opens(page, number)
    expect(page.get_by_role("main")).to_contain_text("補正されて届いたものです")
    _gives_a_reason(page)
    expect(page.get_by_test_id("line-clinic")).to_contain_text("補正前: しろかね医院")
    page.get_by_label("認める", exact=True).check()
    page.get_by_label("理由（却下のときは必須）").fill("要介護2と認定しました。")
    page.get_by_role("button", name="決定を起案する").click()
    expect(page.get_by_text("別の職員の確認を待っています")).to_be_visible()
    page.goto("/staff/second")
    own = page.get_by_test_id("ask").filter(has_text=number)
    expect(own).to_contain_text("自分の依頼です")
    expect(own.get_by_role("button")).to_have_count(0)
    return looks.faults_of(page, "second-own", looks.POINTER)
