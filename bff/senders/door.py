"""/senders/v1: PUT one event, ask what became of it, read a case as it stands. The key alone says who asks."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog
from litestar import Request, Response, delete, get, put
from litestar.enums import MediaType
from litestar.exceptions import ClientException, HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery

from bff.db import AWAY
from bff.errors import TooManyTries
from bff.guards.gate import OPEN
from bff.senders import event, keys, reading, superseding, taking
from bff.senders.house import House
from bff.senders.keys import Caller
from bff.senders.problems import Refused, problem
from bff.senders.taken import Taken

BEARER: Final = re.compile(r"Bearer (kmk_(?:live|trial)_[A-Za-z0-9_-]{43})")
OPENAPI: Final = Path(__file__).with_name("openapi.json")
EXAMPLE: Final = Path(__file__).with_name("verifying_example.py")
TOO_LARGE: Final = 413
AGAIN: Final = 30
"""Seconds after which a sender may try whether our database is back."""
log = structlog.get_logger()
Asked = Request[Any, Any, Any]
Answer = Response[Any]


def senders(house: House) -> list[HTTPRouteHandler]:
    """The routes."""

    @put("/senders/v1/events/{event_name:str}", include_in_schema=False, opt=OPEN, request_max_body_size=event.LARGEST)
    async def put_event(request: Asked, event_name: FromPath[str]) -> Answer:
        return await _answered(request, lambda caller: _put(request, caller, event_name))

    @delete("/senders/v1/events/{event_name:str}", include_in_schema=False, opt=OPEN, status_code=200)
    async def delete_event(request: Asked, event_name: FromPath[str]) -> Answer:
        async def answer(caller: Caller) -> Answer:
            if not event.NAME.fullmatch(event_name):
                raise Refused("not_there")
            return _json(_told(await superseding.withdraw(house, caller, event_name)))

        return await _answered(request, answer)

    @get("/senders/v1/events/{event_name:str}", include_in_schema=False)
    async def get_event(request: Asked, event_name: FromPath[str]) -> Answer:
        async def answer(caller: Caller) -> Answer:
            return _json(await reading.event(house, caller, event_name))

        return await _answered(request, answer)

    @get("/senders/v1/cases/{case_name:str}", include_in_schema=False)
    async def get_case(request: Asked, case_name: FromPath[str], subject: FromQuery[str] = "") -> Answer:
        async def answer(caller: Caller) -> Answer:
            return _json(await reading.case(house, caller, case_name, subject))

        return await _answered(request, answer)

    @get("/senders/v1/openapi.json", include_in_schema=False)
    async def openapi() -> Answer:
        return Response(OPENAPI.read_bytes(), media_type=MediaType.JSON)

    @get("/senders/v1/verify.py", include_in_schema=False)
    async def example() -> Answer:
        return Response(EXAMPLE.read_bytes(), media_type="text/x-python; charset=utf-8")

    async def _put(request: Asked, caller: Caller, name: str) -> Answer:
        if not event.NAME.fullmatch(name):
            raise Refused(
                "unfit", faults=[event.Fault("id", "1 to 100 of A-Z a-z 0-9 . _ : -, a letter or digit first")]
            )
        if request.content_type[0] != "application/json":
            raise Refused("not_json")
        try:
            told = event.read(await request.body(), house.clock())
        except event.Unfit as unfit:
            raise Refused("unfit", faults=unfit.faults) from unfit
        taken = await taking.take(house, caller, name, told)
        status = (202 if taken.state == "waiting" else 201) if taken.fresh else 200
        return _json(_told(taken), status)

    async def _answered(request: Asked, answer: Callable[[Caller], Awaitable[Answer]]) -> Answer:
        try:
            return await answer(await _caller(request))
        except Refused as refused:
            return problem(refused)
        except TooManyTries as many:
            return problem(Refused("too_many", retry_after=many.retry_after))
        except AWAY as away:
            log.warning("the database does not answer a sender", why=type(away).__name__)
            return problem(Refused("away", retry_after=AGAIN))
        except (ClientException, HTTPException) as wrong:
            if wrong.status_code == TOO_LARGE:
                return problem(Refused("too_large", f"at most {event.LARGEST} bytes"))
            raise

    async def _caller(request: Asked) -> Caller:
        """Raises Refused, and TooManyTries: who has no key is soon heard no more."""
        client = request.client
        where = house.limits.address(request.headers, client and client.host)
        held = BEARER.fullmatch(request.headers.get("authorization", ""))
        async with house.db.house() as conn:
            caller = await keys.known_by(conn, held[1], house.clock()) if held else None
        if caller is None:
            await house.limits.take("sender_key", address=where)
            raise Refused("no_key")
        await house.limits.take("sender", account=caller.key.id, address=where)
        return caller

    return [put_event, delete_event, get_event, get_case, openapi, example]


def _told(taken: Taken) -> dict[str, object]:
    return {"id": taken.name, "state": taken.state, "revision": taken.revision}


def _json(told: object, status: int = 200) -> Answer:
    body = msgspec.json.encode(told)
    return Response(body, status_code=status, media_type=MediaType.JSON, headers={"Cache-Control": "no-store"})
