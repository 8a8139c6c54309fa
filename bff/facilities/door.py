"""GET /open/facilities/131032.json: what a ward has published, for everybody and every site, as one file."""

from __future__ import annotations

import gzip
from typing import Any, Final, Protocol

from litestar import Request, Response, get
from litestar.enums import MediaType
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bff.db import Database
from bff.facilities import packing, store
from bff.facilities.places import places

HEADERS: Final = {
    "Cache-Control": "public, max-age=60",
    "Vary": "Accept-Encoding",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


Packed = dict[str, tuple[str, bytes, bytes]]
"""By ward: of which state of what is published, the file, and the file in gzip."""


class House(Protocol):
    @property
    def db(self) -> Database: ...
    @property
    def packed_places(self) -> Packed: ...


def facility_files(house: House) -> list[HTTPRouteHandler]:
    """The route; each ward's file is packed once for each state of what is published."""

    @get("/open/facilities/{file:str}", include_in_schema=False)
    async def file_of_ward(request: Request[Any, Any, Any], file: FromPath[str]) -> Response[bytes]:
        ward = file.removesuffix(".json")
        if ward not in places() or not file.endswith(".json"):
            raise NotFoundException
        etag, body, zipped = await _current(house, ward, house.packed_places)
        headers = {**HEADERS, "ETag": f'"{etag}"'}
        if request.headers.get("if-none-match", "").removeprefix("W/") == f'"{etag}"':
            return Response(b"", status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = zipped, "gzip"
        return Response(body, media_type=MediaType.JSON, headers=headers)

    return [file_of_ward]


async def _current(house: House, ward: str, kept: Packed) -> tuple[str, bytes, bytes]:
    async with house.db.ward(ward) as conn:
        versions = await store.published(conn, ward)
        mark = packing.mark(versions)
        if ward not in kept or kept[ward][0] != mark:
            told = [(version, await store.some_of(conn, version.id)) for version in versions]
            body = packing.packed(ward, told)
            kept[ward] = (mark, body, gzip.compress(body, 6))
    return kept[ward]
