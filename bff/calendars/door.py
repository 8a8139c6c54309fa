"""/calendar/<secret>.ics for whoever holds the address; /calendar-item for one date of who is signed in."""

from __future__ import annotations

from typing import Any, Final, Protocol

from litestar import HttpMethod, Request, Response, get, route
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.bookings.house import House as BookingsHouse
from bff.calendars import feeds
from bff.calendars.dates import entries
from bff.calendars.file import etag_of, file_of
from bff.errors import StepUpNeeded
from bff.identity.assurance import held
from bff.identity.residents import Resident, resident_of
from bff.identity.sessions import Visitor
from bff.limits import Limits

SESSION: Final = "__Host-session"
ENDING: Final = ".ics"
LONGEST: Final = 100
HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
MEDIA: Final = "text/calendar"
NOT_MODIFIED: Final = 304


class House(BookingsHouse, Protocol):
    @property
    def limits(self) -> Limits: ...
    async def who(self, token: str) -> Visitor | None: ...


def calendars(house: House) -> list[HTTPRouteHandler]:
    """The routes."""

    @route("/calendar/{address:str}", http_method=[HttpMethod.GET, HttpMethod.HEAD], include_in_schema=False)
    async def feed(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
        """An address that is none, no more one, or whose account is gone: all the same. Calendars ask by HEAD too."""
        client = request.client
        where = house.limits.address(request.headers, client and client.host)
        await house.limits.take("calendar", account=feeds.hashed(address), address=where)
        secret = address.removesuffix(ENDING)
        if not address.endswith(ENDING) or len(address) > LONGEST:
            raise NotFoundException
        async with house.db.house() as conn:
            found = await feeds.known_by(conn, secret, house.clock())
            me = await resident_of(conn, found.resident, house.keys) if found else None
        if found is None or me is None:
            raise NotFoundException
        dates = await entries(house, me, found.about)
        made = file_of(
            dates, origin=house.origin, language=me.language, full_words=found.full_words, made_at=found.made_at
        )
        etag = etag_of(made)
        if request.headers.get("if-none-match") == etag:
            return Response(b"", status_code=NOT_MODIFIED, headers={**HEADERS, "ETag": etag})
        headers = {**HEADERS, "ETag": etag, "Content-Length": str(len(made))}
        return Response(b"" if request.method == HttpMethod.HEAD else made, media_type=MEDIA, headers=headers)

    @get("/calendar-item", include_in_schema=False)
    async def item(request: Request[Any, Any, Any], key: FromQuery[str] = "") -> Response[Any]:
        """One date for her own calendar, with its true name: she asks for it herself."""
        me = await _who(house, request)
        if me is None:
            return Redirect("/", status_code=303)
        chosen = [one for one in await entries(house, me) if one.key == key]
        if not chosen:
            raise NotFoundException
        made = file_of(chosen, origin=house.origin, language=me.language, full_words=True, made_at=house.clock())
        named = {**HEADERS, "Content-Disposition": 'attachment; filename="kurashimado.ics"'}
        return Response(made, media_type=MEDIA, headers=named)

    return [feed, item]


async def _who(house: House, request: Request[Any, Any, Any]) -> Resident | None:
    token = request.cookies.get(SESSION)
    visitor = await house.who(token) if token else None
    if visitor is None or visitor.is_locked:
        return None
    try:
        held(visitor.assurance, "see_own", house.clock())
    except StepUpNeeded:
        return None
    return visitor.resident
