"""What happens to the phone itself: a picture is shared with the app, the store is emptied, a server hangs, a new
version comes in mid-draft, a permission is given late."""

from __future__ import annotations

import base64
from contextlib import suppress

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Route, expect

from tests.journeys import paperwork
from tests.journeys.city import eventually
from tests.journeys.paperwork import HINATA, text_field
from tests.journeys.phone import PATIENCE, Phone
from tests.journeys.test_offline import a_paper

pytestmark = pytest.mark.slow

SHARE = """([jpeg, words]) => {
  const bytes = Uint8Array.from(atob(jpeg), letter => letter.charCodeAt(0));
  const form = Object.assign(document.createElement('form'), {
    action: '/share', method: 'post', enctype: 'multipart/form-data' });
  const field = Object.assign(document.createElement('input'), { type: 'file', name: 'files', multiple: true });
  const all = new DataTransfer();
  all.items.add(new File([bytes], 'letter.jpg', { type: 'image/jpeg' }));
  if (words) all.items.add(new File(['x'], 'note.txt', { type: 'text/plain' }));
  field.files = all.files;
  form.append(field);
  document.body.append(form);
  form.submit();
}"""
EMPTY_THE_STORE = """() => new Promise((done, failed) => {
  const asked = indexedDB.deleteDatabase('kurashimado');
  asked.onsuccess = () => done();
  asked.onerror = () => failed(asked.error);
})"""
LOSE_THE_KEY = """() => new Promise((done, failed) => {
  const asked = indexedDB.open('kurashimado');
  asked.onerror = () => failed(asked.error);
  asked.onsuccess = () => {
    const write = asked.result.transaction('device', 'readwrite');
    write.objectStore('device').delete('key');
    write.oncomplete = () => { asked.result.close(); done(); };
  };
})"""
RAW = """() => new Promise(done => {
  indexedDB.open('kurashimado').onsuccess = ({target}) => {
    const asked = target.result.transaction('snapshot').objectStore('snapshot').getAll();
    asked.onsuccess = () => {
      target.result.close();
      done(asked.result.map(one => new TextDecoder().decode(one.data)).join());
    };
  };
})"""
SHE_IS_BACK = """() => {
  Object.defineProperty(Notification, 'permission', { get: () => 'default' });
  document.dispatchEvent(new Event('visibilitychange'));
}"""
"""From the phone's own settings, where she has lifted the ban; a browser without windows never tells of that itself."""
ANOTHER_WORKER = "() => navigator.serviceWorker.register('/sw.js?next', {updateViaCache: 'none'}).then(() => true)"
ELDERS = "みよこ（祖母）"


def test_hana_shares_a_letter_keeps_a_pack_and_is_told_when_the_phone_has_lost_something(phone: Phone) -> None:
    page = phone.page
    page.goto("/")
    phone.is_under_the_worker()
    page.reload()
    phone.goes_offline()
    _shares(page, and_words=True)
    expect(phone.testid("shared-file")).to_contain_text("letter.jpg")
    expect(phone.testid("not-taken")).to_contain_text("「note.txt」は使えません")
    expect(phone.testid("shared-sign-in")).to_be_visible()
    phone.comes_back_online()
    phone.logs_in("hana", "/shared")
    expect(phone.testid("shared-file")).to_have_count(1)
    phone.city.picture(page, "device-shared")
    page.goto("/")
    phone.home_has_filled()
    expect(phone.testid("evicted")).to_have_count(0)
    expect(phone.testid("shared-waits")).to_contain_text("共有したものが1件")

    paperwork.opens_form(phone, HINATA)
    text_field(page, "日中つながる電話番号").fill("090-1234-5678")
    expect(phone.testid("draft-saved")).to_be_visible()
    page.goto("/shared")
    page.get_by_label("申請に付ける").select_option(index=0)
    page.get_by_role("button", name="申請に付ける", exact=True).click()
    expect(phone.testid("kept-paper")).to_have_count(1)
    _shares(page)
    page.get_by_role("button", name="使わない（消去する）").click()
    expect(phone.testid("nothing-shared")).to_be_visible()
    assert len(phone.keeps("papers")) == 1, "nothing is left of what she did not want"
    _keeps_a_pack(phone)
    _starts_though_the_server_hangs(phone)
    _is_told_of_what_is_lost(phone)
    _allows_notifications_late(phone)
    phone.has_no_complaints()


def _shares(page: Page, *, and_words: bool = False) -> None:
    paper = a_paper()
    page.evaluate(SHARE, [base64.b64encode(paper["buffer"]).decode(), and_words])
    page.wait_for_url("**/shared")


