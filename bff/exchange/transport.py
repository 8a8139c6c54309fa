"""The one transport: every call to a ward, the nation or a utility passes here, or it is not made.

It lies under an `httpx.AsyncClient`; a request carries `extensions={"reading": Reading, "call": Call}`.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from functools import lru_cache
from uuid import UUID

import httpx
import msgspec

from bff.exchange import envelope
from bff.exchange.address import ClientId
from bff.exchange.board import IsClosed
from bff.exchange.faults import why_of
from bff.exchange.message_log import ANSWERED, Entry, Log
from bff.exchange.reading import Call, Reading
from bff.exchange.silence import NoReading, Silent, Why
from bff.exchange.waiting import Waiting
from bff.exchange.wire import X_ROAD, Wire

LARGEST_ANSWER = 1_048_576
_SPELLINGS = frozenset({"utf-8", "utf8", "us-ascii"})


@dataclass(frozen=True)
class _Message:
    """One call on its way: what is asked of whom, under which message id."""

    id: UUID
    request: httpx.Request
    sent: envelope.Headers
    service: str
    reading: Reading
    call: Call


class ExchangeTransport(httpx.AsyncBaseTransport):
    """Asks over `under` as `client`, and logs by `log` before an answer is handed on; `wire` is put around.

    `closed` says whether a service is switched off or in a planned outage: then it is not asked, and that is logged.
    Raises `Silent` for whatever a service does wrong, or when it may not be called on the reading's basis, and
    `NoReading` for a call without a reason. `ports`: the services with bases of their own that an operator has
    opened, by source; no other of them is called on whatever basis. `waiting`: shared with another
    transport. Answers of the provider with a 4xx status other than 401, 403 and a 404 `no_match` are returned as they
    are.
    """

    def __init__(
        self,
        under: httpx.AsyncBaseTransport,
        *,
        client: ClientId,
        log: Log,
        clock: Callable[[], datetime],
        new_id: Callable[[], UUID],
        closed: IsClosed,
        largest: int = LARGEST_ANSWER,
        wire: Wire = X_ROAD,
        ports: Collection[str] = (),
        waiting: Waiting | None = None,
    ) -> None:
        self._under = under
        self._client = client
        self._log = log
        self._clock = clock
        self._new_id = new_id
        self._closed = closed
        self._largest = largest
        self._wire = wire
        self._ports = frozenset(ports)
        self._waiting = waiting or Waiting()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        reading, call = request.extensions.get("reading"), request.extensions.get("call")
        if not isinstance(reading, Reading) or not isinstance(call, Call):
            await self._log(_without_reason(request, self._clock(), self._new_id()))
            raise NoReading(f"{request.method} {request.url.path} has no reading or no call")
        await request.aread()
        message = self._message(request, reading, call)
        at, started = self._clock(), time.monotonic()
        outcome = await self._outcome(message)
        await self._log(_entry(message, outcome, at, round((time.monotonic() - started) * 1000)))
        if isinstance(outcome, Silent):
            raise outcome
        return outcome

    async def aclose(self) -> None:
        await self._under.aclose()

    def _message(self, request: httpx.Request, reading: Reading, call: Call) -> _Message:
        message = self._new_id()
        return _Message(
            id=message,
            request=request,
            sent=self._wire.headers(request, client=self._client, message=message, reading=reading, call=call),
            service=self._wire.service(request),
            reading=reading,
            call=call,
        )

    async def _outcome(self, message: _Message) -> httpx.Response | Silent:
        call = message.call
        if not call.may_rest_on(message.reading, self._ports):
            return Silent(call.source, Why.REFUSED)
        if (closed := await self._closed(call.source, message.reading.subject.ward)) is not None:
            return closed.silence(call.source)
        try:
            return await self._waiting.through(
                lambda: self._attempt(message),
                source=call.source,
                service=message.service,
                patience=call.patience,
                repeatable=call.repeatable,
            )
        except Silent as silent:
            return silent

    async def _attempt(self, message: _Message) -> httpx.Response:
        answer = await self._under.handle_async_request(
            httpx.Request(
                message.request.method,
                message.request.url,
                headers=message.sent,
                content=message.request.content or None,
                extensions={"timeout": message.call.patience.httpx},
            )
        )
        try:
            _readable(answer, message.call.source)
            body = await self._bounded(answer, message.call.source)
        finally:
            await answer.aclose()
        told = httpx.Response(answer.status_code, headers=answer.headers, content=body, request=message.request)
        _judge(told, message, self._wire)
        return told

    async def _bounded(self, answer: httpx.Response, source: str) -> bytes:
        assert isinstance(answer.stream, httpx.AsyncByteStream)
        body = bytearray()
        async for chunk in answer.stream:
            body += chunk
            if len(body) > self._largest:
                raise Silent(source, Why.WRONG_ANSWER)
        return bytes(body)


def _readable(answer: httpx.Response, source: str) -> None:
    """An error of the exchange itself is known by its header alone, be its body JSON, XML or nothing.

    What is packed might unpack to anything, and was not asked for; JSON is UTF-8 (RFC 8259, 8.1).
    """
    if (fault := answer.headers.get("x-road-error")) is not None:
        raise Silent(source, why_of(fault))
    packed = answer.headers.get("content-encoding", "identity").strip().lower()
    if packed != "identity" or _is_misspelt(answer.headers.get("content-type", "")):
        raise Silent(source, Why.WRONG_ANSWER)


@lru_cache(256)
def _is_misspelt(content_type: str) -> bool:
    kind = Message()
    kind["content-type"] = content_type
    charset = kind.get_content_charset("utf-8").lower()
    return kind.get_content_subtype().endswith("json") and charset not in _SPELLINGS


def _judge(told: httpx.Response, message: _Message, wire: Wire) -> None:
    """Raises `Silent` unless the provider itself answered this very request with something to read."""
    source = message.call.source
    if told.is_server_error:
        raise Silent(source, Why.UNAVAILABLE)
    if not wire.answers(told, message.sent, message.service, message.request):
        raise Silent(source, Why.WRONG_ANSWER)
    if told.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise Silent(source, Why.REFUSED)
    if told.status_code == httpx.codes.NOT_FOUND and _code(told) == Why.NO_MATCH:
        raise Silent(source, Why.NO_MATCH)
    if told.is_redirect or told.is_informational:
        raise Silent(source, Why.WRONG_ANSWER)


class _Coded(msgspec.Struct, frozen=True):
    code: str


def _code(told: httpx.Response) -> str | None:
    try:
        return msgspec.json.decode(told.content, type=_Coded).code
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _entry(message: _Message, outcome: httpx.Response | Silent, at: datetime, took_ms: int) -> Entry:
    answer = outcome if isinstance(outcome, httpx.Response) else None
    request, reading = message.request, message.reading
    target = request.url.raw_path.decode("ascii")
    digest = envelope.request_hash(request.method, target, message.sent, "", request.content or None)
    return Entry(
        at=at,
        message=message.id,
        asker="resident" if reading.resident else "house",
        resident=reading.resident,
        subject=reading.subject.id,
        source=message.call.source,
        service=message.service,
        purpose=reading.purpose,
        basis=reading.basis,
        request_digest=envelope.raw(digest),
        answer_digest=hashlib.sha512(answer.content).digest() if answer is not None else None,
        outcome=str(outcome.why) if isinstance(outcome, Silent) else ANSWERED,
        status=answer.status_code if answer is not None else None,
        took_ms=took_ms,
        granted=reading.granted,
    )


def _without_reason(request: httpx.Request, at: datetime, message: UUID) -> Entry:
    return Entry(
        at=at,
        message=message,
        asker="house",
        resident=None,
        subject="",
        source="",
        service=request.url.path[:200],
        purpose="",
        basis="",
        request_digest=None,
        answer_digest=None,
        outcome=str(Why.REFUSED),
        status=None,
        took_ms=0,
    )
