"""The routes of the public pages: one address for a browser without a script, a crawler, and whoever shares a link.

Every answer is the same for everybody, so it is kept by browsers and by what stands between; no cookie is read or set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, Protocol

from litestar import HttpMethod, Request, Response, route
from litestar.enums import MediaType
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bff.guards import policy
from bff.public import pages, sitemap, standing
from bff.public.book import Language, ends, language_of
from bff.public.library import Library, Made
from bff.public.nowhere import ended, missing
from bff.settings import Settings

FOR_A_WHILE: Final = "public, max-age=600, stale-while-revalidate=86400"
FOREVER: Final = "public, max-age=31536000, immutable"
AT_ONCE: Final = "public, max-age=10"
READ: Final = [HttpMethod.GET, HttpMethod.HEAD]
PLAIN: Final[Mapping[str, Callable[[Library, Language], Made]]] = {
    "/events": pages.events,
    "/verify": pages.verify,
    "/accessibility": pages.accessibility,
}
FOR_EVERYBODY: Final = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
PNG: Final = "image/png"
CARD: Final = re.compile(r"(?P<name>[a-z0-9_-]+)\.(?P<language>ja|easy|en)(\.(?P<edition>[0-9a-f]{12}))?\.png")
"""A card of a former edition is the one of today: a message that was sent long ago still shows its picture."""

Asked = Request[Any, Any, Any]


class House(standing.House, Protocol):
    @property
    def library(self) -> Library: ...
    @property
    def settings(self) -> Settings: ...
    def today(self) -> date: ...


def public_pages(house: House) -> list[HTTPRouteHandler]:
    """The routes."""

    @route("/procedure/{id:str}", http_method=READ, include_in_schema=False)
    async def procedure(request: Asked, id: FromPath[str]) -> Response[bytes]:
        library, language = house.library, _language(request)
        service = library.book.services.get(id)
        if service is None:
            return answer(request, missing(library, language, "procedure.gone"), 404)
        if (last := ends(service, house.today())) is not None:
            return answer(request, ended(library, language, service, last), 410)
        made = library.page(f"/procedure/{id}", language, lambda: pages.procedure(library, language, service))
        return answer(request, made)

    @route("/events/{id:str}", http_method=READ, include_in_schema=False)
    async def event(request: Asked, id: FromPath[str]) -> Response[bytes]:
        library, language = house.library, _language(request)
        one = library.book.events.get(id)
        if one is None:
            return answer(request, missing(library, language, "missing_title"), 404)
        return answer(request, library.page(f"/events/{id}", language, lambda: pages.event(library, language, one)))

    @route("/search", http_method=READ, include_in_schema=False)
    async def search(request: Asked) -> Response[bytes]:
        asked = request.query_params.get("q", "").strip()
        return answer(request, pages.search(house.library, _language(request), asked))

    @route("/cards/{file:str}", http_method=READ, include_in_schema=False)
    async def card(request: Asked, file: FromPath[str]) -> Response[bytes]:
        found = CARD.fullmatch(file)
        drawn = await house.library.card(found["name"], language_of(found["language"])) if found else None
        if found is None or drawn is None:
            raise NotFoundException
        is_this = found["edition"] == house.library.book.edition
        headers = {"Cache-Control": FOREVER if is_this else FOR_A_WHILE, **FOR_EVERYBODY}
        body = b"" if request.method == HttpMethod.HEAD else drawn
        return Response(body, media_type=PNG, headers={**headers, "Content-Length": str(len(drawn))})

    @route("/status", http_method=READ, include_in_schema=False)
    async def status(request: Asked) -> Response[bytes]:
        now = await standing.status(house)
        wards = {code: ward.name for code, ward in house.catalogue.wards.items()}
        return answer(request, pages.status(house.library, _language(request), now, wards), cache=AT_ONCE)

    return [procedure, event, search, status, card, *_plain(house), *_for_machines(house)]


def verified(house: House) -> Callable[[Asked, Mapping[str, Any] | None, int], Response[bytes]]:
    """What is told of a receipt that a form brought: for `bff.verify`, which tries it. None: no file came along."""

    def told(request: Asked, found: Mapping[str, Any] | None, status: int) -> Response[bytes]:
        page = pages.verify(house.library, _language(request), found, was_asked=True)
        return answer(request, page, status, cache="no-store")

    return told


def _plain(house: House) -> list[HTTPRouteHandler]:
    """Pages with an address each and nothing to choose."""

    @route([*PLAIN], http_method=READ, include_in_schema=False)
    async def plain(request: Asked) -> Response[bytes]:
        path, language = request.url.path.rstrip("/"), _language(request)
        make = PLAIN[path]
        return answer(request, house.library.page(path, language, lambda: make(house.library, language)))

    return [plain]


def _for_machines(house: House) -> list[HTTPRouteHandler]:
    @route("/robots.txt", http_method=READ, include_in_schema=False)
    async def robots(request: Asked) -> Response[str]:
        return _text(request, sitemap.robots(house.library.origin), MediaType.TEXT)

    @route("/sitemap.xml", http_method=READ, include_in_schema=False)
    async def site_map(request: Asked) -> Response[str]:
        return _text(request, sitemap.sitemap(house.library, house.today()), "application/xml")

    @route("/.well-known/security.txt", http_method=READ, include_in_schema=False)
    async def security(request: Asked) -> Response[str]:
        """RFC 9116."""
        contact = house.settings.security.contact
        if not contact:
            raise NotFoundException
        return _text(request, sitemap.security(house.library.origin, contact, house.today()), MediaType.TEXT)

    return [robots, site_map, security]


def answer(request: Asked, made: Made, status: int = 200, cache: str = FOR_A_WHILE) -> Response[bytes]:
    """As it was made, packed where that is understood; "not modified" to whoever has it already."""
    headers = {"Cache-Control": cache if status < 400 else "no-store", "ETag": made.etag, "Vary": "Accept-Encoding"}  # noqa: PLR2004
    known = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and request.method in READ and made.etag in known:  # noqa: PLR2004
        return Response(b"", status_code=304, headers=headers)
    headers |= {"Content-Language": made.language, "Content-Security-Policy": policy.PLAIN}
    body = made.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = made.zipped, "gzip"
    if request.method == HttpMethod.HEAD:
        body, headers["Content-Length"] = b"", str(len(body))
    return Response(body, status_code=status, media_type=MediaType.HTML, headers=headers)


def _text(request: Asked, text: str, media_type: str) -> Response[str]:
    body = "" if request.method == HttpMethod.HEAD else text
    return Response(body, media_type=media_type, headers={"Cache-Control": "public, max-age=3600"})


def _language(request: Asked) -> Language:
    return language_of(request.query_params.get("lang"))
