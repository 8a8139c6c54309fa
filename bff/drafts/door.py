"""POST /drafts/carried keeps the sealed bytes of a draft for minutes; POST /drafts/carried/taken gives them, once.

The header `X-Draft-Name` says which: 64 hex digits that both phones make of the code, and that do not tell it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

import structlog
from litestar import Request, Response, post
from litestar.exceptions import ClientException
from litestar.handlers import HTTPRouteHandler

from bff.db import Database
from bff.drafts import store
from bff.errors import NotFound, Refusal, SignInNeeded
from bff.identity.residents import Resident
from bff.identity.sessions import Visitor
from bff.limits import Limits
from bff.texts import on_the_wire, say

SESSION = "__Host-session"
NAME = "X-Draft-Name"
MOST_BYTES = 8 * 1024 * 1024
_TOO_LARGE = 413
_NAME = re.compile(r"[0-9a-f]{64}")
log = structlog.get_logger()
Answered = Response[Any]


class House(Protocol):
    """What this door needs of the house."""

    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def limits(self) -> Limits: ...
    async def who(self, token: str) -> Visitor | None: ...


class TooLarge(Refusal):
    """More than one may carry over."""


_STATUS: dict[type[Refusal], int] = {SignInNeeded: 401, NotFound: 404, TooLarge: 413}


def carrying(house: House) -> list[HTTPRouteHandler]:
    """The routes."""

    async def someone(request: Request[Any, Any, Any]) -> Resident:
        visitor = await house.who(request.cookies.get(SESSION, ""))
        if visitor is None or visitor.is_locked:
            raise SignInNeeded(say("sign_in_needed"))
        address = house.limits.address(request.headers, request.client and request.client.host)
        await house.limits.take("carry", account=visitor.resident.id, address=address)
        return visitor.resident

    @post("/drafts/carried", status_code=201, request_max_body_size=MOST_BYTES, include_in_schema=False)
    async def keep(request: Request[Any, Any, Any]) -> Answered:
        try:
            me, name, sealed = await someone(request), _name(request), await _body(request)
            async with house.db.resident(me.id) as conn:
                until = await store.keep(conn, me.id, name, sealed, house.clock())
        except (SignInNeeded, NotFound, TooLarge) as refusal:
            return _told(refusal)
        return Response({"keptUntil": until.isoformat()}, status_code=201)

    @post("/drafts/carried/taken", status_code=200, include_in_schema=False)
    async def taken(request: Request[Any, Any, Any]) -> Answered:
        try:
            me = await someone(request)
            async with house.db.resident(me.id) as conn:
                sealed = await store.take(conn, me.id, _name(request), house.clock())
        except (SignInNeeded, NotFound) as refusal:
            return _told(refusal)
        return Response(sealed, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})

    return [keep, taken]


def _name(request: Request[Any, Any, Any]) -> bytes:
    said = request.headers.get(NAME, "")
    if not _NAME.fullmatch(said):
        raise NotFound(say("carried_gone"))
    return bytes.fromhex(said)


async def _body(request: Request[Any, Any, Any]) -> bytes:
    try:
        return await request.body()
    except ClientException as wrong:
        if wrong.status_code != _TOO_LARGE:
            raise
        raise TooLarge(say("carried_too_large")) from wrong


def _told(refusal: Refusal) -> Answered:
    log.info("a draft was not carried", why=type(refusal).__name__)
    message = on_the_wire(refusal.message)
    return Response({"message": message}, status_code=_STATUS[type(refusal)])
