"""Outside of Litestar, so that its 404 and 500 pages carry the headers too."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from litestar.utils import normalize_path

from bff.guards import policy
from bff.guards.answering import UNDER_WAY, Answering
from bff.guards.gate import HEADER, RESIDENT, Gate, cookie_at

TOKEN_COOKIE = "__Host-token"  # noqa: S105 - a name
"""Where the app's scripts read the token of the resident's session."""
_FORBIDDEN = 403
_NOT_MODIFIED = 304
Pairs = Iterable[tuple[bytes, bytes]]


def with_headers(app: ASGIApp, *, production: bool, gate: Gate | None = None) -> ASGIApp:
    """`app`, every answer of which carries the headers; with a `gate`, sessions are told their token."""
    always = dict(policy.ALWAYS)
    if production:
        always[b"strict-transport-security"] = policy.STRICT_TRANSPORT

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            return await app(scope, receive, send)
        cookies, path = _cookies(scope["headers"]), normalize_path(scope["path"])
        answering = Answering(gate.token(cookies.get(cookie_at(path), "")) if gate else "")
        own = {**always, b"permissions-policy": policy.CAMERA_HERE} if path == policy.CAMERA_AT else always

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower(): value for name, value in message["headers"]}
                more = [*_more(own, given, answering, message["status"])]
                if gate is not None:
                    more += _told(gate, cookies, message["headers"], message["status"])
                message["headers"] = [*message["headers"], *more]
            await send(message)

        under_way = UNDER_WAY.set(answering)
        try:
            await app(scope, receive, send_with)
        finally:
            UNDER_WAY.reset(under_way)

    return wrapped


def _more(own: dict[bytes, bytes], given: dict[bytes, bytes], answering: Answering, status: int) -> Pairs:
    """What the answer does not say itself; one that says its own policy keeps it. "Not modified" names no content,
    and a browser would take its policy for that of the page it has kept: it says none. A part of a page says what is
    read of a part."""
    media_type = given.get(b"content-type", b"")
    if policy.is_part(media_type, given.get(b"cache-control", b"")):
        return [(name, own[name]) for name in policy.OF_A_PART if name in own and name not in given]
    said = policy.policy(media_type, answering.nonce)
    wanted = {**own, b"content-security-policy": said.encode(), b"cache-control": b"no-store"}
    if status == _NOT_MODIFIED:
        del wanted[b"content-security-policy"]
    return [(name, value) for name, value in wanted.items() if name not in given]


def _told(gate: Gate, cookies: dict[str, str], headers: Pairs, status: int) -> list[tuple[bytes, bytes]]:
    """The cookie beside a session that began, changed or was met without it; the header beside a refusal."""
    session = _begun(headers)
    if session is None:
        session = cookies.get(RESIDENT, "")
    token, more = gate.token(session), []
    for_everybody = any(name.lower() == b"cache-control" and b"public" in value for name, value in headers)
    if cookies.get(TOKEN_COOKIE, "") != token and not for_everybody:
        age = "" if token else "; Max-Age=0"
        cookie = f"{TOKEN_COOKIE}={token}; Secure; SameSite=Strict; Path=/{age}"
        more.append((b"set-cookie", cookie.encode()))
    if status == _FORBIDDEN and token:
        more.append((HEADER.encode(), token.encode()))
    return more


def _begun(headers: Pairs) -> str | None:
    """The session that this answer sets; empty: it ends one; None: neither."""
    start = f"{RESIDENT}=".encode()
    set_here = [value for name, value in headers if name.lower() == b"set-cookie" and value.startswith(start)]
    return set_here[-1].removeprefix(start).partition(b";")[0].decode("latin-1") if set_here else None


def _cookies(headers: Pairs) -> dict[str, str]:
    cookies: SimpleCookie = SimpleCookie()
    for name, value in headers:
        if name == b"cookie":
            try:
                cookies.load(value.decode("latin-1"))
            except CookieError:
                continue
    return {name: morsel.value for name, morsel in cookies.items()}
