"""Rooms → Litestar: the doors, the gate before them, and the health of the house."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog
from litestar import Litestar, Request, Response, get
from litestar.enums import MediaType
from litestar.exceptions import (
    HTTPException,
    InternalServerException,
    MethodNotAllowedException,
    NotFoundException,
    PermissionDeniedException,
)
from litestar.exceptions.responses import create_exception_response
from litestar.handlers import HTTPRouteHandler
from litestar.status_codes import HTTP_404_NOT_FOUND, HTTP_503_SERVICE_UNAVAILABLE
from litestar.types import ASGIApp
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bff import downloads, login, settings, staff, tallies, tracing, watch, wiring
from bff.administration.door import kept_up, now_file
from bff.bookings.door import offer_files
from bff.calendars import calendars
from bff.db import AGAIN, AWAY
from bff.drafts import carrying
from bff.effect import effect
from bff.errors import TooManyTries
from bff.exchange import meters
from bff.exchange.evidence import stamping
from bff.facilities.door import facility_files
from bff.graphql.documents import trusted
from bff.graphql.door import graphql_door
from bff.graphql.schema import build as graphql_schema
from bff.guards import Gate, of_side, reports, watched, with_headers
from bff.mail.door import mail_files
from bff.payments import payments
from bff.public import nowhere, public_pages, verified
from bff.public.door import answer
from bff.reach.door import reach
from bff.school.door import school_files
from bff.senders.door import senders
from bff.serving import when_told
from bff.shell import missed_share, shell
from bff.texts import on_the_wire, say
from bff.uploads import uploads
from bff.uploads.scanner import scanner
from bff.verify import verifying
from bff.watch import for_good
from bff.wiring import House

log = structlog.get_logger()
LOOPBACK = frozenset({"127.0.0.1", "::1"})


def create() -> ASGIApp:
    """For granian: the whole web process, from the environment."""
    chosen = settings.read(os.environ)
    running = chosen.running
    tracing.begin(running.traces, running.traces_share, part="web", version=chosen.version)
    house = wiring.build(chosen)
    when_told(house.process.closing.begin)
    return for_good(application(house))


def doors(house: House, gate: Gate) -> Litestar:
    """Every route; the house is closed when the process ends. Of the house nothing but its settings is looked at while
    the doors are hung, and no door remembers anything: that is the house's (tests/house/test_hanging.py)."""

    @asynccontextmanager
    async def open_house(_: Litestar) -> AsyncIterator[None]:
        listening = asyncio.create_task(house.limits.crowd.listen())
        yield
        listening.cancel()
        await house.close()

    documents = trusted(house.settings.assets / "documents.json")
    return Litestar(
        [
            graphql_door(house, graphql_schema(house.settings.open_graphql), documents),
            *login.routes(house),
            *staff.routes(house),
            *downloads.routes(house),
            *effect(house),
            *payments(house),
            *calendars(house),
            *mail_files(house),
            *school_files(house),
            *reach(house),
            *senders(house),
            verifying(house, verified(house)),
            *public_pages(house),
            *facility_files(house),
            now_file(house),
            *offer_files(house),
            reports(house),
            *carrying(house),
            *uploads(house, scanner(house.settings.security.clamd_url)),
            *_health(house),
            missed_share(),
            shell(house.settings.assets, house.settings.origin, components=house.settings.components),
        ],
        guards=[gate.admit],
        lifespan=[open_house],
        openapi_config=None,
        logging_config=None,
        exception_handlers={
            HTTPException: create_exception_response,
            NotFoundException: _elsewhere(staff.nowhere(staff.Pages()), house),
            MethodNotAllowedException: _elsewhere(staff.not_by_address(staff.Pages()), house),
            TooManyTries: _too_many_tries(house),
            **dict.fromkeys(AWAY, _away(house)),
            PermissionDeniedException: _not_from_here,
            Exception: _defect,
        },
        request_max_body_size=256 * 1024,
    )


