"""POST /reports/csp: browsers tell what a policy kept from running. Only counted: a report holds addresses of pages."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec
from litestar import Request, Response, post
from litestar.handlers import HTTPRouteHandler
from prometheus_client import Counter

from bff.errors import NOT_JSON
from bff.guards.gate import OPEN
from bff.guards.policy import REPORTS
from bff.limits import Limits

VIOLATIONS = Counter("kurashimado_policy_violations_total", "What a content security policy kept out", ["directive"])
_KINDS = (
    "script-src script-src-elem script-src-attr style-src style-src-elem style-src-attr img-src connect-src font-src"
    " frame-ancestors form-action base-uri worker-src require-trusted-types-for trusted-types"
)
KNOWN = frozenset(_KINDS.split())
_LARGEST = 16 * 1024
_MOST = 20


class House(Protocol):
    @property
    def limits(self) -> Limits: ...


def reports(house: House) -> HTTPRouteHandler:
    """The route."""

    @post(REPORTS, status_code=204, request_max_body_size=_LARGEST, opt=OPEN, include_in_schema=False)
    async def take(request: Request[Any, Any, Any]) -> Response[None]:
        address = house.limits.address(request.headers, request.client and request.client.host)
        await house.limits.take("report", address=address)
        for directive in directives(await request.body()):
            VIOLATIONS.labels(directive).inc()
        return Response(None, status_code=204)

    return take


def directives(body: bytes) -> list[str]:
    """Of a report of either kind (CSP2 `application/csp-report`, Reporting API); names we do not know are `other`."""
    try:
        told = msgspec.json.decode(body)
    except NOT_JSON:
        return []
    each = told if isinstance(told, list) else [told]
    return [_directive(one) for one in each[:_MOST] if isinstance(one, dict)]


def _directive(report: dict[str, Any]) -> str:
    inner = report.get("csp-report", report.get("body"))
    said = inner if isinstance(inner, dict) else {}
    name = said.get("effective-directive") or said.get("effectiveDirective") or said.get("violated-directive") or ""
    first = str(name).partition(" ")[0]
    return first if first in KNOWN else "other"
