"""The doors of the public pages: without a script, without a cookie, kept by whoever stands between."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from tests.public.markup import Markup
from tests.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

HTML = {"Accept": "text/html"}
ODD = ('"><script>alert(1)</script>', "</title><b>x", "{{ 7 * 7 }}{% raw %}", "' onfocus=x '", "\x00\r\nX-A: b", "%")
CLAIM = "/procedure/child_allowance_claim"


def told(page: Any) -> Markup:
    found = Markup(page.text)
    assert found.faults == []
    return found


async def test_a_page_is_for_everybody_kept_packed_and_runs_nothing(one_town: Town) -> None:
    browser = one_town.browser()
    browser.cookies.set("__Host-session", "somebody")
    page = await browser.get(CLAIM, headers={**HTML, "Accept-Encoding": "gzip"})
    assert (page.status_code, page.headers["content-encoding"]) == (200, "gzip")
    assert page.headers["cache-control"].startswith("public, max-age=")
    assert "set-cookie" not in page.headers
    assert page.headers["content-language"] == "ja"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    again = await browser.get(CLAIM, headers={**HTML, "If-None-Match": f'"other", {page.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-security-policy" not in again.headers
    plain = await browser.get(CLAIM, headers={"Accept-Encoding": "identity"})
    assert plain.text == page.text
    assert "connect-src 'self'" in page.headers["content-security-policy"], "Lighthouse asks for robots.txt from within"
    looked = await browser.head(CLAIM, headers={"Accept-Encoding": "gzip"})
    assert (looked.content, looked.headers["etag"]) == (b"", page.headers["etag"])
    assert len(gzip.compress(plain.content)) < 5_000
    style = told(page).all("link", rel="stylesheet")[0]["href"]
    sheet = await browser.get(style)
    assert sheet.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert len(sheet.content) < 12_000


async def test_a_shared_link_shows_its_picture_also_from_a_message_of_last_year(one_town: Town) -> None:
    browser = one_town.browser()
    picture = told(await browser.get(f"{CLAIM}?lang=en")).meta("og:image").removeprefix(one_town.ORIGIN)
    now = await browser.get(picture)
    assert (now.status_code, now.headers["content-type"]) == (200, "image/png")
    assert now.headers["cache-control"].endswith("immutable")
    assert now.headers["cross-origin-resource-policy"] == "cross-origin"
    old = await browser.get("/cards/child_allowance_claim.en.0123456789ab.png")
    assert (old.content, "immutable" in old.headers["cache-control"]) == (now.content, False)
    for odd in ("/cards/no_such.ja.png", "/cards/..%2fx.ja.png", "/cards/child_allowance_claim.xx.png", "/cards/x"):
        assert (await browser.get(odd)).status_code == 404
    front = await browser.get("/", headers={**HTML, "Accept-Encoding": "br"})
    assert front.headers["content-encoding"] == "br"
    assert f'property="og:image" content="{one_town.ORIGIN}/cards/site.ja.png"' in front.text
    assert (await browser.get("/cards/site.ja.png")).status_code == 200


@pytest.mark.parametrize(
    ("asked", "read"),
    [("vi-VN,vi;q=0.9,ja;q=0.5", "vi"), ("zh-TW", "zh-Hant"), ("zh", "zh-Hans"), ("fil,en", "tl"), ("xx,*;q=0", "ja")],
)
async def test_the_front_page_names_the_doors_files_in_the_visitors_language(
    one_town: Town, asked: str, read: str
) -> None:
    front = await one_town.browser().get("/", headers={**HTML, "Accept-Language": asked})
    ahead = [link["href"] for link in Markup(front.text).all("link", rel="modulepreload")]
    assert {text for text in ahead if "/text-" in text} == {
        text for text in ahead if text.startswith((f"/assets/text-{read}-first-", f"/assets/text-{read}-door-"))
    }
    assert sum("/text-" in text for text in ahead) == 2
    assert any(text.startswith("/assets/login-") for text in ahead)
    assert len(set(ahead)) == len(ahead)
    assert {(await one_town.browser().get(text)).status_code for text in ahead} == {200}
    assert "Accept-Language" in front.headers["vary"]


async def test_the_search_answers_every_question_in_words(one_town: Town) -> None:
    browser = one_town.browser()

    async def asks(question: str, **more: str) -> Markup:
        page = await browser.get("/search", params={"q": question, **more}, headers=HTML)
        assert page.status_code == 200
        return told(page)

    found = await asks("赤ちゃんが生まれた")
    (first, *_) = [one["href"] for one in found.all("a") if one["href"].startswith("/procedure/")]
    assert first == "/procedure/birth_notice"
    assert found.meta("robots") == "noindex"
    assert "見つかりませんでした" in (await asks("天気予報")).texts
    assert "「パスポート」の手続きは、ここでは扱っていません。" in (await asks("児童手当 パスポート")).texts
    assert any("1文字ではさがせません" in text for text in (await asks("ぬ")).texts)
    assert any("100文字まで" in text for text in (await asks("あ" * 101)).texts)
    assert any("100文字まで" in text for text in (await asks("あ" * 2_000)).texts)
    english = await asks("moving trash", lang="en")
    assert "/procedure/bulky_waste?lang=en" in [one["href"] for one in english.all("a")]
    assert english.all("input", name="lang", value="en")
    number = await browser.get("/search", params={"q": "手当 123456789018"}, headers=HTML)
    assert any("マイナンバー（個人番号）のような番号" in text for text in told(number).texts)
    assert "123456789018" not in number.text


async def test_what_is_asked_is_shown_as_text_and_never_as_a_part_of_the_page(one_town: Town) -> None:
    for odd in (
        '"><script>alert(1)</script>',
        "</title><b>x",
        "{{ 7 * 7 }}{% raw %}",
        "' onfocus=x '",
        "\x00\r\nX-A: b",
        "%",
    ):
        page = await one_town.browser().get("/search", params={"q": odd, "lang": '"><b>'}, headers=HTML)
        assert page.status_code == 200
        found = told(page)
        assert found.all("script") == found.all("b") == []
        assert "x-a" not in page.headers
        assert "49" not in "".join(found.texts[:3])


async def test_an_address_of_nobody_is_told_so_in_words_and_leads_on(one_town: Town) -> None:
    browser = one_town.browser()
    for path, said in (
        ("/no/such/page", "このページは見つかりません"),
        ("/procedure/no_such_thing", "この手続きは見つかりません"),
        ("/procedure/a/b", "このページは見つかりません"),
        ("/procedure", "このページは見つかりません"),
        ("/events/none?lang=en", "There is no such page"),
        ("/events/none?lang=vi", "There is no such page"),
    ):
        missing = await browser.get(path, headers=HTML)
        assert missing.status_code == 404, path
        assert missing.headers["cache-control"] == "no-store"
        assert said in told(missing).texts, path
    assert (await browser.get("/no/such/page")).headers["content-type"].startswith("application/json")


async def test_what_is_a_persons_own_is_kept_from_search_engines(one_town: Town) -> None:
    browser = one_town.browser()
    for path, is_found in (("/", True), ("/inbox", False), ("/step/child_allowance_claim%3Am-1", False)):
        page = await browser.get(path, headers=HTML)
        assert ("x-robots-tag" not in page.headers) == is_found, path
    rules = await browser.get("/robots.txt")
    assert rules.headers["content-type"].startswith("text/plain")
    crawled = await browser.get("/sitemap.xml")
    assert crawled.headers["content-type"].startswith("application/xml")


async def test_a_file_that_is_no_receipt_is_refused_in_words_on_a_page(one_town: Town) -> None:
    browser = one_town.browser()
    for files, status, said in (
        ({"receipt": ("receipt.zip", b"GIF89a")}, 422, "本物と確認できません"),
        ({"receipt": ("receipt.zip", bytes(205_000))}, 413, "本物と確認できません"),
        ({"receipt": ("", b"")}, 422, "ファイルが選ばれていません"),
        ({"other": ("x.zip", b"PK")}, 422, "ファイルが選ばれていません"),
    ):
        refused = await browser.post("/verify", files=files)
        assert (refused.status_code, refused.headers["cache-control"]) == (status, "no-store")
        assert any(said in text for text in told(refused).texts), said
    typed = await browser.post(
        "/verify?lang=en", data={"receipt": "x"}, headers={"Content-Type": "multipart/form-data"}
    )
    assert typed.status_code == 422
    assert "No file was chosen. Please choose the receipt (a zip file)." in told(typed).texts
    elsewhere = await browser.post(
        "/verify", files={"receipt": ("a.zip", b"PK")}, headers={"Origin": "https://evil.test"}
    )
    assert elsewhere.status_code == 403
