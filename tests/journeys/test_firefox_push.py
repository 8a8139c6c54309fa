"""Web Push as it really happens: a browser's own subscription, a push service, an encrypted message, a notification."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.city import City, eventually
from tests.journeys.firefox import Firefox, open_firefox, push_service_at
from tests.journeys.officials import Official, Words
from tests.journeys.test_device import SHARE

pytestmark = pytest.mark.slow

FAIR = Words(title="児童館まつりを開きます", body="12月6日の10時から、太子堂児童館です。", least=0, most=12)
LATER = Words(title="児童館まつりの時間が変わりました", body="11時からになりました。", least=0, most=12)
ENDPOINT = """navigator.serviceWorker.ready
  .then(worker => worker.pushManager.getSubscription())
  .then(subscription => subscription && subscription.endpoint)"""
SHOWN = """navigator.serviceWorker.ready
  .then(worker => worker.getNotifications())
  .then(all => all.map(one => one.title))"""
IS_IN = """document.querySelector("section.bundle, :not([aria-busy]) > .skeleton") !== null"""
AGREES = f"""(button => button ? (button.click(), true) : {IS_IN})(
  document.querySelector(".consent-acts button:enabled"))"""


def test_a_notice_of_setagaya_reaches_ken_s_firefox_until_he_logs_out(city: City, browser: Browser) -> None:
    writer = Official(browser, city, "staff-setagaya-writer")
    approver = Official(browser, city, "staff-setagaya-approver")
    with open_firefox(push_service_at(f"{city.sandbox.replace('http', 'ws', 1)}/push/")) as ken:
        _logs_in(ken, city)
        endpoint = _turns_notifications_on(ken, city)
        approver.approves(writer.writes(FAIR))
        expect(approver.count("accepted")).to_have_text("1件")
        _the_phone_shows_it(ken, city, endpoint)
        _it_lies_in_the_inbox(ken, city)
        _he_tries_whether_it_arrives(ken, city)
        _he_shares_a_letter_and_opens_his_pack(ken, city)

        _logs_out(ken, city)
        writer.page.goto("/staff")
        approver.approves(writer.writes(LATER))
        expect(approver.count("with-device")).to_have_text("0人")
        assert len(_log(city, endpoint)) == 2, "pushed to somebody who has left"
        assert httpx.post(endpoint, headers={"TTL": "60"}).status_code == 410
    writer.goes_home()
    approver.goes_home()


def _logs_in(ken: Firefox, city: City) -> None:
    ken.goes_to(f"{city.origin}/")
    ken.presses("link", "マイナンバーカードでログイン")
    assert eventually(lambda: ken.evaluates("location.origin") == city.sandbox)
    ken.evaluates("document.querySelector('button[name=persona][value=ken]').click()")
    assert eventually(lambda: ken.evaluates(AGREES)), "neither the page of consents nor home"
    ken.waits_for("heading", "鈴木 健さん、こんにちは")
    ken.waits_for("heading", "子育て")


def _turns_notifications_on(ken: Firefox, city: City) -> str:
    """The endpoint that the browser got from the push service."""
    ken.goes_to(f"{city.origin}/settings")
    ken.presses("button", "通知を受け取る")
    ken.waits_for("button", "通知を止める")
    endpoint = str(ken.evaluates(ENDPOINT))
    assert endpoint.startswith(f"{city.sandbox}/push/v2/")
    return endpoint


def _the_phone_shows_it(ken: Firefox, city: City, endpoint: str) -> None:
    assert eventually(lambda: ken.evaluates(SHOWN)) == ["世田谷区から新しいお知らせ"]
    (message,) = _log(city, endpoint)
    assert message["ttl"] > 0
    assert eventually(lambda: _waiting_for_a_browser(city) == 0), "the browser did not acknowledge the message"


def _waiting_for_a_browser(city: City) -> int:
    """Messages not acknowledged yet, without those of made-up subscriptions, which nobody acknowledges."""
    return int(city.push("counts")["outstanding"]) - len(city.push("messages"))


def _log(city: City, endpoint: str) -> list[dict[str, Any]]:
    log: list[dict[str, Any]] = city.push("log", token=endpoint.rsplit("/", 1)[1])
    return log


def _it_lies_in_the_inbox(ken: Firefox, city: City) -> None:
    ken.goes_to(f"{city.origin}/inbox")
    ken.presses("link", FAIR.title)
    ken.waits_for("heading", FAIR.title)
    assert FAIR.body in ken.evaluates("document.body.innerText")


def _he_tries_whether_it_arrives(ken: Firefox, city: City) -> None:
    ken.goes_to(f"{city.origin}/settings")
    ken.presses("button", "届くか試す")
    state = "document.querySelector('[data-testid=push-trial]').dataset.state"
    assert eventually(lambda: ken.evaluates(f"{state} === 'arrived'")), ken.evaluates(state)
    assert "届きました" in ken.evaluates("document.body.innerText")
    assert "通知が届きました（テスト）" in ken.evaluates(SHOWN)
    kept = """new Promise(done => { indexedDB.open("kurashimado").onsuccess = ({target}) => {
        const asked = target.result.transaction("device").objectStore("device").get("badge");
        asked.onsuccess = () => { target.result.close(); done(asked.result); }; }; })"""
    count = "Number(document.querySelector('.doors .count')?.textContent ?? 0)"
    assert ken.evaluates(kept) == ken.evaluates(count), "the number on the icon is that of the door"


def _he_shares_a_letter_and_opens_his_pack(ken: Firefox, city: City) -> None:
    """The worker takes what is shared, in this browser too."""
    ken.goes_to(f"{city.origin}/install")
    assert eventually(lambda: ken.evaluates("document.querySelector('[data-browser]')?.dataset.browser")) == "none"
    ken.evaluates(f"({SHARE})(['/9j/', false])")
    assert eventually(
        lambda: ken.evaluates("location.pathname === '/shared' && document.body?.innerText.includes('letter.jpg')")
    )
    ken.presses("button", "使わない（消去する）")
    assert eventually(lambda: ken.evaluates("document.querySelector('[data-testid=nothing-shared]') !== null"))
    ken.goes_to(f"{city.origin}/emergency")
    assert eventually(lambda: ken.evaluates("document.querySelector('[data-testid=shelters]') !== null"))


def _logs_out(ken: Firefox, city: City) -> None:
    ken.goes_to(f"{city.origin}/settings")
    ken.presses("button", "ログアウト")
    ken.presses("button", "消去してログアウトする")
    ken.waits_for("link", "マイナンバーカードでログイン")
    assert ken.evaluates(ENDPOINT) is None
