"""What goes wrong before or beside a page's own work, each turned into a page that says what to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response
from litestar.exceptions import ClientException, PermissionDeniedException
from litestar.response import Redirect

from bff.staff.pages import STOP_POLLING, Pages
from bff.staff.refusals import worth_keeping
from bff.staff.typed import Unreadable
from bff.staff.visit import NotHere, SignedOut
from bff.staff.words import word

TOO_LARGE = 413
Answer = Callable[[Request[Any, Any, Any], Any], Response[Any]]


def mishaps(pages: Pages) -> dict[int | type[Exception], Answer]:
    """The door's exception handlers."""

    def signed_out(request: Request[Any, Any, Any], error: SignedOut) -> Response[Any]:
        path = request.url.path
        if "hx-request" in request.headers:
            return pages.show("expired_part.html", STOP_POLLING)
        if error.typed is None:
            return Redirect("/staff?" + urlencode({"to": path, "login": "needed"}), status_code=303)
        return pages.show("expired.html", 401, path=path, typed=error.typed, kept=worth_keeping(error.typed))

    def client_error(_: Request[Any, Any, Any], error: ClientException) -> Response[Any]:
        too_large = error.status_code == TOO_LARGE
        return _page(pages, error.status_code, "too_large" if too_large else "unreadable")

    return {
        SignedOut: signed_out,
        NotHere: lambda _request, _error: _page(pages, 404, "not_there"),
        Unreadable: lambda _request, _error: _page(pages, 400, "unreadable"),
        PermissionDeniedException: lambda _request, _error: _page(pages, 403, "origin"),
        ClientException: client_error,
    }


def _page(pages: Pages, status: int, key: str) -> Response[str]:
    """`key`: under [refused], with its `_title`."""
    title, text = word("refused", f"{key}_title"), word("refused", key)
    return pages.show("refused.html", status, title=title, text=text, broadcast=None, faults=[], kept=())
