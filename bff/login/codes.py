"""POST /login/code: a resident without a card comes in by the code that her ward's desk gave her."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.handlers import HTTPRouteHandler

from bff.accounts.redeeming import redeem
from bff.errors import AccountClosed, TooManyTries
from bff.identity import attempts, residents, sessions
from bff.identity.assurance import Assurance
from bff.login.browser import SESSION, cookie, secret_of
from bff.login.house import House
from bff.origin import from_here
from bff.texts import say

IDENTITY, AUTHENTICATION = 2, 1


class Typed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: Annotated[str, msgspec.Meta(max_length=100)]


def code_route(house: House) -> HTTPRouteHandler:
    """204 with the session's cookie, or why not, as a stable word and a sentence for her."""

    @post("/login/code", include_in_schema=False, request_max_body_size=1024)
    async def enter(request: Request[Any, Any, Any]) -> Response[Any]:
        if not from_here(request.headers, house.origin):
            return Response(b"", status_code=403)
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
            token = await _let_in(house, redeemed.resident, secret_of(request.cookies, SESSION))
        except AccountClosed as refused:
            return await _refused(house, "closed", refused)
        seconds = int(house.lifetimes.absolute.total_seconds())
        name, value = cookie(SESSION, token, seconds)
        return Response(b"", status_code=204, headers={"cache-control": "no-store", name: value})

    return enter


async def _let_in(house: House, resident: UUID, before: str | None) -> str:
    """As after a login by card, but known less surely; what she agreed to is asked of her inside."""
    now = house.clock()
    async with house.db.house() as conn:
        who = await residents.resident_of(conn, resident, house.keys)
        if who is None:
            raise AccountClosed(say("account_closed"))
        await residents.comes(conn, resident, now)
    await house.resident_came(who)
    async with house.db.house() as conn:
        await attempts.write_down(conn, realm="resident", outcome="came", now=now, detail="desk_code", who=resident)
        former = await sessions.end(conn, before) if before else None
        token = await sessions.begin(
            conn,
            resident,
            now=now,
            lifetimes=house.lifetimes,
            new_token=house.new_token,
            ended=None,
            assurance=Assurance(IDENTITY, AUTHENTICATION, now, "desk_code"),
            new_id=house.new_id,
        )
    if before and former not in (None, resident):
        await house.drop_devices(former, sessions.hashed(before))
    return token


async def _refused(house: House, why: str, refusal: AccountClosed | TooManyTries | None = None) -> Response[Any]:
    async with house.db.house() as conn:
        await attempts.write_down(conn, realm="resident", outcome=f"code_{why}", now=house.clock())
    message = refusal.message if refusal else say(f"code_{why}")
    said = {"ja": message.ja, "easy": message.easy, "en": message.en}
    status = 429 if why == "too_many" else 422
    return Response({"code": why, "message": said}, status_code=status, headers={"cache-control": "no-store"})
