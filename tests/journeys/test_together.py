"""One life event, one conversation: Hana's baby in whole, her mother-in-law's first care certification, Ken's move."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from infra.load.hand import Hand, answers
from tests.journeys.city import City, open_city
from tests.journeys.looks import FINGER, faults_of
from tests.journeys.paperwork import today
from tests.journeys.phone import Phone
from tests.journeys.test_offline import a_paper

pytestmark = pytest.mark.slow

TOLD = {
    "claimant_phone": "090-1234-5678",
    "applicant_phone": "090-1234-5678",
    "contact_phone": "090-1234-5678",
    "visit_phone": "090-1234-5678",
    "clinic": "みなと産院",
    "clinic_name": "みなと産院",
    "birth_weight": "3050",
    "older_children": 1,
    "stays_elsewhere": 1,
    "new_address": "神奈川県川崎市中原区一丁目2番3号",
    "doctor_name": "山本 恵子",
    "submitter_relation": "長男の妻",
    "planned_visit_date": today() + timedelta(days=7),
}


@pytest.fixture(scope="module")
def city() -> Iterator[City]:
    """One of its own: what Hana told elsewhere is not asked any more, and what she sent is on its way."""
    with open_city() as opened:
        yield opened


def test_a_birth_a_first_care_certification_and_a_move_each_in_one_conversation(phone: Phone) -> None:
    phone.logs_in("hana")
    phone.home_has_filled()
    phone.is_under_the_worker()
    _her_baby(phone)
    phone.asks("AnswerQuestion", {"fact": "care_worry", "value": True})
    _first_care_certification(phone)
    phone.has_no_complaints()


def _her_baby(phone: Phone) -> None:
    phone.testid("together-pregnancy_birth").click()
    expect(phone.testid("parts").get_by_role("checkbox")).not_to_have_count(0)
    for other in ("018サポート", "子どもの医療証"):
        expect(phone.testid("elsewhere")).to_contain_text(other)
    _shows(phone, "start")
    _answers_under_ground(phone)
    _looks_it_over(phone)
    folder = _signs_once_and_one_comes_back(phone)
    _sends_that_one_alone(phone, folder)


def _answers_under_ground(phone: Phone) -> None:
    page, hand = phone.page, Hand(phone.page, is_human=False)
    page.get_by_role("link", name=re.compile("はじめる")).click()
    phone.goes_offline()
    _goes_on(page)
    expect(page.locator(".alert[role=alert]")).to_be_focused()
    _shows(phone, "wrong")
    answers(hand, TOLD)
    expect(phone.testid("draft-saved")).to_be_visible()
    page.reload()
    mine = page.get_by_label("電話番号").first
    expect(mine).to_have_value("090-1234-5678")
    _shows(phone, "questions")
    _in_another_window_too(phone, mine)
    _goes_on(page)
    pages = 1
    while page.get_by_role("progressbar").count():
        answers(hand, TOLD)
        _goes_on(page)
        pages += 1
    assert pages <= 3, "few pages"


def _in_another_window_too(phone: Phone, mine: Locator) -> None:
    """What is written there is seen here, also where she had written before."""
    mine.fill("090-1111-2222")
    expect(mine).to_have_value("090-1111-2222")
    other = phone.opens_another_tab(phone.page.url)
    theirs = other.get_by_label("電話番号").first
    expect(theirs).to_have_value("090-1111-2222")
    theirs.fill("090-1234-5678")
    expect(mine).to_have_value("090-1234-5678")
    other.close()


def _looks_it_over(phone: Phone) -> None:
    page = phone.page
    expect(page.get_by_role("heading", name="送信前にまとめて確認")).to_be_visible()
    expect(phone.testid("office")).to_have_count(3)
    expect(page.get_by_role("button", name="一度署名して、すべて送る")).to_be_disabled()
    weight = phone.testid("value-birth_weight")
    weight.get_by_role("button").click()
    weight.get_by_role("textbox").fill("3150")
    weight.get_by_role("button", name="これでよい").click()
    expect(weight).to_contain_text("3150")
    answers(Hand(page, is_human=False), TOLD)
    _shows(phone, "review")


def _signs_once_and_one_comes_back(phone: Phone) -> str:
    """Where the folder is."""
    page = phone.page
    phone.comes_back_online()
    phone.context.route("**/graphql", spoils("newborn_visit"))
    page.get_by_role("button", name="一度署名して、すべて送る").click()
    page.locator('button[value="hana"]').click()
    page.get_by_role("button", name="署名する", exact=True).click()
    page.wait_for_url("**/folders/*")
    expect(phone.testid("folder-state")).to_contain_text("1件は修正が必要です")
    phone.context.unroute("**/graphql")
    _shows(phone, "failed")
    return page.url


def _sends_that_one_alone(phone: Phone, folder: str) -> None:
    page = phone.page
    failed = page.locator('[data-testid^="sent-newborn_visit"]')
    failed.get_by_role("link", name="この手続きだけ直して送る").click()
    page.get_by_role("button", name="入力内容を確認する").click()
    page.get_by_role("button", name="送信する").click()
    page.wait_for_url("**/applications/*")
    expect(phone.testid("receipt-number")).to_be_visible()
    page.goto(folder)
    expect(phone.testid("folder-state")).to_have_text(re.compile(r"^(\d)件中\1件を受け付けました。$"))
    _shows(phone, "received")
    page.locator('[data-testid^="sent-"]').first.get_by_role("link").click()
    expect(phone.testid("signed")).to_be_visible()
    phone.goes_offline()
    page.goto(folder)
    expect(phone.testid("receipt-number").first).to_be_visible()
    phone.comes_back_online()


def _first_care_certification(phone: Phone) -> None:
    page, hand = phone.page, Hand(phone.page, is_human=False)
    page.goto("/together/care")
    part = page.locator('[data-testid^="part-care_certification"]')
    expect(part).to_be_visible()
    expect(phone.testid("elsewhere").or_(phone.testid("asks")).first).to_be_visible()
    goes_through(page, hand)
    phone.goes_offline()
    page.locator('[data-testid^="paper-"] input').last.set_input_files(a_paper())
    page.get_by_role("button", name="この写真を付ける").click()
    expect(phone.testid("kept-paper")).to_be_visible()
    _sends_all(page)
    phone.comes_back_online()
    expect(phone.testid("folder-state")).to_have_text(re.compile(r"^1件中1件を受け付けました。$"))
    kept = phone.asks("ShowFolder", {"id": page.url.rpartition("/")[2]})["viewer"]["folder"]
    assert [len(part["application"]["attachments"]) for part in kept["parts"]] == [1], "listed with its photograph"
    expect(page.get_by_role("button", name="この窓口の控えをまとめて保存（1件）")).to_be_visible()
    _shows(phone, "folder-photo")


def test_a_move_with_its_ripples_starts_with_three_answers(phone: Phone) -> None:
    phone.logs_in("ken")
    phone.home_has_filled()
    page, hand = phone.page, Hand(phone.page, is_human=False)
    page.goto("/together/moving")
    asks = phone.testid("asks")
    asks.get_by_role("button", name="はい").first.click()
    asks.locator('input[type="date"]').fill(today().isoformat())
    asks.get_by_role("button", name=re.compile("こたえる|答える|回答")).first.click()
    asks.locator("select").select_option("other")
    asks.get_by_role("button", name=re.compile("こたえる|答える|回答")).first.click()
    expect(phone.testid("part-move_out_notice")).to_be_visible()
    for ripple in ("電気", "ガス", "水道"):
        expect(phone.testid("elsewhere")).to_contain_text(ripple)
    _shows(phone, "move")
    goes_through(page, hand)
    _sends_all(page)
    expect(phone.testid("folder-state")).to_have_text("1件中1件を受け付けました。")
    phone.has_no_complaints()


def goes_through(page: Page, hand: Hand) -> None:
    page.get_by_role("link", name=re.compile("はじめる")).click()
    while page.get_by_role("progressbar").count():
        answers(hand, TOLD)
        _goes_on(page)
    expect(page.get_by_role("heading", name="送信前にまとめて確認")).to_be_visible()
    answers(hand, TOLD)


def _sends_all(page: Page) -> None:
    page.get_by_role("button", name=re.compile("すべて送る（")).click()
    page.wait_for_url("**/folders/*")


def _shows(phone: Phone, name: str) -> None:
    """The screen as a finger and a screen reader meet it; a picture of it."""
    assert faults_of(phone.page, name, FINGER) == []
    phone.city.picture(phone.page, f"together-{name}")


def spoils(procedure: str) -> Callable[[Route], None]:
    """What is sent of this procedure comes to the house spoilt, and is truly refused there."""

    def handle(route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        sent = (body.get("variables") or {}).get("input") or {}
        if sent.get("procedure") == procedure and "answers" in sent:
            sent["answers"]["birth_weight"] = "3kg"
            return route.continue_(post_data=json.dumps(body))
        return route.continue_()

    return handle


def _goes_on(page: Page) -> None:
    page.get_by_role("button", name=re.compile("次へ|すべてを確認する")).click()
