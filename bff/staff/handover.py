"""/staff/handover: a counter reads a resident's hand-over sheet, without a network once the page has been opened.

The page is the same for everybody and holds nobody's data, so it asks for no login; what it needs is fetched once and
kept by a worker of its own, whose scope is this page alone. See ADR 0010.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler

from bff.staff.house import House
from bff.staff.pages import Pages
from bff.staff.visit import EVERYBODY

WORKER = "staff-handover-worker.js"
ASK_AGAIN = {"Cache-Control": "no-cache"}


def counter(house: House, pages: Pages) -> list[HTTPRouteHandler]:
    """The page, the words it needs and its worker."""

    @get("/handover", act=EVERYBODY)
    async def page() -> Response[str]:
        return pages.show("handover.html")

    @get("/handover/words.json", act=EVERYBODY)
    async def words() -> Response[Mapping[str, Any]]:
        """Names of wards by code, and of what a move changes by the sheet's codes."""
        wards = {code: ward.name.ja for code, ward in house.catalogue.wards.items()}
        items = {ripple.code: ripple.name.ja for ripple in house.catalogue.ripples}
        return Response({"wards": wards, "items": items}, headers=ASK_AGAIN)

    @get("/handover-worker.js", act=EVERYBODY)
    async def worker() -> Response[bytes]:
        """Served from here and not from /assets, since a worker reaches no further than the folder it lies in."""
        built = house.assets / WORKER
        if not built.is_file():
            raise NotFoundException
        return Response(built.read_bytes(), media_type="text/javascript", headers=ASK_AGAIN)

    return [page, words, worker]


def keys(house: House) -> HTTPRouteHandler:
    """The public keys, for our page and for any other reader a ward may have."""

    @get("/.well-known/handover-jwks.json", include_in_schema=False)
    async def published() -> Response[Mapping[str, Any]]:
        return Response(house.handover_jwks, headers=ASK_AGAIN)

    return published
