"""Officials come and go, each by the provider of their ward."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from bff.identity import attempts, staff, staff_log
from bff.identity.devices import device_name
from bff.identity.failures import LoginFailed
from bff.identity.providers import STAFF as STAFF_REALM
from bff.identity.staff_log import Who
from bff.identity.userinfo import OfficialClaims, official_of
from bff.login import flow
from bff.login.browser import STAFF, STAFF_DEVICE, UNDER_WAY, answer, away, cookie, inside, no_cookie, secret_of
from bff.login.flow import Leaving
from bff.login.house import House
from bff.origin import from_here

ROOM = "/staff"
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class _Browser:
    """`before`: the session it had; `device`: by which it is known again; `says`: what it calls itself."""

    before: str | None
    device: str
    says: str


def official_routes(house: House) -> list[HTTPRouteHandler]:
    """/staff/login/start, /staff/login/callback (one of its own for each provider) and /staff/login/out."""

    @get("/staff/login/start", include_in_schema=False)
    async def start(request: Request[Any, Any, Any]) -> ASGIResponse:
        browser = secret_of(request.cookies, UNDER_WAY) or house.new_token()
        to = _in_room(request.query_params.get("to"))
        provider = house.staff_realms.of(request.query_params.get("ward", ""))
        try:
            url = await flow.leave(house, Leaving(provider, "staff", browser, to))
        except LoginFailed as failed:
            await flow.refused(house, provider, failed)
            return away(flow.where_told(failed, None, ROOM))
        return away(url, cookie(UNDER_WAY, browser, int(attempts.LONGEST.total_seconds())))

    @get("/staff/login/callback", include_in_schema=False)
    async def callback(request: Request[Any, Any, Any]) -> ASGIResponse:
        return await _back(house, request, STAFF_REALM)

    @get("/staff/login/callback/{provider:str}", include_in_schema=False)
    async def callback_of_ward(request: Request[Any, Any, Any], provider: FromPath[str]) -> ASGIResponse:
        return await _back(house, request, provider) if house.staff_realms.has(provider) else answer(404)

    @post("/staff/login/out", include_in_schema=False)
    async def out(request: Request[Any, Any, Any]) -> ASGIResponse:
        if not from_here(request.headers, house.origin):
            return answer(403)
        token = secret_of(request.cookies, STAFF)
        if token:
            await _out(house, token)
        return answer(303, ("location", ROOM), ("clear-site-data", '"cache"'), no_cookie(STAFF))

    return [start, callback, callback_of_ward, out]


async def _back(house: House, request: Request[Any, Any, Any], provider: str) -> ASGIResponse:
    query, attempt = flow.single(request.query_params.multi_items()), None
    try:
        attempt = await flow.taken(house, provider, query)
        if not attempt.of_browser(secret_of(request.cookies, UNDER_WAY)):
            raise LoginFailed("other_browser", "came back in another browser")
        who = await flow.finished(house, attempt, query)
        official = _official(house, provider, who.claims)
    except LoginFailed as failed:
        await flow.refused(house, provider, failed, attempt)
        return away(flow.where_told(failed, attempt, ROOM))
    device = secret_of(request.cookies, STAFF_DEVICE) or house.new_token()
    here = _Browser(secret_of(request.cookies, STAFF), device, request.headers.get("user-agent", ""))
    token = await _let_in(house, provider, official, here)
    return away(attempt.to_path, cookie(STAFF, token), cookie(STAFF_DEVICE, device, A_YEAR), no_cookie(UNDER_WAY))


def _in_room(to: str | None) -> str:
    path = inside(to, ROOM)
    return path if path == ROOM or path.startswith((f"{ROOM}/", f"{ROOM}?")) else ROOM


def _official(house: House, provider: str, claims: Mapping[str, object]) -> OfficialClaims:
    """Whoever vouches for an official does so for its own wards alone, whatever it says."""
    try:
        official = official_of(claims)
    except msgspec.ValidationError as wrong:
        raise LoginFailed("no_role", f"userinfo: {wrong}") from wrong
    if official.ward not in {code for code, _ in house.wards}:
        raise LoginFailed("no_role", "not of one of the 23 wards")
    if house.staff_realms.of(official.ward) != provider:
        raise LoginFailed("other_ward", f"{provider} spoke for {official.ward}")
    return official


async def _let_in(house: House, provider: str, claims: OfficialClaims, browser: _Browser) -> str:
    now = house.clock()
    async with house.db.house() as conn:
        official = await staff.welcome(
            conn,
            issuer=house.providers[provider].issuer,
            claims=claims,
            new_id=house.new_id,
            now=now,
            window=house.enrol_window,
        )
        await attempts.write_down(
            conn, realm="staff", outcome="came", now=now, who=official.id, provider=provider, purpose="staff"
        )
        who, device = Who(official.ward, official.id, official.name), device_name(browser.says)
        if await staff.is_new_device(conn, official.id, browser.device, now):
            await staff_log.write(conn, who, "new_device", now=now, about=device)
        await staff_log.write(conn, who, "login", now=now, about=device)
        return await staff.begin(
            conn,
            official.id,
            id=house.new_id(),
            now=now,
            lifetimes=house.staff_lifetimes,
            new_token=house.new_token,
            ended=browser.before,
            device=device,
        )


async def _out(house: House, token: str) -> None:
    now = house.clock()
    async with house.db.house() as conn:
        at_work = await staff.look_up(conn, token, now=now, lifetimes=house.staff_lifetimes)
        left = await staff.end(conn, token)
        await attempts.write_down(conn, realm="staff", outcome="left", now=now, who=left)
        if at_work is not None:
            who = Who(at_work.official.ward, at_work.official.id, at_work.official.name)
            await staff_log.write(conn, who, "logout", now=now)
