"""Without a mouse, without eyes: a form from the door to the receipt by keys alone, and what is read in which order."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import paperwork
from tests.journeys.city import City
from tests.journeys.paperwork import HINATA, text_field
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

CHANGE = "allowance_details_change"
LONG_WAY = 120
STOP = """() => {
  const one = document.activeElement;
  const drawn = [one, one.closest('li, label')].some(part => part && getComputedStyle(part).outlineStyle !== 'none');
  const { left, top, width, height } = one.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
  const covered = above?.closest('.doors, .banner, .toast-place') && !above.contains(one) && !one.contains(above);
  const isAbove = one.closest('.doors, .banner, .toast-place') !== null;
  return { seen: drawn || one === document.body, covered: Boolean(covered) && !isAbove };
}"""

STAYS_INSIDE = "() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null"


def test_lan_sends_a_change_of_her_child_allowance_by_keys_alone(phone: Phone) -> None:
    page = phone.page
    page.goto("/")
    _presses(page, page.get_by_role("link", name="マイナンバーカードでログイン"))
    _presses(page, page.locator('button[name="persona"][value="lan"]'))
    consents = phone.testid("consents-first").get_by_role("button").first
    expect(consents.or_(page.locator("section.next")).first).to_be_visible()
    if consents.is_visible():
        _presses(page, consents)
    phone.home_has_filled()
    _skips_to_the_main_part(page)
    bundle = phone.testid("bundle-childcare")
    _presses(page, bundle.locator("summary"))
    _presses(page, phone.testid(f"step-{CHANGE}").get_by_role("link"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    _presses(page, page.get_by_role("link", name="申請書を書く"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    _is_led_to_each_mistake(page)
    _fills_it_in(page)
    _presses(page, page.get_by_role("button", name="入力内容を確認する"))
    expect(page.get_by_role("heading", level=1, name="送信前の確認")).to_be_focused()
    _presses(page, page.get_by_role("button", name="送信する"))
    page.wait_for_url("**/applications/*")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    paperwork.receipt(page)
    _a_dialog_lets_her_go_and_gives_the_focus_back(page)
    phone.has_no_complaints()


def _skips_to_the_main_part(page: Page) -> None:
    page.reload()
    page.get_by_role("heading", level=1).wait_for()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ移動")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def _is_led_to_each_mistake(page: Page) -> None:
    _presses(page, page.get_by_role("button", name="入力内容を確認する"))
    summary = page.get_by_role("alert").filter(has_text="か所、確認が必要です")
    expect(summary).to_be_focused()
    _presses(page, summary.get_by_role("link").first)
    expect(text_field(page, "日中つながる電話番号")).to_be_focused()
    page.keyboard.type("03-1234-5678")


def _fills_it_in(page: Page) -> None:
    for group in ("どなたのことですか", "変わった項目"):
        _tabs_to(page, page.get_by_role("group", name=group).get_by_role("radio").first)
        page.keyboard.press("Space")
    for label, words in (("変更前", "旧姓"), ("変更後", "新姓")):
        _tabs_to(page, text_field(page, label))
        page.keyboard.type(words)
    _tabs_to(page, page.get_by_label("変わった日"))
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowRight", "ArrowUp"):  # 1 January of this year
        page.keyboard.press(key)
    agreed = page.get_by_role("checkbox", name="記載内容は事実と相違なく")
    _tabs_to(page, agreed)
    page.keyboard.press("Space")
    expect(agreed).to_be_checked()


def _a_dialog_lets_her_go_and_gives_the_focus_back(page: Page) -> None:
    opener = page.get_by_role("button", name=re.compile("取り下げ"))
    _presses(page, opener)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(STAYS_INSIDE), "behind a dialog nothing is reached"
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def _tabs_to(page: Page, place: Locator) -> None:
    """As often as it takes; at every stop the focus is somewhere, and it is seen."""
    place.wait_for()
    for _ in range(LONG_WAY):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        where = page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)")
        assert stop["seen"], f"the focus cannot be seen: {where}"
        if stop[
            "covered"
        ]:  # what has just come above may have pushed it there; the browser brings it back at the next key
            page.keyboard.press("Shift")
            stop = page.evaluate(STOP)
        assert not stop["covered"], f"something covers the focus: {where}"
        if place.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{place} was not reached by {LONG_WAY} presses of Tab")


def _presses(page: Page, place: Locator) -> None:
    _tabs_to(page, place)
    page.keyboard.press("Enter")


def test_what_is_read_aloud_comes_in_the_order_it_is_meant(phone: Phone, city: City) -> None:
    page = phone.page
    phone.logs_in("hana")
    phone.home_has_filled()
    expect(phone.testid("new-letters")).to_be_visible()
    home = _outline(page)
    assert home[0] == "1 佐藤 はなさん、こんにちは"
    sections = [line for line in home if line.startswith("2")]
    assert sections[:3] == ["2 次にすること", "2 新しいお知らせ", "2 教えてください"], sections
    card = phone.testid(f"step-{HINATA}").aria_snapshot()
    told = [
        "児童手当の額の変更",
        "佐藤 ひなたさんについて",
        "まで",
        "11月に生まれたひなたさん（0歳）がいるため",
        "理由と、ちがうとき",
        "申請書を書く",
    ]
    assert _come_in_order(told, card), card
    page.goto("/inbox")
    assert [line[0] for line in _outline(page)][:2] == ["1", "2"] or _outline(page)[0].startswith("1")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    page.get_by_role("link", name="戻る").wait_for()
    assert _landmarks(page) == ["banner", "main", "navigation"]
    page.goto(f"/apply/{HINATA}")
    page.get_by_role("button", name="入力内容を確認する").click()
    form = page.get_by_role("main").aria_snapshot()
    assert _come_in_order(
        ['heading "児童手当の額の変更" [level=1]', "alert", "か所、確認が必要です", "提出先", "入力内容を確認する"],
        form,
    ), form
    assert _landmarks(page) == ["banner", "main", "navigation"]


def _outline(page: Page) -> list[str]:
    """Each heading of the main part as its level and words, in the order they are read."""
    tree = page.get_by_role("main").aria_snapshot()
    return [f"{level} {words}" for words, level in re.findall(r'heading "([^"]*)" \[level=(\d)\]', tree)]


def _landmarks(page: Page) -> list[str]:
    return re.findall(r"^- (banner|main|navigation)", page.locator("body").aria_snapshot(), re.MULTILINE)


def _come_in_order(words: list[str], text: str) -> bool:
    at = 0
    for word in words:
        at = text.find(word, at)
        if at < 0:
            return False
    return True
