"""Every page that anybody may read, in each of its languages: whole, linked, and with a card for whoever shares it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from litestar import Litestar
from PIL import Image

from bff.public import Library, cards, pages, public_pages, sitemap
from bff.public.book import LANGUAGES, Book, Language
from bff.public.library import Made
from bff.public.statement import statement
from tests.public.markup import Markup

DIST = Path("pwa/dist")
ORIGIN = "https://kurashimado.test"
TODAY = date(2026, 11, 27)
BESIDE = {"/", "/facilities", "/open/"}
"""What the pages lead to that is not theirs: the app, and the open data."""


@cache
def library() -> Library:
    return Library(DIST, ORIGIN)


def all_pages(book: Book) -> list[tuple[str, Callable[[Library, Language], Made]]]:
    def of(make: Callable[..., Made], one: Any) -> Callable[[Library, Language], Made]:
        return lambda library, language: make(library, language, one)

    return [
        *((f"/procedure/{id}", of(pages.procedure, one)) for id, one in book.services.items()),
        *((f"/events/{id}", of(pages.event, one)) for id, one in book.events.items()),
        ("/events", pages.events),
        ("/verify", pages.verify),
        ("/accessibility", pages.accessibility),
        ("/search", of(pages.search, "")),
    ]


def at(path: str, language: str) -> str:
    return ORIGIN + path + ("" if language == "ja" else f"?lang={language}")


def faults_of(page: Markup, path: str, language: str, known: set[str]) -> list[str]:
    """What is wrong with the page, with what stands in its head, and with where it leads."""
    (html,), (canonical,) = page.all("html"), page.all("link", rel="canonical")
    (title,) = [text for text in page.texts if text.endswith(("｜くらしまど", "｜Kurashimado"))]
    others = {one["hreflang"]: one["href"] for one in page.all("link", rel="alternate")}
    links = {urlsplit(one["href"]).path for one in page.all("a") if one["href"].startswith("/")}
    kinds = {str(one["@type"]) for one in page.data}
    said, card = page.meta("description"), page.meta("og:image")
    checks = {
        "language": html["lang"] == ("en" if language == "en" else "ja"),
        "canonical": canonical["href"] == page.meta("og:url") == at(path, language),
        "other languages": others
        == {"ja": at(path, "ja"), "ja-simple": at(path, "easy"), "en": at(path, "en"), "x-default": at(path, "ja")},
        "title": 0 < len(title) <= 60,
        "description": 10 < len(said) <= 200 and said == page.meta("og:description"),
        "card": page.meta("twitter:card") == "summary_large_image" and card.startswith(f"{ORIGIN}/cards/"),
        "data": "WebPage" in kinds and all(one["@context"] == "https://schema.org" for one in page.data),
        "nothing runs": all(one.get("type") == "application/ld+json" for one in page.all("script")),
        "no handler": not any(name.startswith("on") or name == "style" for _, given in page.tags for name in given),
        "leads nowhere": links <= known,
    }
    return [*page.faults, *(f"{what}: {sorted(links - known)}" for what, is_so in checks.items() if not is_so)]


def test_every_page_in_each_language_is_whole_linked_and_has_its_card() -> None:
    made = all_pages(library().book)
    known = {path for path, _ in made} | BESIDE | {"/effect", "/status"}
    faults, told = {}, {}
    for path, make in made:
        for language in LANGUAGES:
            page = Markup(make(library(), language).body.decode())
            told[path, language] = page
            if wrong := faults_of(page, path, language, known):
                faults[path, language] = wrong
    assert faults == {}
    assert len(told) == 3 * (len(library().book.services) + len(library().book.events) + 4)
    claim = told["/procedure/child_allowance_claim", "ja"]
    (service,) = [one for one in claim.data if one["@type"] == "GovernmentService"]
    assert (service["name"], service["offers"]["price"]) == ("児童手当の請求", "0")
    assert "15日" in claim.meta("description")
    (gas,) = [one for one in told["/procedure/gas_move", "en"].data if one["@type"] == "Service"]
    assert gas["provider"]["@type"] == "Organization"


def test_an_english_page_says_nothing_in_japanese_but_the_law_and_where_it_was_read() -> None:
    book = library().book
    mixed = [
        (id, text)
        for id, one in book.services.items()
        for text in Markup(pages.procedure(library(), "en", one).body.decode()).texts
        if any("ぁ" <= letter <= "ん" for letter in text)
        and text not in (one.get("hasLegalResource"), "日本語", "やさしい日本語")
        and text not in {source["publisher"] for source in book.references.values()}
    ]
    assert mixed == []


def test_the_map_for_crawlers_names_the_public_pages_in_three_languages_and_nothing_private() -> None:
    told = sitemap.sitemap(library(), TODAY)
    assert told.count("<url>") == 3 * len(sitemap.paths(library(), TODAY)) + 2
    assert f"<lastmod>{library().book.as_of}</lastmod>" in told
    rules = sitemap.robots(ORIGIN)
    assert rules.endswith(f"Sitemap: {ORIGIN}/sitemap.xml\n")
    for private in ("staff", "graphql", "login", "inbox", "settings", "applications", "documents", "calendar"):
        assert f"/{private}" not in told + rules, private


class YearsLater:
    """A house whose catalogue holds a procedure that is over."""

    def __init__(self, assets: Path) -> None:
        self.library = Library(assets, ORIGIN)

    def today(self) -> date:
        return TODAY


async def test_a_procedure_that_is_over_says_so_and_is_no_longer_listed(tmp_path: Path) -> None:
    for name in ("open/bundles.json", "open/search.json", "public/words.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to((DIST / name).resolve())
    (tmp_path / "assets").symlink_to((DIST / "assets").resolve())
    catalogue = json.loads((DIST / "open" / "catalogue.json").read_text("utf-8"))
    over, last = catalogue["publicServices"][:2]
    over["validUntil"], last["validUntil"] = "2026-11-26", "2026-11-27"
    (tmp_path / "open" / "catalogue.json").write_text(json.dumps(catalogue))
    house = YearsLater(tmp_path)
    door = httpx.ASGITransport(Litestar(public_pages(house), openapi_config=None))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=door, base_url=ORIGIN) as browser:
        gone = await browser.get(f"/procedure/{over['identifier']}")
        assert (gone.status_code, (await browser.get(f"/procedure/{last['identifier']}")).status_code) == (410, 200)
    assert "令和8年（2026年）11月26日（木曜日）で終わりました" in gone.text
    assert Markup(gone.text).faults == []
    assert f"/procedure/{over['identifier']}<" not in sitemap.sitemap(house.library, TODAY)


async def test_a_card_has_the_size_that_is_promised_and_says_the_name_in_large() -> None:
    for name, language in (("child_allowance_claim", "ja"), ("event-care", "en"), ("site", "easy")):
        drawn = await library().card(name, language)  # type: ignore[arg-type]
        assert drawn is not None
        picture = Image.open(BytesIO(drawn))
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        assert len(drawn) < 60_000
        assert picture.convert("L").crop((80, 170, 500, 260)).getextrema() == (26, 255)
    assert await library().card("no_such_thing", "ja") is None


def test_no_card_breaks_a_word_in_katakana() -> None:
    """Each sentence of the catalogue that a card shows, in the pieces that may begin a line."""
    shown = [one["name"]["ja"] for one in library().book.services.values()]
    periods = (one["applicationPeriod"]["ja"] for one in library().book.services.values() if "applicationPeriod" in one)
    for sentence in (*shown, *periods):
        whole = re.findall(r"[ァ-ヺー]{2,}", sentence)
        assert [word for part in cards.letters(sentence) for word in re.findall(r"[ァ-ヺー]{2,}", part)] == whole


def test_the_statement_claims_no_more_than_was_tested() -> None:
    told = statement()
    assert len(told.criterion) == 38
    assert sorted(one.level for one in told.criterion).count("AA") == 13
    if told.degree == "conforms":
        assert set(told.counts) <= {"met", "none_here"}
    assert [where for one in told.method if not Path(where := one.where).is_file()] == []
    failing = {number for one in told.failing for number in one.criteria}
    assert {one.number for one in told.criterion if one.state == "fails"} == failing
