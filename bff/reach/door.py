"""/reach/confirm/… and /reach/stop/…: the links in letters. What they do is done by POST alone, since mail programs and
their guards open every link they see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, Final, Protocol

import jinja2
from litestar import Request, Response, get, post
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bff.db import Database
from bff.guards.gate import OPEN
from bff.limits import Limits
from bff.reach import addresses
from bff.reach.links import Links
from bff.reach.words import say

LARGEST: Final = 1024
HEADERS: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


class House(Protocol):
    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def limits(self) -> Limits: ...
    @property
    def reach_links(self) -> Links: ...


def reach(house: House) -> list[HTTPRouteHandler]:
    """The routes. The link alone says whose address it is: no session is looked at, and none is needed."""

    async def counted(request: Request[Any, Any, Any]) -> None:
        client = request.client
        await house.limits.take("mail_link", address=house.limits.address(request.headers, client and client.host))

    @get("/reach/confirm/{token:str}", include_in_schema=False)
    async def before_confirming(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[str]:
        await counted(request)
        known = house.reach_links.opened("confirm", token)
        return _page("confirm", "page_confirm_text", button=True) if known else _over("confirm")

    @post(
        "/reach/confirm/{token:str}", include_in_schema=False, opt=OPEN, status_code=200, request_max_body_size=LARGEST
    )
    async def confirm(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[str]:
        await counted(request)
        id = house.reach_links.opened("confirm", token)
        async with house.db.house() as conn:
            done = id is not None and await addresses.confirm(conn, id, house.clock())
        return _page("confirm", "page_confirmed") if done else _over("confirm")

    @get("/reach/stop/{token:str}", include_in_schema=False)
    async def before_stopping(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[str]:
        await counted(request)
        known = house.reach_links.opened("stop", token)
        return _page("stop", "page_stop_text", button=True) if known else _over("stop")

    @post("/reach/stop/{token:str}", include_in_schema=False, opt=OPEN, status_code=200, request_max_body_size=LARGEST)
    async def stop(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[str]:
        """Also what a mail program sends by itself, without cookies or origin: `List-Unsubscribe=One-Click`."""
        await counted(request)
        id = house.reach_links.opened("stop", token)
        async with house.db.house() as conn:
            done = id is not None and await addresses.stop(conn, id, house.clock())
        return _page("stop", "page_stopped") if done else _over("stop")

    return [before_confirming, confirm, before_stopping, stop]


def _over(what: str) -> Response[str]:
    return _page(what, "page_over", status=404)


def _page(what: str, said: str, *, button: bool = False, status: int = 200) -> Response[str]:
    page = _template().render(
        title=say(f"page_{what}_title"),
        said=say(said),
        button=say(f"page_{what}_button") if button else None,
        home=say("page_home"),
    )
    return Response(page, status_code=status, media_type=MediaType.HTML, headers=HEADERS)


@cache
def _template() -> jinja2.Template:
    rooms = jinja2.PackageLoader("bff.reach")
    return jinja2.Environment(loader=rooms, autoescape=True, undefined=jinja2.StrictUndefined).get_template("link.html")
