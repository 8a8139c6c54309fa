"""The one gate before every route: a request that changes something comes from our own pages, with the token of its
session, and not too often.

The token is a keyed hash of the session's cookie: nothing is kept for it, it ends with the session, and a page of
another origin can neither read nor make it. Scripts send it as a header, forms as a hidden field.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any, Final

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from bff.guards.answering import FIELD
from bff.limits import Limits, rank_at
from bff.origin import from_here

HEADER: Final = "x-kurashimado-token"
RESIDENT: Final = "__Host-session"
STAFF: Final = "__Host-staff"
NUL: Final = "\x00"
STAFF_DOOR: Final = "/staff"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS: Final = frozenset({RequestEncodingType.URL_ENCODED, RequestEncodingType.MULTI_PART})
OPEN: Final = {"gate": "open"}
"""`opt` of a route that anything may be sent to, by anybody: it must change nothing of a person's."""
ONLY_ORIGIN: Final = {"gate": "origin"}
"""`opt` of a route that acts on no session: the origin is asked for, no token."""

COUNTED: Final = (
    ("/login/start", "login"),
    ("/login/link", "login"),
    ("/login/callback", "callback"),
    ("/staff/login/start", "staff_login"),
    ("/staff/login/callback", "staff_login"),
)
"""Kinds of tries (bff/limits/kinds.toml) by path and below it; other routes take theirs where they know whose it is."""


class NotFromHere(PermissionDeniedException):
    """A page of another origin sent it."""


class StaleToken(PermissionDeniedException):
    """It came from our own origin, but not with the token of this session: the page is older than the session.

    `form` is what was sent, when it was a form, so that nothing typed is lost.
    """

    def __init__(self, form: bytes) -> None:
        super().__init__("the token of this session is missing")
        self.form = form


class Gate:
    """`secret` keys the tokens; without `limits` nothing is counted."""

    def __init__(self, origin: str, secret: bytes, limits: Limits | None = None) -> None:
        self._origin, self._limits = origin, limits
        self._secret = hmac.digest(secret, b"form tokens", hashlib.sha256)

    def token(self, session: str) -> str:
        """Of a session, by its cookie; empty for none."""
        digest = hmac.digest(self._secret, session.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:24]).decode() if session else ""

    async def admit(self, connection: ASGIConnection[Any, Any, Any, Any], route: BaseRouteHandler) -> None:
        """A guard for Litestar. Raises `NotFromHere`, `StaleToken`, `TooManyTries`, and `NotFoundException` for an
        address with a NUL in it: no id and no word has one, and PostgreSQL takes none in a text."""
        if NUL in connection.scope["path"]:
            raise NotFoundException
        if self._limits is not None:
            self._limits.crowd.admit(rank_at(connection.scope["path"]))
        await self._count(connection)
        how = route.opt.get("gate")
        if connection.scope.get("method") in SAFE or how == "open":
            return
        if not from_here(connection.headers, self._origin):
            raise NotFromHere("another origin may not send this")
        session = connection.cookies.get(cookie_at(connection.scope["path"]), "")
        if session and how != "origin" and not self._is_of(session, await _given(connection)):
            raise StaleToken(await _form(connection))

    def _is_of(self, session: str, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.token(session).encode())

    async def _count(self, connection: ASGIConnection[Any, Any, Any, Any]) -> None:
        path = connection.scope["path"].rstrip("/")
        kind = next((kind for at, kind in COUNTED if path == at or path.startswith(f"{at}/")), "")
        kind = kind or ("staff" if is_staff(path) else "")
        if not kind or self._limits is None:
            return
        client = connection.client
        address = self._limits.address(connection.headers, client and client.host)
        session = connection.cookies.get(STAFF) if kind == "staff" else None
        await self._limits.take(kind, account=session, address=address)


def is_staff(path: str) -> bool:
    return path == STAFF_DOOR or path.startswith(f"{STAFF_DOOR}/")


def cookie_at(path: str) -> str:
    """Which session counts at this path."""
    return STAFF if is_staff(path) else RESIDENT


async def _given(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    told = connection.headers.get(HEADER)
    if told is not None or not isinstance(connection, Request) or connection.content_type[0] not in FORMS:
        return told or ""
    value = (await connection.form()).get(FIELD, "")
    return value if isinstance(value, str) else ""


async def _form(connection: ASGIConnection[Any, Any, Any, Any]) -> bytes:
    if isinstance(connection, Request) and connection.content_type[0] == RequestEncodingType.URL_ENCODED:
        return await connection.body()
    return b""
