"""The desk of those who run the security servers: what passed, what is granted, and the providers' signed documents."""

from __future__ import annotations

from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from infra.sandbox.exchange.containers import asic_answer
from infra.sandbox.exchange.errors import Dialect
from infra.sandbox.exchange.rules import Rules, State
from infra.sandbox.exchange.security_server import SecurityServer
from infra.sandbox.forms import told
from infra.sandbox.pages import Asked, Pages, wants_json


class Ruling(msgspec.Struct, frozen=True):
    """The body of POST /_exchange/rules. A `service` by its id is granted or not, or disabled with a notice or not;
    a `server` by its code gets a `state`; `dialect` is how faults are spelt; `reset` undoes all of it."""

    reset: bool = False
    dialect: Dialect | None = None
    server: str | None = None
    state: State = State.OPEN
    service: str | None = None
    granted: bool | None = None
    disabled: str | None = None


def exchange_desk(exchange: SecurityServer, pages: Pages) -> list[HTTPRouteHandler]:
    @get("/_exchange")
    async def show(request: Asked) -> Response[object]:
        if wants_json(request):
            return Response(exchange.page.newest_first())
        values = {"messages": exchange.page.newest_first()[:200], **_shown(exchange.rules)}
        return pages.show("exchange.html", values | {"dialects": list(Dialect)})

    @get("/_exchange/rules")
    async def rules() -> dict[str, object]:
        return _shown(exchange.rules)

    @post("/_exchange/rules", status_code=200)
    async def rule(request: Asked) -> Response[object]:
        try:
            _apply(await told(request, Ruling), exchange.rules)
        except msgspec.ValidationError as error:
            return Response({"code": "invalid", "message": str(error)}, status_code=422)
        if wants_json(request):
            return Response(_shown(exchange.rules))
        return Response(None, status_code=303, headers={"Location": "/_exchange"})

    @get("/_exchange/{server:str}/asic")
    async def documents(server: FromPath[str], request: Asked) -> Response[bytes]:
        """As `/asic` of a provider's security server, which our own caller does not reach."""
        provider = next((one for one in exchange.providers if one.place.code == server), None)
        if provider is None:
            return Response(b"no such security server", status_code=404, media_type="text/plain")
        query = urlencode(list(request.query_params.multi_items()))
        answer = asic_answer(query, provider.log, lambda _: True, exchange.stamping)
        kind = dict(answer.headers)[b"content-type"].decode()
        return Response(answer.body, status_code=answer.status, media_type=kind)

    return [show, rules, rule, documents]


def _apply(ruling: Ruling, rules: Rules) -> None:
    if ruling.reset:
        rules.reset()
    if ruling.dialect is not None:
        rules.dialect = ruling.dialect
    if ruling.server is not None:
        rules.states[ruling.server] = ruling.state
    if ruling.service is None:
        return
    if ruling.granted is not None:
        (rules.revoked.discard if ruling.granted else rules.revoked.add)(ruling.service)
    if ruling.disabled is not None:
        rules.disabled[ruling.service] = ruling.disabled


def _shown(rules: Rules) -> dict[str, object]:
    return {
        "dialect": rules.dialect,
        "states": rules.states,
        "revoked": sorted(rules.revoked),
        "disabled": rules.disabled,
    }
