"""What goes wrong before or beside a page's own work, each turned into a page that says what to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response
from litestar.exceptions import ClientException, PermissionDeniedException
from litestar.response import Redirect

from bff.db import AGAIN, AWAY
from bff.errors import TooManyTries
from bff.guards import StaleToken
from bff.staff.pages import STOP_POLLING, Pages
from bff.staff.refusals import worth_keeping
from bff.staff.typed import Typed, Unreadable, typed_of
from bff.staff.visit import NotAllowed, NotHere, SecondFactorNeeded, SignedOut
from bff.staff.words import knows, word

TOO_LARGE = 413
Answer = Callable[[Request[Any, Any, Any], Any], Response[Any]]


def mishaps(pages: Pages) -> dict[int | type[Exception], Answer]:
    """The door's exception handlers."""

    def signed_out(request: Request[Any, Any, Any], error: SignedOut) -> Response[Any]:
        to = "/staff?" + urlencode({"to": request.url.path, "login": "needed"})
        return _left(pages, request, error.typed, to)

    def second_factor(request: Request[Any, Any, Any], error: SecondFactorNeeded) -> Response[Any]:
        return _left(pages, request, error.typed, "/staff/passkey?" + urlencode({"to": request.url.path}))

    def client_error(_: Request[Any, Any, Any], error: ClientException) -> Response[Any]:
        too_large = error.status_code == TOO_LARGE
        return _page(pages, error.status_code, "too_large" if too_large else "unreadable")

    def stale(request: Request[Any, Any, Any], error: StaleToken) -> Response[Any]:
        if "hx-request" in request.headers:
            return pages.show("stale_part.html", STOP_POLLING)
        try:
            typed = typed_of(error.form)
        except Unreadable:
            return _page(pages, 400, "unreadable")
        return pages.show("stale.html", 403, path=request.url.path, typed=typed, kept=worth_keeping(typed))

    return {
        StaleToken: stale,
        TooManyTries: lambda _request, error: _too_many(pages, error),
        SignedOut: signed_out,
        SecondFactorNeeded: second_factor,
        NotAllowed: lambda _request, error: _not_allowed(error),
        NotHere: lambda _request, _error: _page(pages, 404, "not_there"),
        Unreadable: lambda _request, _error: _page(pages, 400, "unreadable"),
        **dict.fromkeys(AWAY, lambda _request, _error: _away(pages)),
        PermissionDeniedException: lambda _request, _error: _page(pages, 403, "origin"),
        ClientException: client_error,
    }


def nowhere(pages: Pages) -> Callable[[], Response[str]]:
    """For an address below /staff that no page has: no route is tried there, so no handler of the door hears of it."""
    return lambda: _page(pages, 404, "not_there")


def not_by_address(pages: Pages) -> Callable[[], Response[str]]:
    """For a page that only the button of another makes: reloaded from the address bar, or kept as a bookmark."""
    return lambda: _page(pages, 405, "by_button")


def _left(pages: Pages, request: Request[Any, Any, Any], typed: Typed | None, to: str) -> Response[Any]:
    """On to the way in; what was typed stays on the page until it can be sent again."""
    if "hx-request" in request.headers:
        return pages.show("expired_part.html", STOP_POLLING)
    if typed is None:
        return Redirect(to, status_code=303)
    return pages.show("expired.html", 401, path=request.url.path, typed=typed, kept=worth_keeping(typed))


def _not_allowed(error: NotAllowed) -> Response[Any]:
    """Which work it is that is another's, and what was typed."""
    act = word("act", error.act) if knows("act", error.act) else error.act
    roles = "、".join(word("role", role) for role in error.visit.house.acts.table[error.act].roles)
    return error.visit.show(
        "refused.html",
        403,
        title=word("refused", "denied_title"),
        text=word("refused", "role", act=act, roles=roles),
        broadcast=None,
        faults=[],
        kept=worth_keeping(error.typed) if error.typed else (),
    )


def _too_many(pages: Pages, error: TooManyTries) -> Response[str]:
    title = word("refused", "too_many_title")
    page = pages.show("refused.html", 429, title=title, text=error.message.ja, broadcast=None, faults=[], kept=())
    page.headers["Retry-After"] = str(error.retry_after)
    return page


def _away(pages: Pages) -> Response[str]:
    """The database is away, or out of room: nothing was done."""
    page = _page(pages, 503, "away")
    page.headers["Retry-After"] = str(AGAIN)
    return page


def _page(pages: Pages, status: int, key: str) -> Response[str]:
    """`key`: under [refused], with its `_title`."""
    title, text = word("refused", f"{key}_title"), word("refused", key)
    return pages.show("refused.html", status, title=title, text=text, broadcast=None, faults=[], kept=())
