"""/effect for everybody, in plain words, and the same as open data; one reading serves a while.

The page is made by the server: it is read without logging in, printed, and linked to from a ward's page, and a table of
numbers needs no app.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final, Protocol

import jinja2
from litestar import Request, Response, get
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromQuery

from bff.db import Database
from bff.effect import files, words
from bff.effect.pictures import by_month, by_table
from bff.effect.study import lines, study
from bff.effect.view import Catalogue, Everywhere, of_all

MONTHS: Final = 12
KEPT: Final = timedelta(minutes=10)
HEADERS: Final = {
    "Cache-Control": "public, max-age=600",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
CSV: Final = "text/csv"


class House(Protocol):
    @property
    def db(self) -> Database: ...
    @property
    def origin(self) -> str: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def catalogue(self) -> Catalogue: ...
    def today(self) -> date: ...
    @property
    def everywhere(self) -> Reading: ...


class Reading:
    """What everybody sees, read at most once in `KEPT` by each process."""

    def __init__(self, house: House) -> None:
        self._house, self._lock = house, asyncio.Lock()
        self._found: tuple[datetime, Everywhere] | None = None

    async def now(self) -> Everywhere:
        async with self._lock:
            now = self._house.clock()
            if self._found is None or now - self._found[0] >= KEPT:
                async with self._house.db.house() as conn:
                    found = await of_all(conn, self._house.catalogue, self._house.today(), MONTHS)
                self._found = now, found
            return self._found[1]


def effect(house: House) -> list[HTTPRouteHandler]:
    """The routes."""
    page = _template()

    @get("/effect", include_in_schema=False)
    async def shown(request: Request[Any, Any, Any], lang: FromQuery[str] = "ja") -> Response[str]:
        language = lang if lang in words.LANGUAGES else "ja"
        found = await house.everywhere.now()
        made = page.render(**_values(house.catalogue, found, language), **_addresses(house.origin))
        return Response(made, media_type=MediaType.HTML, headers={**HEADERS, "Content-Language": _tag(language)})

    @get("/open/effect.csv", include_in_schema=False)
    async def as_csv() -> Response[str]:
        found = await house.everywhere.now()
        return Response(files.open_csv(found.counts), media_type=CSV, headers=HEADERS)

    @get("/open/effect.json", include_in_schema=False)
    async def as_json() -> Response[Any]:
        found, of = await house.everywhere.now(), study()
        return Response(files.open_json(found.board, found.counts, lines(of), of.source), headers=HEADERS)

    return [shown, as_csv, as_json]


@cache
def _template() -> jinja2.Template:
    """Compiled once; a name that a template is not given is a defect."""
    loader = jinja2.PackageLoader("bff.effect")
    made = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return made.get_template("effect.html")


def _values(catalogue: Catalogue, found: Everywhere, language: str) -> Mapping[str, object]:
    def say(key: str, **values: object) -> str:
        return words.said(key, language, **values)

    board = found.board
    names = {one.id: getattr(one.name, language) for one in catalogue.bundles}
    return {
        "language": _tag(language),
        "lang": language,
        "languages": words.LANGUAGES,
        "say": say,
        "board": board,
        "told": words.Told(language),
        "tables": by_table("effect", board.rows, language),
        "months": by_month("months", board.monthly, language),
        "events": [(names[one.id], one) for one in board.events],
        "wards": [(getattr(catalogue.wards[code].name, language), one) for code, one in found.wards.items()],
    }


def _addresses(origin: str) -> Mapping[str, object]:
    page = f"{origin}/effect"
    return {
        "origin": origin,
        "addresses": {one: page if one == "ja" else f"{page}?lang={one}" for one in words.LANGUAGES},
    }


def _tag(language: str) -> str:
    return "ja" if language == "easy" else language
