"""Residents come and go: login by card, a step-up in place, an ID that is linked, logout, and our public keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from bff.identity import attempts, sessions
from bff.identity.attempts import Attempt
from bff.identity.failures import LoginFailed
from bff.identity.providers import CARD, is_of_officials
from bff.identity.sessions import Visitor
from bff.login import flow
from bff.login.browser import SESSION, UNDER_WAY, answer, away, cookie, device_of, inside, no_cookie, secret_of, told
from bff.login.elsewhere import handed_over
from bff.login.ending import ended
from bff.login.flow import Leaving
from bff.login.house import House
from bff.origin import from_here

Asked = Request[Any, Any, Any]
DOOR = "/"


def resident_routes(house: House) -> list[HTTPRouteHandler]:
    """/login/start, /login/link/{provider}, /login/callback (of the card's and of each other provider), /login/out
    and /login/keys."""

    @get("/login/start", include_in_schema=False)
    async def start(request: Asked) -> ASGIResponse:
        try:
            return away(*await _leaves(house, request))
        except LoginFailed as failed:
            await flow.refused(house, CARD, failed)
            return away(flow.where_told(failed, None, DOOR))

    @post("/login/link/{provider:str}", include_in_schema=False, status_code=200)
    async def link(provider: FromPath[str], request: Asked) -> ASGIResponse:
        return await _leaves_to_link(house, request, provider)

    @get("/login/callback", include_in_schema=False)
    async def callback(request: Asked) -> ASGIResponse:
        return await _comes_back(house, request, CARD)

    @get("/login/callback/{provider:str}", include_in_schema=False)
    async def callback_of(provider: FromPath[str], request: Asked) -> ASGIResponse:
        return await _comes_back(house, request, provider)

    @post("/login/out", include_in_schema=False)
    async def out(request: Asked) -> ASGIResponse:
        if not from_here(request.headers, house.origin):
            return answer(403)
        token = secret_of(request.cookies, SESSION)
        if token:
            await _let_out(house, token)
        return answer(204, ("clear-site-data", '"cache"'), no_cookie(SESSION))

    @get("/login/keys", include_in_schema=False)
    async def keys() -> Mapping[str, object]:
        return house.public_jwks

    return [start, link, callback, callback_of, out, keys]


async def _leaves(house: House, request: Asked) -> tuple[str, tuple[str, str]]:
    """Where a login leads, and the cookie of the browser it begins in. With `purpose=step_up` she proves once more,
    in her session, that it is she; without a session that is a login like any other."""
    browser = secret_of(request.cookies, UNDER_WAY) or house.new_token()
    visitor = await _visitor(house, request) if request.query_params.get("purpose") == "step_up" else None
    leaving = Leaving(
        provider=CARD,
        purpose="step_up" if visitor else "login",
        browser=browser,
        to=inside(request.query_params.get("to"), DOOR),
        session=visitor.session if visitor else None,
        began_on=device_of(request.headers.get("user-agent", "")),
    )
    return await flow.leave(house, leaving), cookie(UNDER_WAY, browser, int(attempts.LONGEST.total_seconds()))


async def _leaves_to_link(house: House, request: Asked, provider: str) -> ASGIResponse:
    """The provider's address as JSON for our own page alone: no other site may begin a link."""
    visitor = await _visitor(house, request)
    if not from_here(request.headers, house.origin) or visitor is None or visitor.is_locked:
        return told({"code": "signed_out"}, status=403)
    if provider not in house.providers or house.providers[provider].provider.link is None:
        return told({"code": "unknown"}, status=404)
    browser = secret_of(request.cookies, UNDER_WAY) or house.new_token()
    to = inside(request.query_params.get("to"), DOOR)
    began_on = device_of(request.headers.get("user-agent", ""))
    try:
        url = await flow.leave(house, Leaving(provider, "link", browser, to, visitor.session, began_on))
    except LoginFailed as failed:
        await flow.refused(house, provider, failed)
        return told({"code": failed.code}, status=503)
    return told({"url": url}, cookie(UNDER_WAY, browser, int(attempts.LONGEST.total_seconds())))


async def _comes_back(house: House, request: Asked, provider: str) -> ASGIResponse:
    query, attempt = flow.single(request.query_params.multi_items()), None
    try:
        if is_of_officials(provider):
            raise LoginFailed("unknown", "an official's provider at the residents' door")
        attempt = await flow.taken(house, provider, query)
        return await _brought_back(house, request, attempt, query)
    except LoginFailed as failed:
        await flow.refused(house, provider, failed, attempt)
        return away(flow.where_told(failed, attempt, DOOR))


async def _brought_back(house: House, request: Asked, attempt: Attempt, query: Mapping[str, str]) -> ASGIResponse:
    who = await flow.finished(house, attempt, query)
    if not attempt.of_browser(secret_of(request.cookies, UNDER_WAY)):
        return await handed_over(house, attempt, who)
    return away(attempt.to_path, *await ended(house, attempt, who, request), no_cookie(UNDER_WAY))


async def _visitor(house: House, request: Asked) -> Visitor | None:
    token = secret_of(request.cookies, SESSION)
    return await house.who(token) if token else None


async def _let_out(house: House, token: str) -> None:
    async with house.db.house() as conn:
        resident = await sessions.end(conn, token)
        if resident is None:
            return
        await attempts.write_down(conn, realm="resident", outcome="left", now=house.clock(), who=resident)
    await house.drop_devices(resident, sessions.hashed(token))
