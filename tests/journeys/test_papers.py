"""What to bring and what to hand in: on her own step and on the form, also without a network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import paperwork
from tests.journeys.paperwork import HINATA
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow


def test_hana_reads_on_her_own_step_what_to_take_to_the_counter(phone: Phone) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    phone.is_under_the_worker()
    phone.goes_offline()
    phone.page.goto("/step/child_medical_certificate:m-1004")
    facts = phone.testid("step-facts")
    expect(facts).to_contain_text("資格確認書、資格情報のお知らせ")
    expect(facts).to_contain_text("必要な場合：お子さんの資格がまだ決まっていないとき")
    expect(facts).to_contain_text(re.compile("手数料.*無料"))
    expect(facts).to_contain_text("窓口・郵送")
    facts.get_by_role("link", name="この手続きの案内を見る").click()
    expect(phone.page.get_by_role("heading", level=1, name="子どもの医療証")).to_be_visible()
    phone.has_no_complaints()


def test_a_form_says_before_sending_how_papers_reach_the_ward(phone: Phone) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    paperwork.opens_form(phone, HINATA)
    handed = phone.testid("hand-in")
    expect(handed).to_contain_text("写真で添えない書類は、送信した後に")
    expect(handed).to_contain_text("持参するか郵送")
    expect(handed).to_contain_text("別居監護申立書")
    expect(handed).to_contain_text(re.compile(r"書類も.*月\d+日.*までに届くように"))
    phone.has_no_complaints()