def _keeps_a_pack(phone: Phone) -> None:
    """Her own contact, and the ward's shelters, there without a network and, but for what is hers, before a login."""
    page = phone.page
    page.goto("/emergency")
    expect(phone.testid("shelter").first).to_be_visible()
    page.get_by_label("自宅の住所").fill("三田")
    contacts = phone.testid("contacts")
    contacts.get_by_label("電話番号").fill("はは")
    contacts.get_by_role("button", name="追加する").click()
    expect(contacts.get_by_role("alert")).to_contain_text("名前を入力")
    contacts.get_by_label("名前").fill(ELDERS)
    contacts.get_by_label("電話番号").fill("03-1234-5678")
    contacts.get_by_role("button", name="追加する").click()
    expect(contacts.get_by_role("link", name="03-1234-5678")).to_be_visible()
    phone.city.picture(page, "device-emergency")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="119 火事")).to_be_visible()
    page.emulate_media(media="screen")
    page.goto("/storage")
    expect(phone.testid("usage-written")).to_contain_text("KB")
    page.get_by_role("button", name="空きを増やす").click()
    expect(page.get_by_text("消しました。", exact=True)).to_be_visible()
    phone.goes_offline()
    page.goto("/emergency")
    expect(phone.testid("shelter").first).to_be_visible()
    expect(phone.testid("contacts")).to_contain_text(ELDERS)
    assert ELDERS not in _raw(phone), "it lies sealed"
    phone.comes_back_online()


def _raw(phone: Phone) -> str:
    return str(phone.page.evaluate(RAW))


def _starts_though_the_server_hangs(phone: Phone) -> None:
    """Nobody answers and nobody refuses, and the worker has been ended: the screen is there from the phone."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    phone.context.route("**/graphql", hold)
    line = phone.context.new_cdp_session(phone.page)
    line.send("ServiceWorker.enable")
    line.send("ServiceWorker.stopAllWorkers")
    phone.page.goto("/")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("佐藤 はな")
    assert held, "it asked, and nobody said a word"
    phone.context.unroute_all(behavior="ignoreErrors")


def _is_told_of_what_is_lost(phone: Phone) -> None:
    page = phone.page
    page.goto("/healthz")
    page.evaluate(LOSE_THE_KEY)
    page.goto("/")
    expect(phone.testid("lost")).to_contain_text("下書き1件")
    phone.testid("lost").get_by_role("button", name="確認しました").click()
    expect(phone.testid("lost")).to_have_count(0)
    phone.home_has_filled()
    page.goto("/healthz")
    page.evaluate(EMPTY_THE_STORE)
    page.goto("/")
    expect(phone.testid("evicted")).to_contain_text("消えました")
    phone.home_has_filled()
    page.reload()
    phone.testid("evicted").get_by_role("button", name="閉じる").click()
    expect(phone.testid("evicted")).to_have_count(0)


def _allows_notifications_late(phone: Phone) -> None:
    phone.page.goto("/settings")
    expect(phone.testid("permit")).to_contain_text("許可")
    phone.page.evaluate(SHE_IS_BACK)
    expect(phone.page.get_by_role("button", name="通知を受け取る")).to_be_visible()
    expect(phone.testid("permit")).to_have_count(0)


def test_a_new_version_comes_while_fumi_writes_in_two_windows(phone: Phone) -> None:
    older = phone.page
    phone.context.new_cdp_session(older).send("Page.setBypassCSP", {"enabled": True})
    phone.logs_in("hana")
    phone.home_has_filled()
    phone.is_under_the_worker()
    paperwork.opens_form(phone, HINATA)
    other = phone.opens_another_tab(f"/apply/{HINATA}")
    text_field(other, "日中つながる電話番号").fill("090-5555-1111")
    text_field(other, "ほかに伝えたいこと").press_sequentially("書いている")
    expect(other.get_by_test_id("draft-saved")).to_be_visible()
    for page in (older, other):
        page.evaluate("() => { globalThis.isStillHere = true; }")
    older.evaluate(ANOTHER_WORKER)
    offered = older.get_by_test_id("new-version")
    expect(offered).to_contain_text("新しいところ")
    assert older.evaluate("() => globalThis.isStillHere"), "it was only offered"
    phone.city.picture(older, "device-new-version")
    older.bring_to_front()
    offered.get_by_role("button", name="更新する").click()
    assert eventually(lambda: _is_of_the_next(older), PATIENCE / 1000)
    expect(text_field(older, "日中つながる電話番号")).to_have_value("090-5555-1111")
    expect(text_field(older, "ほかに伝えたいこと")).to_have_value("書いている")


def _is_of_the_next(page: Page) -> bool:
    """The page was loaded anew, and the new worker serves it."""
    with suppress(PlaywrightError):  # it is being loaded
        is_next: bool = page.evaluate(
            "() => globalThis.isStillHere === undefined &&"
            " Boolean(navigator.serviceWorker.controller?.scriptURL.endsWith('next'))"
        )
        return is_next
    return False
