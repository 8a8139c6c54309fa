"""The app on the home screen: what the browser asks of it, its icons, its shortcuts, and a start without a network."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys.city import City
from tests.journeys.phone import ARGUMENTS, CHROMIUM, Phone

pytestmark = pytest.mark.slow

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def own_profile(playwright: Playwright, city: City, tmp_path: Path) -> Iterator[Page]:
    """A page of a browser that keeps its profile: in a private window nothing can be installed."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=ARGUMENTS, base_url=city.origin, locale="ja-JP"
    )
    yield context.pages[0]
    context.close()


def test_chromium_would_install_it(own_profile: Page) -> None:
    own_profile.goto("/")
    own_profile.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    line = own_profile.context.new_cdp_session(own_profile)
    assert line.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    told = line.send("Page.getAppManifest")
    assert told["errors"] == []
    assert told["url"].endswith("/manifest.webmanifest")


def test_the_manifest_says_what_a_home_screen_needs(city: City) -> None:
    manifest = _manifest(city)
    assert manifest["name"] == manifest["short_name"] == "くらしまど"
    assert (manifest["id"], manifest["start_url"], manifest["scope"]) == ("/", "/", "/")
    assert (manifest["display"], manifest["lang"]) == ("standalone", "ja")
    share = manifest["share_target"]
    assert (share["action"], share["method"], share["enctype"]) == ("/share", "POST", "multipart/form-data")
    assert {handler["action"] for handler in manifest["file_handlers"]} == {"/shared", "/verify"}
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
    assert {icon["purpose"] for icon in manifest["icons"]} >= {"any", "maskable"}


def test_every_icon_is_there_in_the_size_it_says(city: City) -> None:
    manifest = _manifest(city)
    icons = [*manifest["icons"], *(icon for shortcut in manifest["shortcuts"] for icon in shortcut["icons"])]
    for icon in icons:
        answer = httpx.get(city.origin + icon["src"])
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert answer.content.startswith(PNG)
        width, height = struct.unpack(">II", answer.content[16:24])
        assert icon["sizes"] == f"{width}x{height}"


def test_a_shortcut_opens_its_own_screen(phone: Phone, city: City) -> None:
    phone.logs_in("fumi")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("田中 ふみ")
    shortcuts = _manifest(city)["shortcuts"]
    assert {shortcut["url"] for shortcut in shortcuts} == {"/inbox", "/applications", "/emergency", "/search"}
    for shortcut in shortcuts:
        phone.page.goto(shortcut["url"])
        expect(phone.page.get_by_role("heading", level=1).filter(has_text=shortcut["name"])).to_be_visible()
    phone.page.goto("/install")
    expect(phone.testid("this-browser")).to_have_attribute("data-browser", "desktop")


def test_it_starts_without_a_network_before_anybody_has_logged_in(phone: Phone) -> None:
    phone.page.goto("/")
    phone.is_under_the_worker()
    phone.goes_offline()
    phone.page.goto("/")
    assert phone.page.evaluate("() => navigator.serviceWorker.controller !== null")
    expect(phone.page.get_by_role("link", name="マイナンバーカードでログイン")).to_be_visible()
    expect(phone.page.get_by_text("オフラインです。ログインには通信が必要です。")).to_be_visible()
    phone.has_no_complaints()


def _manifest(city: City) -> dict[str, Any]:
    answer = httpx.get(f"{city.origin}/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest: dict[str, Any] = answer.json()
    return manifest
