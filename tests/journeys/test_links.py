"""An ID of hers elsewhere, linked on her phone, seen again without a network, and let go."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.phone import Phone

pytestmark = pytest.mark.slow


def test_hana_links_her_power_companys_id_and_lets_it_go(phone: Phone) -> None:
    phone.logs_in("hana", "/links")
    expect(phone.page.get_by_role("heading", level=1, name="IDの連携")).to_be_visible()
    akari = phone.testid("link-akari-denryoku")
    expect(akari).to_contain_text("お客様番号、メールアドレスだけを受け取ります")
    akari.get_by_role("button", name="あかり電力 マイページを同意して連携する").click()
    phone.page.get_by_role("button", name="キャンセル").click()
    expect(phone.page.get_by_role("alert")).to_have_text("連携を中止しました。何も変わっていません。")

    akari.get_by_role("button", name="あかり電力 マイページを同意して連携する").click()
    phone.page.locator('button[name="persona"][value="hana"]').click()
    expect(phone.testid("links-news")).to_have_text("あかり電力 マイページと連携しました。")
    expect(akari).to_contain_text("EL-103-220417")
    phone.is_under_the_worker()
    phone.goes_offline()
    phone.page.reload()
    expect(akari).to_contain_text("EL-103-220417")
    expect(akari.get_by_role("button", name="連携をやめる")).to_be_disabled()
    phone.comes_back_online()

    akari.get_by_role("button", name="連携をやめる").click()
    expect(akari.get_by_role("alertdialog")).to_contain_text("受け取った内容はすぐに消えます")
    akari.get_by_role("button", name="連携をやめる").click()
    expect(phone.testid("links-news")).to_contain_text("連携をやめ、受け取った内容を消しました")
    expect(akari).not_to_contain_text("EL-103-220417")
    phone.city.picture(phone.page, "links")
    phone.has_no_complaints()
