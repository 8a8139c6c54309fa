"""A teacher asks a class, two homes of one child answer apart, who is missing is reminded, and an absence comes back
once before it is noted; what is done without a network goes out later, or not at all."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta

import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from notifications.jobs import JAPAN
from tests.journeys.city import City
from tests.journeys.officials import Official
from tests.journeys.phone import Phone
from tests.uploads.test_uploads import a_photo

pytestmark = pytest.mark.slow
TABLET: ViewportSize = {"width": 820, "height": 1180}
CHILD, NOBODYS, TITLE = "東 れん", "南 ゆい", "遠足の同意"


def test_what_a_teacher_asks_and_what_two_homes_say_to_it(phone: Phone, city: City, browser: Browser) -> None:
    teacher = Official(browser, city, "staff-minato-school")
    teacher.page.set_viewport_size(TABLET)
    first, second = (_letters(teacher, "/staff/school/roster/letters")[CHILD] for _ in range(2))
    other = Phone(browser, city)
    for one, persona, code in ((phone, "taro", first), (other, "ken", second)):
        one.logs_in(persona, "/school/join")
        one.page.get_by_label("手紙のコード").fill(code)
        one.page.get_by_role("button", name="登録する").click()
        expect(one.testid("joined")).to_be_visible()
    page = _asks_a_class(teacher)
    assert set(_letters(teacher, f"{page}/letters")) == {CHILD, NOBODYS}, "paper, and nobody has come"
    _answers_with_conditions(phone)
    _answers_in_the_underground(other)
    _reminds_who_is_missing(teacher, page)
    other.comes_back_online()
    expect(other.testid("school-answer")).to_contain_text("回答が届きました")
    assert [_reminders(one) for one in (phone, other)] == [0, 1], "just those who had not answered"
    expect(other.testid("line-file")).to_have_count(1)
    _writes_anew_what_was_refused(other)
    _corrects(teacher, page, phone)
    _absence_goes_its_way(other, teacher)
    assert set(_letters(teacher, f"{page}/letters")) == {CHILD, NOBODYS}, "old letters are at home"
    assert set(_letters(teacher, f"{page}/letters")) == {NOBODYS}, "new ones are, and whose answers are here needs none"
    assert teacher.complaints == []
    phone.has_no_complaints()
    assert [one for one in other.complaints if "422" not in one] == [], "but of the file that is not taken"
    teacher.context.close()
    other.context.close()


def _letters(teacher: Official, path: str) -> dict[str, str]:
    """The code of each letter by the child's name, read from the PDF itself."""
    answer = teacher.context.request.get(path)
    texts = [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(io.BytesIO(answer.body()))]
    found = {}
    for text in texts[1:]:
        name, code = re.search(r"番\s+(\S+ \S+)\s+保護者様", text), re.search(r"コード：\s*([0-9A-Za-z-]+)", text)
        assert name is not None
        assert code is not None
        assert name[1] in texts[0], "in the list of whom it is handed to"
        found[name[1]] = code[1]
    return found


def _asks_a_class(teacher: Official) -> str:
    page, until = teacher.page, (datetime.now(JAPAN) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    page.goto("/staff/school/notices/new")
    page.get_by_role("checkbox", name=re.compile("^1年2組")).check()
    page.get_by_role("textbox", name="件名", exact=False).first.fill(TITLE)
    page.get_by_role("textbox", name="本文", exact=False).first.fill("バスで動物園へ行きます。")
    page.get_by_role("radio", name=re.compile("^同意")).check()
    page.get_by_label("回答の締切").fill(until)
    page.get_by_label("保護者のうち1人の回答で足りる").uncheck()
    page.get_by_role("button", name="宛先と人数を確かめる").click()
    expect(page.get_by_test_id("looked-over")).to_contain_text("紙で渡す人 2人")
    page.get_by_role("button", name="この人たちに送る").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= TABLET["width"]
    return page.url.partition("?")[0]


def _opens(phone: Phone) -> Page:
    phone.page.goto("/school")
    phone.page.get_by_role("link", name=TITLE).click()
    expect(phone.testid("school-form")).to_be_visible()
    return phone.page


def _answers_with_conditions(phone: Phone) -> None:
    page = _opens(phone)
    page.get_by_label("条件付きで同意する").check()
    page.get_by_role("button", name="回答を送る").click()
    expect(page.get_by_text("まだ答えていない質問：1問")).to_be_focused()
    page.get_by_label("どのような条件ですか").fill("バスの前の席")
    page.get_by_role("link", name="設定").click()
    page.wait_for_url("**/settings")
    page.go_back()
    expect(page.get_by_label("どのような条件ですか")).to_have_value("バスの前の席")
    page.get_by_role("button", name="回答を送る").click()
    expect(phone.testid("school-answer")).to_contain_text("回答が届きました")


def _answers_in_the_underground(phone: Phone) -> None:
    page = _opens(phone)
    phone.is_under_the_worker()
    phone.goes_offline()
    page.get_by_label("同意する", exact=True).check()
    page.get_by_role("button", name="回答を送る").click()
    expect(phone.testid("school-answer").locator("[data-outbox]")).to_be_visible()
    thread = phone.testid("thread")
    thread.locator("summary").click()
    thread.get_by_label("ファイルを選ぶ").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    thread.get_by_role("button", name="送る", exact=True).click()
    expect(phone.testid("waiting-file")).to_be_visible()


def _writes_anew_what_was_refused(phone: Phone) -> None:
    """A PDF that acts is not taken; her words come back into the field, and go without it."""
    thread = phone.testid("thread")
    thread.get_by_role("textbox").fill("バスに酔います")
    phone.page.get_by_role("link", name="設定").click()
    phone.page.wait_for_url("**/settings")
    phone.page.go_back()
    expect(thread.get_by_role("textbox")).to_have_value("バスに酔います")
    acting = b"%PDF-1.4\n1 0 obj << /OpenAction 2 0 R >> endobj\n%%EOF\n"
    thread.get_by_label("ファイルを選ぶ").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": acting}
    )
    thread.get_by_role("button", name="送る", exact=True).click()
    thread.get_by_role("button", name="書き直す").click()
    expect(thread.get_by_role("textbox")).to_have_value("バスに酔います")
    thread.get_by_role("button", name=re.compile("取り除く")).click()
    thread.get_by_role("button", name="送る", exact=True).click()
    written = thread.get_by_role("listitem").filter(has_text="バスに酔います")
    expect(written).to_have_count(1)
    expect(written.filter(has_text="送")).to_have_count(0)
    expect(written).to_have_count(1)


