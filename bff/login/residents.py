"""Residents come and go: login by My Number Card, logout, and our public key for the provider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from bff.errors import AccountClosed
from bff.facts import moving
from bff.identity import attempts, residents, sessions
from bff.identity.assurance import Assurance
from bff.identity.oidc import LoginFailed
from bff.identity.userinfo import basics_of
from bff.login import flow
from bff.login.browser import SESSION, UNDER_WAY, answer, away, cookie, inside, no_cookie, secret_of
from bff.login.house import House
from bff.origin import from_here


def resident_routes(house: House) -> list[HTTPRouteHandler]:
    """/login/start, /login/callback, /login/out and /login/keys."""

    @get("/login/start", include_in_schema=False)
    async def start(request: Request[Any, Any, Any]) -> ASGIResponse:
        browser = secret_of(request.cookies, UNDER_WAY) or house.new_token()
        to = inside(request.query_params.get("to"), "/")
        url = await flow.leave(house, house.citizens, "resident", browser=browser, to=to)
        return away(url, cookie(UNDER_WAY, browser, int(attempts.LONGEST.total_seconds())))

    @get("/login/callback", include_in_schema=False)
    async def callback(request: Request[Any, Any, Any]) -> ASGIResponse:
        browser, before = secret_of(request.cookies, UNDER_WAY), secret_of(request.cookies, SESSION)
        try:
            claims, to = await flow.come_back(
                house, house.citizens, "resident", query=request.query_params, browser=browser
            )
        except LoginFailed as failed:
            await flow.refused(house, "resident", failed)
            return away(f"/?login={failed.code}")
        try:
            token = await _let_in(house, claims, before)
        except AccountClosed:
            await flow.refused(house, "resident", LoginFailed("closed", "the account is closed"))
            return away("/?login=closed")
        seconds = int(house.lifetimes.absolute.total_seconds())
        return away(to, cookie(SESSION, token, seconds), no_cookie(UNDER_WAY))

    @post("/login/out", include_in_schema=False)
    async def out(request: Request[Any, Any, Any]) -> ASGIResponse:
        if not from_here(request.headers, house.origin):
            return answer(403)
        token = secret_of(request.cookies, SESSION)
        if token:
            await _let_out(house, token)
        return answer(204, ("clear-site-data", '"cache"'), no_cookie(SESSION))

    @get("/login/keys", include_in_schema=False)
    async def keys() -> Mapping[str, object]:
        return house.public_jwks

    return [start, callback, out, keys]


async def _let_in(house: House, claims: Mapping[str, object], before: str | None) -> str:
    """A new session's token, whatever session this browser had; of another person's, the notices end here too."""
    now = house.clock()
    async with house.db.house() as conn:
        welcomed = await residents.welcome(
            conn,
            issuer=house.citizens.issuer,
            sub=str(claims["sub"]),
            basics=basics_of(claims),
            wards=house.wards,
            keys=house.keys,
            new_id=house.new_id,
            now=now,
            pairwise=house.pairwise.current,
        )
        resident = welcomed.resident
        if welcomed.ward_changed:
            await moving.left_ward(conn, resident.id)
    await house.resident_came(resident)
    async with house.db.house() as conn:
        await attempts.write_down(conn, realm="resident", outcome="came", now=now, who=resident.id)
        former = await sessions.end(conn, before) if before else None
        token = await sessions.begin(
            conn,
            resident.id,
            now=now,
            lifetimes=house.lifetimes,
            new_token=house.new_token,
            ended=None,
            assurance=Assurance(identity=3, authentication=3, at=now, method="card"),
            new_id=house.new_id,
        )
    if before and former not in (None, resident.id):
        await house.drop_devices(former, sessions.hashed(before))
    return token


async def _let_out(house: House, token: str) -> None:
    async with house.db.house() as conn:
        resident = await sessions.end(conn, token)
        if resident is None:
            return
        await attempts.write_down(conn, realm="resident", outcome="left", now=house.clock(), who=resident)
    await house.drop_devices(resident, sessions.hashed(token))
