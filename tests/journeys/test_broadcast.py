"""A notice from its template to its correction: whom it is for, how it reads, the first wave, the stop, and one notice
on the phone of who got it; then an emergency in quiet hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import looks
from tests.journeys.city import City, eventually
from tests.journeys.officials import Official
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow

TITLE = "4か月児健診のお知らせ"
TOWNS = {"lan": "三田五丁目", "taro": "海岸一丁目"}
QUAKE = "大きな地震がありました"
ALL_DAY = {"quietFrom": "00:00", "quietUntil": "23:59", "digestAt": None, "mutes": []}
WRITER, APPROVER, SECOND = "staff-minato-writer", "staff-minato-approver", "staff-minato-approver-2"


@pytest.fixture
def phones(city: City, browser: Browser) -> Iterator[dict[str, Phone]]:
    """Of the two who live in the towns that are written to; the house has heard where."""
    with ExitStack() as closing:
        held = {}
        for who in TOWNS:
            held[who] = Phone(browser, city)
            closing.callback(held[who].context.close)
            held[who].logs_in(who)
            held[who].home_has_filled()
        yield held


def test_a_notice_goes_from_its_template_to_its_correction_and_an_emergency_through_quiet_hours(
    phones: dict[str, Phone], city: City, browser: Browser
) -> None:
    with ExitStack() as closing:
        writer, approver, second = (Official(browser, city, who) for who in (WRITER, APPROVER, SECOND))
        for one in (writer, approver, second):
            closing.callback(one.goes_home)
        notice = _is_written(writer)
        approver.page.goto(notice)
        approver.page.get_by_role("button", name="承認して送る").click()
        expect(approver.page.locator(".facts")).to_contain_text("はじめに1%の人へ、残りは30分後")
        approver.page.get_by_role("button", name="この版を承認して送る").click()
        _is_stopped_after_the_first_wave(approver)
        _is_corrected(writer, approver, notice)
        _one_of_the_two_has_it_once(phones)
        _an_emergency_needs_two_and_passes_quiet_hours(phones["lan"], writer, approver, second)
    for phone in phones.values():
        phone.has_no_complaints()


def _is_written(writer: Official) -> str:
    page = writer.page
    page.get_by_role("link", name="ひな形").first.click()
    page.get_by_role("link", name="乳幼児健診").click()
    for gap, said in (("月齢", "4か月"), ("日時", "12月8日の朝9時"), ("会場", "みなと保健所")):
        page.get_by_label(gap, exact=True).fill(said)
    page.get_by_role("button", name="このひな形で書く").click()
    size = page.get_by_test_id("audience-size")
    expect(size).to_contain_text(re.compile(r"対象 約\d+人"))
    expect(size).to_contain_text("例えば、日本語で読む人")
    expect(size).to_contain_text("この1週間に届いたもの")
    _asks_for_two_towns(page)
    _reads_well_on_the_drawn_phone(page)
    page.get_by_label("はじめに1%の人へ送り、残りはあとで送る").check()
    assert looks.faults_of(page, "staff-form", 1) == []
    page.get_by_role("button", name="下書きを保存する").click()
    expect(writer.state).to_have_text("下書き")
    page.get_by_role("button", name="試しに送る").click()
    expect(page.get_by_role("status").first).to_contain_text("試しに")
    return writer.asks()


def _asks_for_two_towns(page: Page) -> None:
    """Parents of small children, or who lives in one of two towns but for who needs support: by buttons alone."""
    page.get_by_label("条件の種類").select_option("town")
    page.get_by_role("button", name="条件を足す").click()
    for town in TOWNS.values():
        page.get_by_role("checkbox", name=town).check()
    page.locator("summary", has_text="「または」や").click()
    page.get_by_label("除く人の条件").select_option("care")
    page.get_by_role("button", name="除く人を足す").click()
    page.get_by_role("checkbox", name="要支援1").check()
    size = page.get_by_test_id("audience-size")
    expect(size).to_contain_text("三田五丁目・海岸一丁目")
    expect(size).to_contain_text("要支援1の人か、その家族を除く")
    expect(size).to_contain_text("少なすぎます")


def _reads_well_on_the_drawn_phone(page: Page) -> None:
    """What the reading aid finds is mended, and a gap that was left open; the phones follow what is typed."""
    advice = page.get_by_test_id("advice")
    expect(advice).to_contain_text("習わない漢字があります: 保")
    for field in ("body_ja", "body_easy", "body_en"):
        text = page.locator(f"#{field}")
        said = text.input_value().replace("{{ 電話 }}", "03-3578-2111")
        text.fill(said.replace("保健所", "ほけんじょ") if field == "body_easy" else said)
    expect(advice).to_contain_text("気になるところはありません")
    drawn = page.locator("figure.phone")
    expect(drawn).to_have_count(3)
    for number, said in enumerate((TITLE, "4か月の あかちゃんの けんしん", "Health check for babies of 4か月")):
        expect(drawn.nth(number)).to_contain_text(said)
        expect(drawn.nth(number)).to_contain_text("03-3578-2111")


def _is_stopped_after_the_first_wave(approver: Official) -> None:
    page, waves = approver.page, approver.page.get_by_test_id("waves")
    expect(approver.state).to_have_text("配信中")
    expect(waves).to_contain_text("はじめの人（5人未満）")
    expect(waves).to_contain_text(re.compile("残りの人（5人未満）: .*に送ります"))
    page.get_by_role("button", name="配信を止める").click()
    page.get_by_role("textbox", name="止める理由").fill("時刻が違う")
    page.get_by_role("button", name="配信を止める").click()
    expect(approver.state).to_have_text("停止")
    expect(waves).to_contain_text("止めたので送りません")


def _is_corrected(writer: Official, approver: Official, notice: str) -> None:
    page = writer.page
    page.goto(notice)
    page.get_by_role("button", name="訂正する").click()
    body = page.get_by_role("textbox", name="本文（日本語）")
    body.fill(body.input_value().replace("朝9時", "朝10時"))
    page.get_by_role("textbox", name="訂正する理由").fill("時刻の誤り")
    page.get_by_role("button", name="訂正を依頼する").click()
    approver.page.goto(notice)
    approver.page.get_by_role("button", name="この文に訂正する").click()
    expect(approver.page.get_by_text("送ったあとの訂正・取り消し 1回")).to_be_visible()
    expect(approver.count("reached")).to_have_text("少人数のため表示しません")


def _one_of_the_two_has_it_once(phones: dict[str, Phone]) -> None:
    """Who was in the first wave, and nobody else: one notice, corrected, and nothing of the first text above it."""
    for phone in phones.values():
        phone.page.goto("/inbox")
        expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    cards = {who: phone.page.get_by_role("listitem").filter(has_text=_read_by(who)) for who, phone in phones.items()}
    assert eventually(lambda: sum(card.count() for card in cards.values()) >= 1)
    (who,) = [who for who, card in cards.items() if card.count()]
    expect(cards[who]).to_have_count(1)
    expect(cards[who]).to_contain_text("訂正")
    cards[who].get_by_role("link").first.click()
    expect(phones[who].page.get_by_text("朝10時", exact=False).first).to_be_visible()


def _read_by(who: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!】){TITLE}|(?<!】)4か月の あかちゃんの けんしん")


def _an_emergency_needs_two_and_passes_quiet_hours(
    phone: Phone, writer: Official, approver: Official, second: Official
) -> None:
    phone.asks("ChooseMailWishes", {"input": ALL_DAY})
    token = phone.takes_notices()
    page = writer.page
    page.goto("/staff/broadcasts/new")
    page.get_by_label("緊急", exact=True).check()
    page.get_by_role("textbox", name="件名（日本語）").fill(QUAKE)
    page.get_by_role("textbox", name="本文（日本語）").fill("港区で強いゆれがありました。高い所へ。電話: 03-3578-2111")
    page.get_by_role("button", name="下書きを保存する").click()
    notice = writer.asks()
    for official, button, state in (
        (approver, "この版を承認する", "承認待ち"),
        (second, "この版を承認して送る", re.compile("配信")),
    ):
        official.page.goto(f"{notice}/approve")
        official.page.get_by_role("button", name=button).click()
        expect(official.state).to_have_text(state)
    phone.page.goto("/inbox")
    expect(phone.page.get_by_role("listitem").filter(has_text=QUAKE)).to_have_count(1)

    def rung() -> list[str]:
        return [one["payload"] for one in phone.city.push("messages", token=token) if "緊急" in str(one["payload"])]

    assert len(eventually(rung)) == 1, "all day is quiet to her, and it rings"
    phone.asks("ChooseMailWishes", {"input": {**ALL_DAY, "quietFrom": None, "quietUntil": None}})
    phone.takes_no_more_notices()
