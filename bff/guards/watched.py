"""Outermost of all: each request gets a number, is timed and counted by its route, and stands in the log when asked."""

from __future__ import annotations

import time
from typing import Final
from uuid import uuid4

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from bff import told, tracing
from bff.functions import function_of
from bff.process import Lately
from bff.watch import REQUEST_SECONDS, REQUESTS

log = structlog.get_logger()
NOT_LOGGED: Final = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked every few seconds by machines."""
_DEFECT: Final = 500
_REFUSED: Final = 400
_UNAVAILABLE: Final = 503


def watched(app: ASGIApp, lately: Lately, *, log_requests: bool) -> ASGIApp:
    """`app`, every answer of which carries its number (`X-Request-Id`), for whoever asks an operator about it."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            return await app(scope, receive, send)
        status, began = _DEFECT, time.perf_counter()
        one = told.Told(uuid4().hex)

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", one.number.encode())]
            await send(message)

        with told.under_way(one), tracing.span(scope["method"], "asked") as span:
            try:
                await app(scope, receive, noting)
            finally:
                route, took = scope.get("path_template") or "/", time.perf_counter() - began
                outcome = _outcome(status, one.has_failed)
                REQUESTS.labels(route, one.what, outcome).inc()
                REQUEST_SECONDS.labels(route, one.what).observe(took)
                if (function := function_of(route, one.what)) is not None:
                    lately.note(function, failed=outcome in ("failed", "unavailable"))
                if span.is_recording():
                    span.update_name(f"{scope['method']} {route} {one.what}".rstrip())
                    span.set_attributes({"http.route": route, "http.response.status_code": status, "outcome": outcome})
                    if outcome == "failed":
                        tracing.failed(span, outcome)
                if log_requests and route not in NOT_LOGGED:
                    ms = round(took * 1000)
                    log.info("request", method=scope["method"], route=route, status=status, outcome=outcome, ms=ms)

    return wrapped


def _outcome(status: int, has_failed: bool) -> str:
    """answered, refused (by us, for a reason of theirs), unavailable (come again) or failed (a defect)."""
    if has_failed or (status >= _DEFECT and status != _UNAVAILABLE):
        return "failed"
    if status == _UNAVAILABLE:
        return "unavailable"
    return "refused" if status >= _REFUSED else "answered"
