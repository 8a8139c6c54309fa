"""The counter's page: the same for everybody, nobody's data on it, and everything on hand that reading needs."""

from __future__ import annotations

import re

from life_events import load_catalogue
from tests.staff.desk import Desk
from tests.town import Town


async def test_the_page_asks_for_no_login_and_shows_nobody(desk: Desk) -> None:
    async with desk.browser() as browser:
        page = await browser.get("/staff/handover")
    assert page.status_code == 200
    assert "引っ越しシートの読み取り" in page.text
    assert "/assets/staff-handover.js" in page.text


async def test_the_words_name_every_ward_and_every_thing_a_sheet_may_say(desk: Desk) -> None:
    async with desk.browser() as browser:
        words = (await browser.get("/staff/handover/words.json")).json()
    catalogue = load_catalogue()
    assert set(words["wards"]) == set(catalogue.wards)
    assert words["wards"]["131121"] == "世田谷区"
    assert set(words["items"]) == {ripple.code for ripple in catalogue.ripples}
    assert words["items"]["CA"] == "児童手当"
    assert all(len(code) == 2 for code in words["items"])


async def test_of_officials_pages_only_the_counters_may_use_a_camera(town: Town) -> None:
    browser = town.browser()
    counter = await browser.get("/staff/handover")
    assert "camera=(self)" in counter.headers["permissions-policy"]
    for path in ("/staff", "/open", "/staff/handover/words.json"):
        assert "camera=()" in (await browser.get(path)).headers["permissions-policy"], path
    app = (await browser.get("/payments", headers={"Accept": "text/html"})).headers["permissions-policy"]
    assert "camera=(self)" in app, "the residents' app reads the code of a slip"
    assert app.count("camera=") == 1


async def test_the_published_keys_have_no_private_half(town: Town) -> None:
    (key,) = (await town.browser().get("/.well-known/handover-jwks.json")).json()["keys"]
    assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("EC", "P-256", "ES256", "sig")
    assert "d" not in key


async def test_the_page_needs_no_file_that_its_worker_does_not_keep(town: Town) -> None:
    """A module shared with the app would be built into a file of its own, and be missing without a network."""
    built = town.house.assets / "assets" / "staff-handover.js"
    assert not re.search(r"""(from|import)\s*\(?["']""", built.read_text("utf-8"))
