"""POST /graphql: trusted documents in, JSON or server-sent events out (GraphQL over HTTP and over SSE).

Strawberry's own Litestar controller keeps the response of a request on the controller, which all requests share, and
opens a thread for each; this door hands each request its own context instead (see ADR 0003).
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import msgspec
import structlog
from graphql import GraphQLError
from litestar import Request, Response, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream
from strawberry import Schema
from strawberry.http import process_result
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from bff import told
from bff.closing import AGAIN_AFTER
from bff.db import AGAIN, AWAY
from bff.errors import NOT_JSON
from bff.graphql import limits, reader
from bff.graphql.context import SESSION_COOKIE, Context
from bff.graphql.documents import UNKNOWN, UnknownDocument
from bff.graphql.plans import Plans
from bff.limits import rank_of
from bff.texts import say
from bff.wiring import House

MAX_BODY = 256 * 1024
JSON = "application/json"
EVENTS = "text/event-stream"
_NAME = re.compile(r"\b(?:query|mutation|subscription)\s+(\w+)")
AWAY_TOLD = {"message": say("away").ja, "extensions": {"code": "AWAY"}}
log = structlog.get_logger()


class Ask(msgspec.Struct, frozen=True, rename="camel"):
    """A request's body; `id` names a trusted document, `query` is a text (accepted only while developing)."""

    id: str | None = None
    query: str | None = None
    variables: dict[str, Any] | None = None
    operation_name: str | None = None


def graphql_door(house: House, schema: Schema, documents: Mapping[str, str]) -> HTTPRouteHandler:
    """The route; `documents` are the trusted ones by hash."""
    plans = Plans(schema)
    names = {id: _name(document) for id, document in documents.items()}

    @post("/graphql", status_code=200, request_max_body_size=MAX_BODY, include_in_schema=False)
    async def graphql(request: Request[Any, Any, Any]) -> Response[Any]:
        if request.content_type[0] != JSON:
            return _refused(415, "the body must be application/json")
        address = house.limits.address(request.headers, request.client and request.client.host)
        await house.limits.take("graphql", account=request.cookies.get(SESSION_COOKIE), address=address)
        try:
            ask = msgspec.json.decode(await request.body(), type=Ask)
            limits.check_variables(ask.variables)
            document = _document(ask, documents, house.settings.open_graphql)
        except NOT_JSON as error:
            return _refused(400, f"the body is not a GraphQL request: {error}")
        except UnknownDocument as error:
            return _refused(400, str(error), UNKNOWN)
        except limits.TooMuch as error:
            return _refused(400, str(error))
        told.asked_for(names.get(ask.id or "", ""))
        crowd, streams = house.limits.crowd, EVENTS in request.headers.get("accept", "")
        crowd.admit(rank_of(document), streams=streams)
        language = request.headers.get(reader.HEADER)
        document = reader.as_read_in(document, language)
        plan = plans.of(document) if ask.id in documents else None
        context = Context(house, request.cookies, address, language, plan)
        if streams:
            return await _stream(schema, document, ask, context)
        with crowd.answering():
            return await _answer(schema, document, ask, context)

    return graphql


def _name(document: str) -> str:
    found = _NAME.search(document)
    return found[1] if found else ""


def _document(ask: Ask, documents: Mapping[str, str], is_open: bool) -> str:
    if ask.id is not None and ask.id in documents:
        return documents[ask.id]
    if ask.query is None or not is_open:
        raise UnknownDocument("only the documents of this front end are answered")
    limits.check(ask.query, ask.variables)
    return ask.query


async def _answer(schema: Schema, document: str, ask: Ask, context: Context) -> Response[bytes]:
    try:
        result = await schema.execute(
            document,
            variable_values=ask.variables,
            context_value=context,
            operation_name=ask.operation_name,
            allowed_operation_types=(OperationType.QUERY, OperationType.MUTATION),
        )
    except (CannotGetOperationTypeError, InvalidOperationTypeError):
        return _refused(400, "a subscription is asked with Accept: text/event-stream")
    if _is_away(result.errors):
        return _away()
    return Response(msgspec.json.encode(process_result(result)), media_type=JSON)


async def _stream(schema: Schema, document: str, ask: Ask, context: Context) -> Response[Any]:
    async def events() -> AsyncIterator[bytes]:
        with context.house.limits.crowd.streaming():
            result = await schema.subscribe(
                document, variable_values=ask.variables, context_value=context, operation_name=ask.operation_name
            )
            if hasattr(result, "errors"):
                told = [AWAY_TOLD] if _is_away(result.errors) else [error.formatted for error in result.errors or ()]
                yield _event("next", {"data": None, "errors": told})
            else:
                closing = context.house.process.closing
                async for update in closing.until(result):
                    yield _event("next", _told(update))
                if closing.begun:
                    yield b"retry: %d\n\n" % AGAIN_AFTER
                    return
            yield b"event: complete\ndata:\n\n"

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Stream(events(), media_type=EVENTS, headers=headers)


def _event(name: str, data: Any) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (name.encode(), msgspec.json.encode(data))


def _told(update: Any) -> Any:
    return {"data": None, "errors": [AWAY_TOLD]} if _is_away(update.errors) else process_result(update)


def _is_away(errors: Sequence[GraphQLError] | None) -> bool:
    """Whether the database was away, or out of room: nothing was committed, and the same may be asked again."""
    return any(isinstance(error.original_error, AWAY) for error in errors or ())


def _away() -> Response[bytes]:
    log.error("the database is away", path="/graphql")
    body, pause = msgspec.json.encode({"errors": [AWAY_TOLD]}), {"Retry-After": str(AGAIN)}
    return Response(body, status_code=503, media_type=JSON, headers=pause)


def _refused(status: int, why: str, code: str | None = None) -> Response[bytes]:
    told = {"message": why} if code is None else {"message": why, "extensions": {"code": code}}
    body = msgspec.json.encode({"errors": [told]})
    return Response(body, status_code=status, media_type=JSON)


def log_defect(error: GraphQLError) -> None:
    """A defect in a resolver, without the document and its literals, which may hold a person's answers."""
    told.has_failed()
    log.error("graphql defect", path=error.path, exc_info=error.original_error)
