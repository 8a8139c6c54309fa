"""Under ground from the first letter to the last: photographs, a wrong clock, a week, two windows, another phone."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.journeys import paperwork
from tests.journeys.city import City, open_city
from tests.journeys.paperwork import HINATA, MOVE_OUT, text_field
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

A_DAY_AHEAD = """(() => {
  const Right = Date, ahead = 26 * 3600e3;
  globalThis.Date = class extends Right {
    constructor(...told) { told.length ? super(...told) : super(Right.now() + ahead); }
    static now() { return Right.now() + ahead; }
  };
})()"""
LIES_OPEN = """async () => {
  const told = request => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const store = await told(indexedDB.open('kurashimado'));
  const found = [];
  for (const shelf of ['drafts', 'outbox', 'papers']) {
    for (const one of await told(store.transaction(shelf).objectStore(shelf).getAll())) {
      if (!one.iv || !(one.data instanceof ArrayBuffer)) found.push(JSON.stringify(one));
      else if (new TextDecoder('latin1').decode(one.data).includes('JFIF')) found.push('a picture');
    }
  }
  const own = await told(store.transaction('device').objectStore('device').get('key'));
  if (own && own.key.extractable) found.push('the key');
  store.close();
  return found;
}"""
FORMER_VERSION = """draft => new Promise((done, failed) => {
  const opening = indexedDB.open('kurashimado', 2);
  opening.onupgradeneeded = () => ['snapshot', 'drafts', 'outbox', 'shown', 'device', 'receipts']
    .forEach(shelf => opening.result.createObjectStore(shelf));
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const write = opening.result.transaction('drafts', 'readwrite');
    write.objectStore('drafts').put(draft, draft.step);
    write.oncomplete = () => { opening.result.close(); done(); };
  };
})"""


@pytest.fixture(scope="module")
def city() -> Iterator[City]:
    """Of its own: what is sent here the other journeys look for as not yet sent."""
    with open_city() as opened:
        yield opened


def a_paper() -> FilePayload:
    """As a camera gives it: large, with a table around the page."""
    picture, file = Image.new("RGB", (3200, 2400), "#654"), io.BytesIO()
    page = ImageDraw.Draw(picture)
    page.rectangle((400, 300, 2800, 2100), fill="white")
    page.line((600, 500, 2400, 500), "black", 20)
    picture.save(file, "JPEG", quality=95)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_hana_writes_photographs_and_sends_under_ground_by_a_wrong_clock_and_logs_in_a_week_later(phone: Phone) -> None:
    phone.context.add_init_script(A_DAY_AHEAD)
    phone.logs_in("hana")
    phone.home_has_filled()
    phone.is_under_the_worker()
    paperwork.opens_form(phone, HINATA)
    phone.goes_offline()
    page = phone.page
    text_field(page, "日中つながる電話番号").fill("090-1234-5678")
    phone.testid("paper-living_apart").locator("input").last.set_input_files(a_paper())
    crop = phone.testid("crop")
    for edge in ("上", "下", "左", "右"):
        crop.get_by_role("slider", name=edge, exact=True).fill("12")
    _shot(phone, page, "crop")
    crop.get_by_role("button", name="この写真を付ける").click()
    expect(phone.testid("kept-paper")).to_have_count(1)
    page.reload()
    expect(phone.testid("kept-paper")).to_have_count(1)
    expect(text_field(page, "日中つながる電話番号")).to_have_value("090-1234-5678")
    _shot(phone, page, "papers")
    assert page.evaluate(LIES_OPEN) == []

    paperwork.choose(page, "お子さんと同居していますか", "はい")
    for agreement in page.get_by_role("checkbox").all():
        agreement.check()
    _answers_the_rest(page)
    paperwork.reads_over(page)
    expect(phone.testid("filed-rule")).to_contain_text("区にご確認ください")
    _shot(phone, page, "review")
    paperwork.presses_send(page)
    expect(page.get_by_text("送信待ち", exact=True)).to_be_visible()
    _shot(phone, page, "waiting")
    application = page.url
    assert page.evaluate(LIES_OPEN) == []
    page.close()

    phone.context.clear_cookies()
    phone.comes_back_online()
    phone.page = phone.opens_another_tab(application)
    expect(phone.page.get_by_text("ログインすると送ります", exact=True)).to_be_visible()
    _shot(phone, phone.page, "sign-in")
    phone.comes_in("hana")
    phone.page.goto(application)
    number = paperwork.receipt(phone.page)
    paperwork.is_received_once(phone, "佐藤 はな", HINATA.partition(":")[0], number)
    (at_ward,) = phone.city.received("佐藤 はな", HINATA.partition(":")[0])
    assert [(one["paper"], one["media_type"]) for one in at_ward["attachments"]] == [("living_apart", "image/jpeg")]
    assert at_ward["attachments"][0]["size"] < 1_000_000
    expect(phone.testid("clock-note")).to_contain_text("時計が約26時間進んでいた")
    expect(phone.testid("filed")).to_contain_text("届いた時刻")
    expect(phone.testid("sent-papers").get_by_role("link")).to_have_count(1)
    _shot(phone, phone.page, "sent")
    assert phone.page.evaluate(LIES_OPEN) == []


def test_taro_chooses_between_two_windows_and_between_two_phones_and_a_former_version_loses_nothing(
    phone: Phone, browser: Browser, city: City
) -> None:
    phone.logs_in("taro")
    phone.home_has_filled()
    paperwork.plans_a_move(phone)
    paperwork.opens_form(phone, MOVE_OUT)
    older, newer = phone.page, phone.opens_another_tab(f"/apply/{MOVE_OUT}")
    address, telephone = "新しい住所", "日中つながる電話番号"
    text_field(older, address).press_sequentially("川崎")
    expect(text_field(newer, address)).to_have_value("川崎")
    text_field(newer, address).fill("横浜市西区")
    expect(newer.get_by_test_id("draft-saved")).to_be_visible()
    older.wait_for_timeout(200)
    older.keyboard.type("市")
    for page in (older, newer):
        expect(page.get_by_test_id("conflict-new_address")).to_contain_text("横浜市西区")
        expect(page.get_by_test_id("conflict-new_address")).to_contain_text("川崎市")
    older.get_by_test_id("conflict-new_address").scroll_into_view_if_needed()
    _shot(phone, older, "conflict")
    older.get_by_test_id("conflict-new_address").get_by_role("button", name="ほかの内容にする").click()
    for page in (older, newer):
        expect(page.get_by_test_id("conflict-new_address")).to_have_count(0)
        expect(text_field(page, address)).to_have_value("横浜市西区")
    text_field(older, telephone).fill("090-1111-1111")
    newer.close()

    other = Phone(browser, city)
    _was_of_the_former_version(other, phone.keeps("drafts")[0])
    other.logs_in("taro")
    other.home_has_filled()
    other.page.goto(f"/apply/{MOVE_OUT}")
    changed = other.testid("form-changed")
    expect(changed).to_contain_text("なくなった項目：口座番号")
    expect(changed).to_contain_text("1234567")
    expect(text_field(other.page, telephone)).to_have_value("090-2222-2222")
    _shot(other, other.page, "changed")
    assert other.page.evaluate(LIES_OPEN) == []
    _carries(phone, other)
    between = other.testid("conflict-contact_phone")
    expect(between).to_contain_text("090-1111-1111")
    expect(between).to_contain_text("090-2222-2222")
    expect(text_field(other.page, address)).to_have_value("横浜市西区")
    between.get_by_role("button", name="この画面の内容にする").click()
    expect(between).to_have_count(0)
    other.context.close()


def _carries(phone: Phone, other: Phone) -> None:
    """From one to the other by the code, which is of no use a second time."""
    phone.page.goto(f"/carry/{MOVE_OUT}")
    phone.page.get_by_role("button", name="コードを表示する").click()
    code = phone.testid("carry-code").inner_text()
    _shot(phone, phone.page, "carry")
    other.page.goto(f"/carry#{code}")
    other.page.get_by_role("button", name="受け取る").click()
    other.page.wait_for_url(f"**/apply/{MOVE_OUT}**")
    again = other.opens_another_tab(f"/carry#{code}")
    again.get_by_role("button", name="受け取る").click()
    expect(again.get_by_role("alert")).to_contain_text("見つかりません")
    again.close()


def _was_of_the_former_version(other: Phone, draft: dict[str, Any]) -> None:
    """The store as it was before anything was sealed, with a draft on an older form that asked for one thing more."""
    old: dict[str, Any] = json.loads(json.dumps(draft))
    old["form"]["version"] = "before"
    fields = old["form"]["sections"][0]["fields"]
    words = dict.fromkeys(("ja", "easy", "en"), "口座番号")
    fields.append({**fields[0], "id": "old_account", "label": words, "prefill": None, "term": None, "showIf": None})
    old["answers"] = {"contact_phone": "090-2222-2222", "old_account": "1234567"}
    old["savedAt"] = "2026-01-01T00:00:00.000Z"
    for later in ("written", "conflicts", "papers"):
        old.pop(later, None)
    other.page.goto("/healthz")
    other.page.evaluate(FORMER_VERSION, old)


def _answers_the_rest(page: Page) -> None:
    """Whatever the form still asks, as somebody would who is in a hurry."""
    for group in page.get_by_role("group").filter(has=page.get_by_role("radio")).all():
        if group.get_by_role("radio", checked=True).count() == 0:
            group.get_by_role("radio").first.check()


def _shot(phone: Phone, page: Page, name: str) -> None:
    phone.city.picture(page, f"offline-{name}")
