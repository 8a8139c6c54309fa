"""What is read from and written to the browser: cookies whole and same-site paths."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec
from litestar.response.base import ASGIResponse

SESSION: Final = "__Host-session"
STAFF: Final = "__Host-staff"
STAFF_DEVICE: Final = "__Host-staff-device"
"""By which a browser an official has used before is known; it opens nothing."""
UNDER_WAY: Final = "__Host-login"
"""Binds a login to the browser it began in; told apart from other browsers, not from persons."""

FINISHED: Final = "__Host-finished"
"""Binds a login that ended elsewhere than it began to the browser it ended in."""

_RULES: Final = "Secure; HttpOnly; SameSite=Lax; Path=/"
_SECRET = re.compile(r"[A-Za-z0-9_-]{43,128}")
_PATH = re.compile(r"/[\x21-\x7e]{0,511}")
_DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
_NO_STORE = ("cache-control", "no-store")


def cookie(name: str, value: str, seconds: int | None = None) -> tuple[str, str]:
    """The header that sets a cookie; without `seconds` it goes when the browser is closed."""
    age = "" if seconds is None else f"; Max-Age={seconds}"
    return "set-cookie", f"{name}={value}{age}; {_RULES}"


def no_cookie(name: str) -> tuple[str, str]:
    """The header that removes a cookie: written whole, since browsers ignore one without `Secure` for `__Host-`."""
    return "set-cookie", f"{name}=; Max-Age=0; {_RULES}"


def secret_of(cookies: Mapping[str, str], name: str) -> str | None:
    """The token in a cookie; None when there is none that we could have made."""
    value = cookies.get(name, "")
    return value if _SECRET.fullmatch(value) else None


def inside(to: str | None, fallback: str) -> str:
    """`to` when it is a path of this site, `fallback` otherwise: no scheme, no other host, nothing a browser might
    read as one (`//`, a backslash, a control character)."""
    if to is None or not _PATH.fullmatch(to) or "\\" in to or "//" in to:
        return fallback
    return to


def device_of(user_agent: str) -> str:
    """The kind of device as its owner calls it; '' for one we do not know. For her eyes, nothing rests on it."""
    return next((name for mark, name in _DEVICES if mark in user_agent), "")


def away(to: str, *more: tuple[str, str]) -> ASGIResponse:
    """302 to `to`."""
    return answer(302, ("location", to), *more)


def answer(status: int, *headers: tuple[str, str]) -> ASGIResponse:
    """An answer without a body that is never kept."""
    return ASGIResponse(status_code=status, headers=[_NO_STORE, *headers])


def told(content: object, *headers: tuple[str, str], status: int = 200) -> ASGIResponse:
    """JSON for our own page, never kept."""
    kind = ("content-type", "application/json")
    body = msgspec.json.encode(content)
    return ASGIResponse(status_code=status, body=body, headers=[kind, _NO_STORE, *headers])
