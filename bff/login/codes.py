"""POST /login/code: a resident without a card comes in by the code that her ward's desk gave her."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from bff.accounts.redeeming import redeem
from bff.errors import AccountClosed, TooManyTries
from bff.identity import attempts, residents
from bff.identity.assurance import Assurance
from bff.login.arriving import Asked, Cookies, arrive
from bff.login.browser import answer
from bff.login.house import House
from bff.origin import from_here
from bff.texts import on_the_wire, say

IDENTITY, AUTHENTICATION = 2, 1


class Typed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: Annotated[str, msgspec.Meta(max_length=100)]


def code_route(house: House) -> HTTPRouteHandler:
    """204 with the session's cookie, or why not, as a stable word and a sentence for her."""

    @post("/login/code", include_in_schema=False, request_max_body_size=1024)
    async def enter(request: Request[Any, Any, Any]) -> ASGIResponse:
        if not from_here(request.headers, house.origin):
            return answer(403)
        try:
            typed = msgspec.json.decode(await request.body(), type=Typed).code
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return await _refused(house, "unknown")
        address = house.limits.address(request.headers, request.client and request.client.host)
        try:
            await house.limits.take("code", address=address)
        except TooManyTries as refused:
            return await _refused(house, "too_many", refused)
        redeemed = await redeem(house.db, typed, rules=house.account_rules, now=house.clock())
        if redeemed.resident is None:
            return await _refused(house, redeemed.why or "unknown")
        try:
            cookies = await _let_in(house, request, redeemed.resident)
        except AccountClosed as refused:
            return await _refused(house, "closed", refused)
        return answer(204, *cookies)

    return enter


async def _let_in(house: House, request: Asked, resident: UUID) -> Cookies:
    """As after a login by card, but known less surely."""
    now = house.clock()
    async with house.db.house() as conn:
        who = await residents.resident_of(conn, resident, house.keys)
        if who is None:
            raise AccountClosed(say("account_closed"))
        await residents.comes(conn, resident, now)
    await house.resident_came(who)
    return await arrive(house, request, who, Assurance(IDENTITY, AUTHENTICATION, now, "desk_code"))


async def _refused(house: House, why: str, refusal: AccountClosed | TooManyTries | None = None) -> ASGIResponse:
    async with house.db.house() as conn:
        await attempts.write_down(conn, realm="resident", outcome=f"code_{why}", now=house.clock())
    message = refusal.message if refusal else say(f"code_{why}")
    said = on_the_wire(message)
    headers = [("content-type", "application/json"), ("cache-control", "no-store")]
    body = msgspec.json.encode({"code": why, "message": said})
    return ASGIResponse(body=body, status_code=429 if why == "too_many" else 422, headers=headers)
