"""GET /open/bookings/131032.json: what can be booked in a ward and where, for everybody; free times are asked when she
is there to take one."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec
from litestar import Response, get
from litestar.enums import MediaType
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bff.bookings import store
from bff.bookings.booking import Offer
from bff.db import Database
from bff.facilities.door import HEADERS
from life_events import Catalogue


class House(Protocol):
    @property
    def db(self) -> Database: ...
    @property
    def catalogue(self) -> Catalogue: ...


def offer_files(house: House) -> list[HTTPRouteHandler]:
    """The route."""

    @get("/open/bookings/{file:str}", include_in_schema=False)
    async def file_of_ward(file: FromPath[str]) -> Response[bytes]:
        ward = file.removesuffix(".json")
        if ward not in house.catalogue.wards or not file.endswith(".json"):
            raise NotFoundException
        async with house.db.ward(ward) as conn:
            told = await store.offers(conn, ward)
        body = msgspec.json.encode({"ward": ward, "offers": [_offer(one) for one in told]})
        return Response(body, media_type=MediaType.JSON, headers=HEADERS)

    return [file_of_ward]


def _offer(one: Offer) -> dict[str, Any]:
    return {
        "id": one.id,
        "facility": one.facility,
        "facilityName": one.facility_name,
        "kind": one.kind,
        "title": one.title,
        "procedures": one.procedures,
        "about": one.about,
        "elsewhere": one.elsewhere,
    }
