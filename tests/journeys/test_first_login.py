"""The very first time: nothing is kept, so home fills before one's eyes, source by source."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.city import City, eventually
from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow


def test_yamamoto_from_mitaka_sees_each_source_as_it_answers_and_the_silent_one_last(phone: Phone, city: City) -> None:
    """He lives outside of the 23 wards: what the wards keep is not for him, and he is told so."""
    try:
        city.falls("national", "silent")
        phone.logs_in("outside")
        expect(phone.page.get_by_role("heading", level=1)).to_contain_text("山本 外")
        expect(phone.testid("source-electricity")).to_have_attribute("data-state", "KNOWN")
        expect(phone.testid("source-national")).to_have_attribute("data-state", "WAITING")
        expect(phone.testid("source-national")).to_have_attribute("data-state", "GAP", timeout=20_000)
        expect(phone.testid("calm")).to_contain_text("急ぎの手続きがないとは言えません")
        expect(phone.testid("source-registry")).to_have_attribute("data-state", "NOT_ASKED")
        expect(phone.testid("source-registry")).to_contain_text("確認していません")
        expect(phone.page.get_by_text("23区外")).to_be_visible()
        city.falls("national", "ok")
        assert eventually(lambda: _asks_again(phone) == "KNOWN"), "the house rests a little between two questions"
        expect(phone.testid("calm")).to_contain_text("今、急ぎの手続きはありません")
    finally:
        city.falls("national", "ok")
    phone.has_no_complaints()


@pytest.mark.parametrize(
    ("persona", "words"), [("locked", "カードの暗証番号がロックされています"), ("cancel", "ログインを中止しました")]
)
def test_who_cannot_or_will_not_log_in_is_told_why_and_may_try_again(phone: Phone, persona: str, words: str) -> None:
    phone.logs_in(persona)
    expect(phone.page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    expect(phone.page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()
    assert "__Host-session" not in {cookie["name"] for cookie in phone.context.cookies()}
    phone.has_no_complaints()


def test_who_gives_no_name_still_gets_in_and_is_told_what_is_missing(phone: Phone) -> None:
    phone.logs_in("declines")
    expect(phone.page.get_by_text("住所の提供がなかった")).to_be_visible()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("こんにちは")
    phone.home_has_filled()
    expect(phone.testid("source-registry")).to_contain_text("23区内のご住所が確認できない")
    expect(phone.page.get_by_role("heading", name="介護", exact=True)).to_be_visible()
    unheard = phone.page.locator("li.step-card").filter(has_text="確認していません")
    assert not [card for card in unheard.all() if card.is_visible()], "what nobody is asked about is not shown as hers"
    expect(phone.testid("bundle-childcare")).to_have_count(0)
    phone.has_no_complaints()


def _asks_again(phone: Phone) -> str | None:
    phone.refresh.click()
    expect(phone.refresh).to_be_enabled()
    return phone.testid("source-national").get_attribute("data-state")
