"""Which side a web process is on: the residents' doors lie towards the internet, the officials' towards LGWAN, and
a process of one side knows nothing of the other, whatever stands before it lets through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send
from litestar.utils import normalize_path

from bff.settings.running import Side

SHARED: Final = ("/assets", "/icons", "/reports", "/healthz", "/readyz", "/metrics", "/manifest.webmanifest")
"""What both need: the built files, what a browser reports, and what watches the process."""
STAFF: Final = ("/staff", "/staff-handover-worker.js")


def is_below(path: str, starts: tuple[str, ...]) -> bool:
    return any(path == start or path.startswith(f"{start}/") for start in starts)


_OPEN: Final[Mapping[Side, Callable[[str], bool]]] = {
    "both": lambda _: True,
    "residents": lambda path: not is_below(path, STAFF),
    "staff": lambda path: is_below(path, STAFF + SHARED),
}


def of_side(app: ASGIApp, side: Side) -> ASGIApp:
    """`app` with the doors of `side` alone; to the others there is no such address."""
    if side == "both":
        return app
    is_open = _OPEN[side]

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        # As Litestar looks for the route: to it //staff is /staff.
        if scope["type"] != ScopeType.HTTP or is_open(normalize_path(scope["path"])):
            return await app(scope, receive, send)
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 404, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return wrapped
