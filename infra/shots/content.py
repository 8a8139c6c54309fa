"""What the persona does before some screens can be pictured, as a person does: a demo city begins with nothing sent."""

from __future__ import annotations

from playwright.sync_api import Page

FORM = "/apply/child_allowance_change:m-1004"


def files_a_form(page: Page) -> None:
    """The child allowance form, filled in and sent; once a city."""
    page.evaluate("() => localStorage.setItem('language', 'ja')")
    page.goto("/applications")
    page.wait_for_selector("main h1")
    page.wait_for_timeout(1_000)
    if page.locator('main a[href^="/applications/"]').count():
        return
    page.goto(f"{FORM}?write")
    check = page.get_by_role("button", name="入力内容を確認する")
    check.wait_for()
    known = page.get_by_test_id("known-claimant_phone")
    if known.count():
        known.get_by_role("button").click()
    page.get_by_role("textbox", name="日中つながる電話番号").fill("090-1234-5678")
    for group, answer in (("お子さんと同居していますか", "はい"), ("22歳の年度末までの", "いいえ")):
        page.get_by_role("group", name=group).get_by_label(answer, exact=True).check()
    page.get_by_role("checkbox", name="記載内容は事実と相違なく").check()
    check.click()
    page.get_by_role("button", name="送信する").click()
    page.wait_for_url("**/applications/*")
    page.get_by_test_id("receipt-number").wait_for()


ACTS = {"files a form": files_a_form}
