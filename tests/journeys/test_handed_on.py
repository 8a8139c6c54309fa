"""One phone for two people: nothing of the first is shown to the second, and nothing unsent is lost without a word."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import looks, paperwork
from tests.journeys.paperwork import MOVE_OUT, text_field
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

STAND_IN = """
Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
Notification.requestPermission = async () => 'granted';
const made = %s;
const subscription = {
  endpoint: made.endpoint, options: { applicationServerKey: null }, toJSON: () => made,
  unsubscribe: async () => { localStorage.removeItem('stand-in'); return true; },
};
Object.assign(PushManager.prototype, {
  getSubscription: async () => localStorage.getItem('stand-in') && subscription,
  subscribe: async () => { localStorage.setItem('stand-in', 'yes'); return subscription; },
});
"""
"""Chromium without Google's push service: a subscription made up by the city's own, kept as the browser keeps one."""
IPHONE = """
Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)' });
class Asked { static get permission() { return this.said ?? 'denied'; } }
Object.defineProperty(window, 'Notification', { value: Asked });
"""


def test_fumi_finds_her_draft_again_when_taro_gives_the_tablet_back(phone: Phone) -> None:
    _fumi_leaves_a_draft(phone)
    phone.logs_in("taro")
    give_back = _is_asked(phone)
    give_back.click()
    expect(phone.page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()
    assert "__Host-session" not in {cookie["name"] for cookie in phone.context.cookies()}
    assert "田中" not in phone.page.content()

    phone.logs_in("fumi", f"/apply/{MOVE_OUT}")
    expect(text_field(phone.page, "新しい住所")).to_have_value("横浜市")
    phone.has_no_complaints()


def test_taro_goes_on_with_fumi_s_tablet_and_her_draft_is_gone(phone: Phone) -> None:
    _fumi_leaves_a_draft(phone)
    phone.logs_in("taro")
    _is_asked(phone)
    phone.page.reload()
    _is_asked(phone)
    phone.page.get_by_role("button", name="消して つづける").click()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("高橋 太郎")
    phone.home_has_filled()
    assert phone.keeps("drafts") == []
    assert "田中" not in phone.page.content()
    phone.has_no_complaints()


def test_hana_s_notifications_do_not_go_on_for_ken(phone: Phone) -> None:
    page = phone.page
    phone.logs_in("hana")
    key = phone.asks("WhoIsHere")["service"]["pushKey"]
    made = phone.city.makes_up_subscription(key)
    phone.context.add_init_script(STAND_IN % json.dumps(made))
    page.goto("/settings")
    page.get_by_role("button", name="通知を受け取る").click()
    expect(page.get_by_text("通知はオンです")).to_be_visible()

    phone.context.clear_cookies()
    page.reload()
    expect(page.get_by_text("もう一度ログインしてください")).to_be_visible()
    phone.logs_in("ken")
    expect(page.get_by_role("heading", level=1)).to_contain_text("鈴木 健")
    page.goto("/settings")
    expect(page.get_by_text("通知はオフです")).to_be_visible()
    assert page.evaluate("() => localStorage.getItem('stand-in')") is None

    phone.context.clear_cookies()
    phone.logs_in("hana")
    expect(page.get_by_role("heading", level=1)).to_contain_text("佐藤 はな")
    phone.asks("UnsubscribePush", {"endpoint": made["endpoint"]})
    _on_an_iphone_she_is_told_what_comes_first(phone)


def _on_an_iphone_she_is_told_what_comes_first(phone: Phone) -> None:
    """Where she said no, the way back is told and noticed; Safari knows of no notifications before it is installed."""
    page = phone.page
    phone.context.add_init_script(IPHONE)
    page.goto("/settings")
    page.get_by_text("iPhoneの「設定」→「通知」→「くらしまど」").wait_for()
    page.evaluate("Notification.said = 'granted'; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("button", name="通知を受け取る")).to_be_visible()
    phone.context.add_init_script("delete window.PushManager")
    page.reload()
    expect(phone.testid("on-iphone").get_by_role("listitem")).to_have_count(4)
    expect(phone.testid("on-iphone")).to_contain_text("ホーム画面に追加")


def _fumi_leaves_a_draft(phone: Phone) -> None:
    phone.logs_in("fumi")
    phone.home_has_filled()
    paperwork.plans_a_move(phone)
    paperwork.opens_form(phone, MOVE_OUT)
    text_field(phone.page, "新しい住所").fill("横浜市")
    expect(phone.testid("draft-saved")).to_be_visible()
    phone.context.clear_cookies()
    phone.page.goto("/")
    expect(phone.page.get_by_text("もう一度ログインしてください")).to_be_visible()


def _is_asked(phone: Phone) -> Locator:
    """Two ways out and nothing of hers on the screen; the button of the harmless one."""
    expect(phone.page.get_by_role("alert")).to_contain_text("まだ送っていないものが 1件 あります")
    assert "田中" not in phone.page.content()
    assert "田中" not in str(phone.keeps("snapshot"))
    phone.city.picture(phone.page, "handover")
    faults = looks.faults_of(phone.page, "handover", looks.FINGER) + looks.runs_off_when_narrow(phone.page, "handover")
    assert not faults, faults
    return phone.page.get_by_role("button", name="ログアウトして 元の人に もどす")
