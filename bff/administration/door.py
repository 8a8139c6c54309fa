"""GET /open/now.json: what wards say otherwise at this moment, and the banners that are up; for everybody, as one file.

The app keeps it for when there is no network; it tells of nobody.
"""

from __future__ import annotations

from typing import Any, Final, Protocol

from litestar import Request, Response, get
from litestar.enums import MediaType, ScopeType
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send

from bff.administration.shelf import Shelf

HEADERS: Final = {
    "Cache-Control": "public, max-age=10",
    "Vary": "Accept-Encoding",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
ALIVE: Final = frozenset({"/healthz", "/readyz", "/metrics"})
"""Answered without a look at the database but their own."""


class House(Protocol):
    @property
    def shelf(self) -> Shelf: ...


def now_file(house: House) -> HTTPRouteHandler:
    @get("/open/now.json", include_in_schema=False)
    async def now(request: Request[Any, Any, Any]) -> Response[bytes]:
        edition = house.shelf.edition
        headers = {**HEADERS, "ETag": edition.tag}
        if request.headers.get("if-none-match", "").removeprefix("W/") == edition.tag:
            return Response(b"", status_code=304, headers=headers)
        body = edition.file
        if "gzip" in request.headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = edition.zipped, "gzip"
        return Response(body, media_type=MediaType.JSON, headers=headers)

    return now


def kept_up(shelf: Shelf, app: ASGIApp) -> ASGIApp:
    """`app`, every answer of which is given by what is published by then."""

    async def current(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["path"] not in ALIVE:
            await shelf.keep_up()
        await app(scope, receive, send)

    return current
