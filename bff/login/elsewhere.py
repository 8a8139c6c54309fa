"""A login that ends in another browser than it began in: the page that shows a code, and the claim by that code."""

from __future__ import annotations

import re
import secrets
from typing import Any

from litestar import Request, get, post
from litestar.exceptions import SerializationException
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from bff.errors import TooManyTries
from bff.identity import attempts, handovers
from bff.identity.attempts import Attempt
from bff.identity.failures import LoginFailed
from bff.identity.handovers import Handover, NotClaimed
from bff.identity.oidc import Identified
from bff.login import flow
from bff.login.browser import FINISHED, UNDER_WAY, away, cookie, no_cookie, secret_of, told
from bff.login.ending import ended
from bff.login.house import House
from bff.origin import from_here

Asked = Request[Any, Any, Any]
PAGE = "/handed-over"
"""The app's page that shows the code."""
_CODE = re.compile(r"[0-9]{6}")


def elsewhere_routes(house: House) -> list[HTTPRouteHandler]:
    """/login/handed-over for the browser it ended in; /login/waiting and /login/claim for the one it began in."""

    @get("/login/handed-over", include_in_schema=False)
    async def handed_over(request: Asked) -> ASGIResponse:
        return told(await _shown(house, secret_of(request.cookies, FINISHED)))

    @get("/login/waiting", include_in_schema=False)
    async def waiting(request: Asked) -> ASGIResponse:
        browser = secret_of(request.cookies, UNDER_WAY)
        if browser is None:
            return told({"waiting": False})
        async with house.db.house() as conn:
            return told({"waiting": await handovers.waits(conn, browser, house.clock())})

    @post("/login/claim", include_in_schema=False, status_code=200)
    async def claim(request: Asked) -> ASGIResponse:
        if not from_here(request.headers, house.origin):
            return told({"refused": "failed"}, status=403)
        return await _claims(house, request)

    return [handed_over, waiting, claim]


async def handed_over(house: House, attempt: Attempt, who: Identified) -> ASGIResponse:
    """It came to its end in a browser that did not begin it: whoever holds this browser gets nothing but a code."""
    finisher, code, now = house.new_token(), f"{secrets.randbelow(1_000_000):06}", house.clock()
    async with house.db.house() as conn:
        await handovers.keep(
            conn, attempt, who, finisher=finisher, code=code, keys=house.keys, id=house.new_id(), now=now
        )
        await attempts.write_down(
            conn,
            realm="resident",
            outcome="waits",
            now=now,
            provider=attempt.provider,
            purpose=attempt.purpose,
        )
    return away(PAGE, cookie(FINISHED, finisher, int(handovers.LIVES.total_seconds())))


async def _shown(house: House, finisher: str | None) -> dict[str, str | None]:
    if finisher is None:
        return {"code": None}
    async with house.db.house() as conn:
        shown = await handovers.shown(conn, finisher, house.keys, house.clock())
    if shown is None:
        return {"code": None}
    return {
        "code": shown.code,
        "beganOn": shown.began_on,
        "beganAt": shown.began_at.isoformat(),
        "until": shown.until.isoformat(),
    }


async def _claims(house: House, request: Asked) -> ASGIResponse:
    claimed: Handover | None = None
    try:
        claimed = await _claimed(house, request)
        session = await ended(house, claimed, claimed.who, request)
    except LoginFailed as failed:
        await flow.refused(house, claimed.provider if claimed else None, failed, claimed)
        many = failed.__cause__
        wait = [("retry-after", str(many.retry_after))] if isinstance(many, TooManyTries) else []
        return told({"refused": failed.code}, *wait)
    return told({"to": claimed.to_path}, *session, no_cookie(UNDER_WAY))


async def _claimed(house: House, request: Asked) -> Handover:
    browser = secret_of(request.cookies, UNDER_WAY)
    if browser is None:
        raise LoginFailed("code_late", "no login was begun in this browser")
    address = house.limits.address(request.headers, request.client and request.client.host)
    try:
        await house.limits.take("code", account=browser, address=address)
    except TooManyTries as many:
        raise LoginFailed("too_many", "too many codes tried") from many
    code = await _code(request)
    async with house.db.house() as conn:
        claimed = await handovers.claim(conn, browser, code, house.keys, house.clock())
    if isinstance(claimed, NotClaimed):
        raise LoginFailed(claimed.why, f"{claimed.left} tries left")
    return claimed


async def _code(request: Asked) -> str:
    try:
        sent = await request.json()
    except (ValueError, SerializationException):
        sent = None
    code = sent.get("code") if isinstance(sent, dict) else None
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise LoginFailed("code_wrong", "not six digits")
    return code
