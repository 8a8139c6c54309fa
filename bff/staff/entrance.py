"""/staff: the way in for who is not signed in, the ward's broadcasts for who is."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromQuery

from bff.staff.choices import names_of
from bff.staff.figures import with_figures
from bff.staff.house import House
from bff.staff.pages import Pages
from bff.staff.second import waiting_for
from bff.staff.visit import NotHere, SecondFactorNeeded, Visit, allowed, at_work
from bff.staff.words import knows, word
from notifications import broadcasts as mail

ON_A_PAGE = 20


def desk(house: House, pages: Pages) -> HTTPRouteHandler:
    """The one route that answers without a session too."""

    @get("/", act="broadcasts_read")
    async def open_desk(
        request: Request[Any, Any, Any], to: FromQuery[str] = "", login: FromQuery[str] = "", after: FromQuery[str] = ""
    ) -> Response[str]:
        found = await at_work(house, request)
        if found is None:
            return _sign_in(house, pages, to, login)
        if house.asks_passkey and found.rose_at is None:
            raise SecondFactorNeeded(None)
        visit = Visit(house, pages, found, house.clock())
        await allowed(visit, request)
        return await _list(visit, after)

    return open_desk


def _sign_in(house: House, pages: Pages, to: str, login: str) -> Response[str]:
    """`to` is followed only inside /staff; an unknown `login` says that it failed. Where wards have providers of their
    own, the official chooses the ward first."""
    inside = to if re.fullmatch(r"/staff(/[A-Za-z0-9/-]*)?", to) else "/staff"
    said = word("login", login if knows("login", login) else "failed") if login else ""
    chosen = house.catalogue.wards.values() if house.staff_realms.table else ()
    wards = [(ward.code, ward.name.ja) for ward in chosen]
    start = "/staff/login/start?" + urlencode({"to": inside})
    return pages.show("sign_in.html", start=start, to=inside, said=said, wards=wards)


async def _list(visit: Visit, after: str) -> Response[str]:
    try:
        since = UUID(after) if after else None
    except ValueError as error:
        raise NotHere from error
    async with visit.door() as conn:
        found = await mail.of_ward(conn, visit.official.ward, first=ON_A_PAGE + 1, after=since)
        names = await names_of(conn, visit)
        rows = [await with_figures(conn, visit, broadcast, names) for broadcast in found[:ON_A_PAGE]]
        waits = await waiting_for(visit, conn)
    older = found[ON_A_PAGE - 1].id if len(found) > ON_A_PAGE else None
    return visit.show("list.html", rows=rows, older=older, is_first=since is None, waits=waits)