def application(house: House, hang: Callable[[House, Gate], ASGIApp] = doors) -> ASGIApp:
    """The doors of `house`, with the gate before them; `hang` when others than its own are opened."""
    gate = Gate(house.origin, house.settings.pairwise_secrets[0][1], house.limits)
    hung = of_side(kept_up(house.shelf, hang(house, gate)), house.settings.running.side)
    answering = with_headers(hung, production=house.settings.production, gate=gate)
    return watched(answering, house.process.lately, log_requests=house.settings.running.log_requests)


def _defect(request: Request[Any, Any, Any], defect: Exception) -> Response[Any]:
    """What no room expected: told to the operator whole, to the person not at all. Of the address only which route it
    is: some hold what opens a calendar."""
    where = request.scope.get("path_template") or "/"
    log.error("defect", method=request.method, path=where, exc_info=defect)
    return create_exception_response(request, InternalServerException())


def _elsewhere(
    staff_page: Callable[[], Response[str]], house: House
) -> Callable[[Request[Any, Any, Any], HTTPException], Any]:
    """404 and 405: an official is shown a page with the way back, a browser one in words, a program the usual."""

    def told(request: Request[Any, Any, Any], missing: HTTPException) -> Response[Any]:
        if request.scope["path"].startswith("/staff/"):
            return staff_page()
        if missing.status_code == HTTP_404_NOT_FOUND and "text/html" in request.headers.get("accept", ""):
            return answer(request, nowhere(house.library, request), HTTP_404_NOT_FOUND)
        return create_exception_response(request, missing)

    return told


def _too_many_tries(house: House) -> Callable[[Request[Any, Any, Any], TooManyTries], Response[Any]]:
    """429, for programs with the three texts, and for browsers that ask for a page with one in our look."""

    def answer(request: Request[Any, Any, Any], refusal: TooManyTries) -> Response[Any]:
        if "text/html" in request.headers.get("accept", ""):
            told: Response[Any] = login.wait_page(refusal, house.clock())
        else:
            message = on_the_wire(refusal.message)
            body = {"message": message, "errors": [{"message": refusal.message.ja}]}
            told = Response(body, status_code=429, media_type=MediaType.JSON)
        told.headers["Retry-After"] = str(refusal.retry_after)
        return told

    return answer


def _away(house: House) -> Callable[[Request[Any, Any, Any], Exception], Response[Any]]:
    """503: the database is away or its disk is full, nothing was committed; in a moment the same may be tried again."""
    tell = _too_many_tries(house)

    def answer(request: Request[Any, Any, Any], away: Exception) -> Response[Any]:
        log.error("the database is away", path=request.scope.get("path_template") or "/", why=type(away).__name__)
        told = tell(request, TooManyTries(say("away"), retry_after=AGAIN))
        told.status_code = HTTP_503_SERVICE_UNAVAILABLE
        return told

    return answer


def _not_from_here(request: Request[Any, Any, Any], denied: PermissionDeniedException) -> Response[Any]:
    """403 in the shape every answer of /graphql has; the headers tell a page that is only too old its new token."""
    return Response({"errors": [{"message": denied.detail}]}, status_code=403)


def _health(house: House) -> list[HTTPRouteHandler]:
    @get("/healthz", include_in_schema=False)
    async def alive() -> dict[str, str]:
        return {"status": "ok"}

    @get("/readyz", include_in_schema=False)
    async def ready() -> Response[dict[str, str]]:
        if house.process.closing.begun:
            return Response({"status": "closing"}, status_code=503)
        try:
            async with house.db.house() as conn:
                await conn.execute(text("SELECT 1"))
        except (OSError, SQLAlchemyError) as error:
            return Response({"status": "no database", "why": type(error).__name__}, status_code=503)
        return Response({"status": "ok"})

    @get("/metrics", include_in_schema=False)
    async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
        near = request.client is not None and request.client.host in LOOPBACK
        if not watch.may_read(request.headers, near, house.settings.metrics_token):
            return Response(b"", status_code=403)
        watch.DATABASE.set(0)
        with suppress(OSError, SQLAlchemyError):  # the other counters are told without a database too
            async with house.db.house() as conn:
                watch.UNSTAMPED.set(await stamping.unstamped(conn))
                await tallies.read(conn, house.clock())
            watch.DATABASE.set(1)
        meters.show(house.waiting.lanes)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [alive, ready, metrics]
