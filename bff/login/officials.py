"""Officials come and go, by the staff realm of their ward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from bff.identity import attempts, staff
from bff.identity.failures import LoginFailed
from bff.identity.providers import STAFF as STAFF_REALM
from bff.identity.userinfo import OfficialClaims, official_of
from bff.login import flow
from bff.login.browser import STAFF, UNDER_WAY, answer, away, cookie, inside, no_cookie, secret_of
from bff.login.flow import Leaving
from bff.login.house import House
from bff.origin import from_here

ROOM = "/staff"


def official_routes(house: House) -> list[HTTPRouteHandler]:
    """/staff/login/start, /staff/login/callback and /staff/login/out."""

    @get("/staff/login/start", include_in_schema=False)
    async def start(request: Request[Any, Any, Any]) -> ASGIResponse:
        browser = secret_of(request.cookies, UNDER_WAY) or house.new_token()
        to = _in_room(request.query_params.get("to"))
        try:
            url = await flow.leave(house, Leaving(STAFF_REALM, "staff", browser, to))
        except LoginFailed as failed:
            await flow.refused(house, STAFF_REALM, failed)
            return away(flow.where_told(failed, None, ROOM))
        return away(url, cookie(UNDER_WAY, browser, int(attempts.LONGEST.total_seconds())))

    @get("/staff/login/callback", include_in_schema=False)
    async def callback(request: Request[Any, Any, Any]) -> ASGIResponse:
        query, attempt = flow.single(request.query_params.multi_items()), None
        try:
            attempt = await flow.taken(house, STAFF_REALM, query)
            if not attempt.of_browser(secret_of(request.cookies, UNDER_WAY)):
                raise LoginFailed("other_browser", "came back in another browser")
            who = await flow.finished(house, attempt, query)
            official = _official(house, who.claims)
        except LoginFailed as failed:
            await flow.refused(house, STAFF_REALM, failed, attempt)
            return away(flow.where_told(failed, attempt, ROOM))
        token = await _let_in(house, official, secret_of(request.cookies, STAFF))
        return away(attempt.to_path, cookie(STAFF, token), no_cookie(UNDER_WAY))

    @post("/staff/login/out", include_in_schema=False)
    async def out(request: Request[Any, Any, Any]) -> ASGIResponse:
        if not from_here(request.headers, house.origin):
            return answer(403)
        token = secret_of(request.cookies, STAFF)
        if token:
            async with house.db.house() as conn:
                left = await staff.end(conn, token)
                await attempts.write_down(conn, realm="staff", outcome="left", now=house.clock(), who=left)
        return answer(303, ("location", ROOM), ("clear-site-data", '"cache"'), no_cookie(STAFF))

    return [start, callback, out]


def _in_room(to: str | None) -> str:
    path = inside(to, ROOM)
    return path if path == ROOM or path.startswith((f"{ROOM}/", f"{ROOM}?")) else ROOM


def _official(house: House, claims: Mapping[str, object]) -> OfficialClaims:
    try:
        official = official_of(claims)
    except msgspec.ValidationError as wrong:
        raise LoginFailed("no_role", f"userinfo: {wrong}") from wrong
    if official.ward not in {code for code, _ in house.wards}:
        raise LoginFailed("no_role", "not of one of the 23 wards")
    return official


async def _let_in(house: House, claims: OfficialClaims, before: str | None) -> str:
    now = house.clock()
    async with house.db.house() as conn:
        official = await staff.welcome(
            conn, issuer=house.providers[STAFF_REALM].issuer, claims=claims, new_id=house.new_id, now=now
        )
        await attempts.write_down(
            conn, realm="staff", outcome="came", now=now, who=official.id, provider=STAFF_REALM, purpose="staff"
        )
        return await staff.begin(
            conn, official.id, now=now, lifetimes=house.staff_lifetimes, new_token=house.new_token, ended=before
        )
