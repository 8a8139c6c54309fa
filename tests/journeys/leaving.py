"""She logs out, and everything that a browser can keep is looked through, by whatever name it is kept."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.phone import Phone

ALL_KEPT = """async () => {
  const told = request => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const kept = {};
  for (const { name } of await indexedDB.databases()) {
    const store = await told(indexedDB.open(name));
    for (const shelf of store.objectStoreNames) {
      const held = store.transaction(shelf).objectStore(shelf);
      kept[`${name}/${shelf}`] = [await told(held.getAllKeys()), await told(held.getAll())];
    }
    store.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    const texts = [];
    for (const request of await cache.keys()) texts.push(request.url, await (await cache.match(request)).text());
    kept[`cache ${name}`] = texts;
  }
  return { ...kept, local: { ...localStorage }, tab: { ...sessionStorage } };
}"""
OF_NOBODY = {"language", "passkey-here", "at-the-door", "hidden-at"}
"""What stays in localStorage: how the app speaks, that some passkey was used here, and when it was last in sight."""
SHELVES = ("snapshot", "drafts", "outbox", "shown", "receipts")


def logs_out(phone: Phone) -> None:
    phone.page.goto("/settings")
    phone.page.get_by_role("button", name="ログアウト").click()
    phone.page.get_by_role("button", name="消去してログアウトする").click()
    is_at_the_door(phone.page)


def is_at_the_door(page: Page) -> None:
    expect(page.get_by_role("heading", level=1, name="くらしまど")).to_be_visible()
    expect(page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()


def kept_on(phone: Phone) -> dict[str, Any]:
    """Every shelf of every store, every cache, and both storages, by name."""
    kept: dict[str, Any] = phone.page.evaluate(ALL_KEPT)
    return kept


def nothing_is_left_of(phone: Phone, *marks: str) -> None:
    assert "__Host-session" not in {cookie["name"] for cookie in phone.context.cookies()}
    kept = kept_on(phone)
    assert [(where, mark) for where, what in kept.items() for mark in marks if mark in str(what)] == []
    assert [shelf for shelf in SHELVES if str(kept.get(f"kurashimado/{shelf}", "[[], []]")) != "[[], []]"] == []
    assert (set(kept["local"]) - OF_NOBODY, set(kept["tab"]) - OF_NOBODY) == (set(), set())
    assert [mark for mark in marks if mark in phone.page.content()] == []
