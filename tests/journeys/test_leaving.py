"""Leaving: who logs out, or hands the phone to somebody else, leaves nothing of themselves on it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import APIResponse, Route, expect

from tests.journeys import paperwork
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

SHELVES = ("snapshot", "drafts", "outbox", "device", "shown")
EVERYTHING_KEPT = """async () => {
  const kept = {};
  const told = request => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const inWords = value => JSON.stringify(value, (_, part) =>
    part instanceof ArrayBuffer || ArrayBuffer.isView(part) ? new TextDecoder().decode(part) : part);
  for (const { name } of await indexedDB.databases()) {
    const store = await told(indexedDB.open(name));
    for (const shelf of store.objectStoreNames) {
      const all = store.transaction(shelf).objectStore(shelf);
      kept[`${name}/${shelf}`] = inWords([await told(all.getAllKeys()), await told(all.getAll())]);
    }
    store.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    const texts = [];
    for (const request of await cache.keys()) texts.push(request.url, await (await cache.match(request)).text());
    kept[`cache ${name}`] = texts.join(' ');
  }
  return { ...kept, localStorage: inWords(localStorage), sessionStorage: inWords(sessionStorage) };
}"""
"""Whatever its name: each shelf of each store, each cache, both storages, as text."""
WRITTEN, ASKED, NUMBER = "しるしの町の電話メモ", "しるしの質問", "090-7777-1234"


def test_taro_takes_over_fumi_s_tablet_and_never_sees_anything_of_hers(phone: Phone) -> None:
    phone.logs_in("fumi")
    phone.home_has_filled()
    assert "田中" in str(phone.keeps("snapshot"))
    phone.context.clear_cookies()
    phone.page.reload()
    expect(phone.page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()
    held: list[Route] = []
    open_now = False

    def hold(route: Route) -> None:
        if open_now:
            route.continue_()
        else:
            held.append(route)

    phone.context.route("**/graphql", hold)
    phone.comes_in("taro")
    expect(phone.page.get_by_role("heading", level=1, name="読み込んでいます")).to_be_visible()
    assert "田中" not in phone.page.content()

    open_now = True
    while held:
        held.pop().continue_()
    if phone.asks("WhoIsHere")["viewer"]["consentsDecidedAt"] is None:
        phone.agrees_to_all()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("高橋 太郎")
    phone.home_has_filled()
    assert "田中" not in phone.page.content()
    for shelf in SHELVES:
        assert "田中" not in str(phone.keeps(shelf)), shelf


def test_gaiji_logs_out_and_the_phone_has_forgotten_him(phone: Phone) -> None:
    phone.logs_in("gaiji")
    phone.home_has_filled()
    phone.is_under_the_worker()
    assert "__Host-session" in _cookies(phone)

    other = phone.opens_another_tab()
    expect(other.get_by_role("heading", level=1)).to_contain_text("髙𠮷 髙")
    phone.page.goto("/settings")
    _logs_out(phone)

    _nothing_is_left_of(phone, "髙")
    expect(other.get_by_role("heading", level=1, name="くらしまど")).to_be_visible()
    assert "髙" not in other.content()
    assert phone.asks("WhoIsHere")["viewer"] is None
    phone.goes_offline()
    phone.page.goto("/")
    expect(phone.page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()
    assert "髙" not in phone.page.content()
    phone.has_no_complaints()


def test_hana_leaves_no_mark_in_any_store_cache_or_cookie(phone: Phone) -> None:
    """Her name, what she wrote and did not send, what she asked, what a page put by: planted, then looked for."""
    page = phone.page
    phone.logs_in("hana")
    phone.home_has_filled()
    phone.is_under_the_worker()
    paperwork.opens_form(phone, paperwork.HINATA)
    paperwork.opened(page, "claimant_phone", "日中つながる電話番号").fill(NUMBER)
    paperwork.text_field(page, "ほかに伝えたいこと").fill(WRITTEN)
    for path in ("/account", "/records", "/consents", "/family", "/readings"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_test_id("reading-ASKED").get_by_role("button", name="尋ねる").first.click()
    page.get_by_label("お尋ねの内容").fill(ASKED)
    page.get_by_role("button", name="区に送る").click()
    expect(page.get_by_test_id("question").filter(has_text=ASKED).first).to_be_visible()
    page.evaluate("mark => sessionStorage.setItem('put by for her', mark)", WRITTEN)
    me = phone.asks("WhoIsHere")["viewer"]["id"]
    session = next(one["value"] for one in phone.context.cookies() if one["name"] == "__Host-session")
    marks = ("佐藤", "はなさん", "ひなた", "三丁目9番14号", NUMBER, WRITTEN, ASKED, me, session)
    held = _places_of(phone, marks)
    found = {mark for _, mark in held}
    assert found >= {WRITTEN, ASKED, me, session}, "they were there to be found"
    assert not found & {NUMBER, "三丁目9番14号"}, "what she writes and what the house told lie sealed on her phone"
    assert all(mark in str(phone.keeps("snapshot")) for mark in ("佐藤", "三丁目9番14号")), "and her key opens it"
    page.goto("/settings")
    _logs_out(phone)
    assert _places_of(phone, marks) == set()
    assert phone.keeps("drafts") == phone.keeps("outbox") == phone.keeps("receipts") == []
    assert page.evaluate("() => sessionStorage.length") == 0


def _places_of(phone: Phone, marks: tuple[str, ...]) -> set[tuple[str, str]]:
    """(place, mark) of each mark this browser keeps anywhere; of cookies the browser is asked, not the page."""
    kept: dict[str, str] = phone.page.evaluate(EVERYTHING_KEPT)
    cookies = {f"cookie {one['name']}": one["value"] for one in phone.context.cookies()}
    places = {**kept, **cookies, "page": phone.page.content()}
    return {(place, mark) for place, text in places.items() for mark in marks if mark in text}


def test_an_answer_under_way_brings_nothing_back(phone: Phone) -> None:
    """The server's answer arrives after the device has forgotten and before the server has heard of the logout."""
    late: list[tuple[Route, APIResponse]] = []

    def hold_who_is_here(route: Route) -> None:
        if json.loads(route.request.post_data or "{}").get("id") == phone.city.document("WhoIsHere"):
            late.append((route, route.fetch()))
        else:
            route.continue_()

    def let_the_late_ones_go_first(route: Route) -> None:
        while late:
            held, answer = late.pop()
            held.fulfill(response=answer)
        phone.page.wait_for_timeout(500)
        route.continue_()

    phone.logs_in("gaiji")
    phone.home_has_filled()
    phone.context.route("**/graphql", hold_who_is_here)
    phone.context.route("**/login/out", let_the_late_ones_go_first)
    phone.page.goto("/settings")
    _logs_out(phone)
    phone.context.unroute_all(behavior="ignoreErrors")
    _nothing_is_left_of(phone, "髙")


def _logs_out(phone: Phone) -> None:
    phone.page.get_by_role("button", name="ログアウト").click()
    phone.page.get_by_role("button", name="消去してログアウトする").click()
    expect(phone.page.get_by_role("heading", level=1, name="くらしまど")).to_be_visible()
    expect(phone.page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()
    phone.page.wait_for_load_state("networkidle")


def _nothing_is_left_of(phone: Phone, name: str) -> None:
    assert "__Host-session" not in _cookies(phone)
    assert _places_of(phone, (name,)) == set()
    assert phone.keeps("drafts") == phone.keeps("outbox") == []


def _cookies(phone: Phone) -> set[str]:
    return {cookie["name"] for cookie in phone.context.cookies()}