def _corrects(teacher: Official, path: str, phone: Phone) -> None:
    """In the place of what was sent; what was answered stays, and the parent sees what is new and why."""
    page = teacher.page
    page.goto(f"{path}/correct")
    page.get_by_label("訂正の理由").fill("行き先の誤り")
    page.get_by_role("textbox", name=re.compile("^本文必須")).fill("バスで水族館へ行きます。")
    page.get_by_role("button", name="何が変わるかを確かめる").click()
    expect(page.get_by_test_id("looked-over")).to_contain_text("届いている2件は、そのまま有効です")
    expect(page.get_by_test_id("looked-over")).to_contain_text("印刷し直して")
    page.get_by_role("button", name="この内容で訂正する").click()
    expect(page.get_by_test_id("prints-anew")).to_be_visible()
    phone.page.reload()
    expect(phone.testid("corrected")).to_contain_text("行き先の誤り")
    expect(phone.testid("corrected").locator("ins")).to_have_text("バスで水族館へ行きます。")
    expect(phone.testid("asks-corrected")).to_contain_text("そのまま有効です")


def _reminds_who_is_missing(teacher: Official, path: str) -> None:
    page = teacher.page
    page.goto(path)
    card = page.get_by_test_id("pupil").filter(has_text=CHILD)
    expect(card).to_have_attribute("data-missing", "yes")
    expect(card.get_by_test_id("guardian").filter(has_text="条件付きで同意する、バスの前の席")).to_have_count(1)
    expect(card.get_by_test_id("guardian").filter(has_text=re.compile("未読|未回答"))).to_have_count(1)
    page.get_by_role("button", name=re.compile("未回答の.*人にもう一度知らせる")).click()
    expect(page.get_by_role("status")).to_contain_text("もう一度")


def _reminders(phone: Phone) -> int:
    told = phone.asks("ShowInbox")["viewer"]["inbox"]["nodes"]
    return sum("まだ回答" in one["title"]["ja"] and TITLE in one["title"]["ja"] for one in told)


def _absence_goes_its_way(phone: Phone, teacher: Official) -> None:
    phone.goes_offline()
    _reports(phone, "間違い")
    phone.testid("absence-waiting").get_by_role("button", name="送るのをやめる").click()
    expect(phone.testid("absence-waiting")).to_have_count(0)
    _reports(phone, "38.5℃")
    phone.comes_back_online()
    expect(phone.testid("absence")).to_contain_text("送信済み")
    desk = teacher.page
    desk.goto("/staff/school")
    card = desk.get_by_test_id("absence").filter(has_text=CHILD)
    expect(card).to_have_count(1)
    expect(card).to_contain_text("38.5℃")
    card.locator("summary").click()
    card.get_by_label("保護者に伝える理由").fill("いつまで休みますか")
    card.get_by_role("button", name="理由を付けて差し戻す").click()
    phone.page.reload()
    expect(phone.testid("absence")).to_contain_text("いつまで休みますか")
    phone.testid("absence").get_by_role("link", name="連絡を直して送る").click()
    _looks_over_and_sends(phone)
    expect(phone.testid("absence")).to_contain_text("送信済み")
    desk.goto("/staff/school")
    card.get_by_role("button", name=re.compile("確認済みにする")).click()
    expect(card).to_contain_text("確認済み")
    phone.page.reload()
    expect(phone.testid("absence")).to_contain_text("確認済み")
    _takes_it_back_without_a_network(phone, card)


def _takes_it_back_without_a_network(phone: Phone, card: Locator) -> None:
    phone.goes_offline()
    phone.testid("absence").locator("summary").click()
    phone.testid("absence").get_by_role("button", name="取り下げる").click()
    expect(phone.testid("absence-waiting")).to_be_visible()
    phone.comes_back_online()
    expect(phone.testid("absence")).to_contain_text("取り下げ")
    card.page.reload()
    expect(card).to_have_attribute("data-state", "withdrawn")


def _reports(phone: Phone, why: str) -> None:
    """Of today, whichever day of the week that is: the form offers the next day of school, the desk opens at today."""
    phone.page.goto("/school/absence")
    phone.page.get_by_label("理由").fill(why)
    phone.page.locator("#absence-from").fill(f"{datetime.now(JAPAN):%Y-%m-%d}")
    _looks_over_and_sends(phone)
    expect(phone.testid("absence-waiting")).to_be_visible()


def _looks_over_and_sends(phone: Phone) -> None:
    phone.page.get_by_role("button", name="内容を確かめる").click()
    expect(phone.testid("look-over")).to_be_visible()
    phone.page.get_by_role("button", name=re.compile("連絡を送る|直した内容を送る")).click()
