"""The one transport: every call to a ward, the nation or a utility passes here, or it is not made.

It lies under an `httpx.AsyncClient`; a request carries `extensions={"reading": Reading, "call": Call}`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import httpx

from bff import tracing
from bff.exchange.address import ClientId
from bff.exchange.board import IsClosed, Serves, everybody
from bff.exchange.deadline import at_latest, deadline_of
from bff.exchange.entries import entries_of, without_reason
from bff.exchange.judging import judge, readable
from bff.exchange.message import Message, Told
from bff.exchange.message_log import Log
from bff.exchange.meters import NOT_ASKED, SHARED
from bff.exchange.question import OverHttpx, Question, Reply, Under
from bff.exchange.reading import Call, Reading
from bff.exchange.sharing import Sharing
from bff.exchange.silence import NoReading, Silent, Why
from bff.exchange.waiting import Waiting
from bff.exchange.wire import X_ROAD, Wire

LARGEST_ANSWER = 1_048_576


class ExchangeTransport(httpx.AsyncBaseTransport):
    """Asks over `under` as `client`, and logs by `log` before an answer is handed on; `wire` is put around.

    `closed` says whether a service is switched off or in a planned outage, `serves` whether the ward is open to her:
    if not, it is not asked, and that is logged.
    Raises `Silent` for whatever a service does wrong, or when it may not be called on the reading's basis, and
    `NoReading` for a call without a reason. `ports`: the services with bases of their own that an operator has
    opened, by source; no other of them is called on whatever basis. `waiting`: shared with another
    transport. Answers of the provider with a 4xx status other than 401, 403 and a 404 `no_match` are returned as they
    are.
    """

    def __init__(
        self,
        under: Under | httpx.AsyncBaseTransport,
        *,
        client: ClientId,
        log: Log,
        clock: Callable[[], datetime],
        new_id: Callable[[], UUID],
        closed: IsClosed,
        serves: Serves = everybody,
        largest: int = LARGEST_ANSWER,
        wire: Wire = X_ROAD,
        ports: Collection[str] = (),
        waiting: Waiting | None = None,
    ) -> None:
        self._under = OverHttpx(under) if isinstance(under, httpx.AsyncBaseTransport) else under
        self._client = client
        self._log = log
        self._clock = clock
        self._new_id = new_id
        self._closed = closed
        self._serves = serves
        self._largest = largest
        self._wire = wire
        self._ports = frozenset(ports)
        self._waiting = waiting or Waiting()
        self._sharing: Sharing[Told] = Sharing()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        reading, call = request.extensions.get("reading"), request.extensions.get("call")
        if not isinstance(reading, Reading) or not isinstance(call, Call):
            await self._log(without_reason(request, self._clock(), self._new_id()))
            raise NoReading(f"{request.method} {request.url.path} has no reading or no call")
        await request.aread()
        at, started = self._clock(), time.monotonic()
        told = await self._told(self._message(request, reading, call))
        took_ms = round((time.monotonic() - started) * 1000)
        for entry in entries_of(told, at, took_ms):
            await self._log(entry)
        if isinstance(told.outcome, Silent):
            raise told.outcome
        return told.outcome

    async def aclose(self) -> None:
        await self._under.aclose()

    def _message(self, request: httpx.Request, reading: Reading, call: Call) -> Message:
        message = self._new_id()
        return Message(
            id=message,
            request=request,
            sent=self._wire.headers(request, client=self._client, message=message, reading=reading, call=call),
            service=self._wire.service(request),
            reading=reading,
            call=call,
        )

    async def _told(self, message: Message) -> Told:
        call = message.call
        closed = await self._shut(message)
        if closed is not None:
            NOT_ASKED.labels(call.source, str(closed.why)).inc()
            return Told(message, closed)
        if not call.repeatable:
            return await self._asked(message)
        with at_latest(call.patience.whole):
            return await self._shared(message)

    async def _shared(self, message: Message) -> Told:
        """What another is told who asks the same now; when she goes away, it is asked in what is left of the time."""
        call, question = message.call, _question(message)
        while (under_way := self._sharing.join(question)) is not None:
            SHARED.labels(call.source).inc()
            try:
                with deadline_of(call.patience.whole).within():
                    told = await under_way
            except TimeoutError:
                return Told(message, Silent(call.source, Why.TIMEOUT))
            if told is not None:
                return _also(told, message)
        return await self._sharing.ask(question, lambda: self._asked(message))

    async def _shut(self, message: Message) -> Silent | None:
        """Why it is not asked at all; None: it is."""
        call = message.call
        if not call.may_rest_on(message.reading, self._ports):
            return Silent(call.source, Why.REFUSED)
        if not self._serves(message.reading.subject.ward, message.reading.resident):
            return Silent(call.source, Why.NOT_STARTED)
        closed = await self._closed(call.source, message.reading.subject.ward)
        return closed.silence(call.source) if closed is not None else None

    async def _asked(self, message: Message) -> Told:
        """All its attempts; with a hedge, two messages are sent and the one that is answered counts."""
        call, sent = message.call, [message]

        async def hedge() -> tuple[Message, httpx.Response]:
            sent.append(self._message(message.request, message.reading, call))
            return await self._attempt(sent[-1])

        try:
            answered, outcome = await self._waiting.through(
                lambda: self._attempt(message),
                hedge,
                source=call.source,
                service=message.service,
                patience=call.patience,
                repeatable=call.repeatable,
            )
        except Silent as silent:
            return Told(message, silent, tuple(sent[1:]))
        return Told(answered, outcome, tuple(one for one in sent if one is not answered))

    async def _attempt(self, message: Message) -> tuple[Message, httpx.Response]:
        about = {"exchange.service": message.service, "exchange.message": str(message.id)}
        with tracing.span(f"ask {message.call.source}", "asks", about=about):
            theirs = tracing.carried_to(message.service)
            return await self._put(replace(message, sent=[*message.sent, *theirs.items()]) if theirs else message)

    async def _put(self, message: Message) -> tuple[Message, httpx.Response]:
        request, call = message.request, message.call
        question = Question(
            request.method,
            request.url,
            message.sent,
            request.content,
            call.patience.httpx,
            self._largest,
            lambda _, headers: readable(headers, call.source),
        )
        reply = await self._under.ask(question)
        judge(reply, message, self._wire)
        return message, httpx.Response(reply.status, headers=_kept(reply), content=reply.body, request=request)


def _kept(reply: Reply) -> Mapping[str, str]:
    """The provider's own headers: those of the exchange have been judged, and nobody looks at them again."""
    return {name: value for name, value in reply.headers.items() if not name.startswith("x-road-")}


def _question(message: Message) -> Hashable:
    """Who asks whom about whom, what for, on what: all that makes two calls the same one."""
    request, call = message.request, message.call
    body = request.content
    return (call.source, call.server, message.service, request.method, request.url.raw_path, body, message.reading)


def _also(told: Told, message: Message) -> Told:
    """What another call was told, for the asker of `message`: of the message that was sent, as her own answer."""
    answer = told.outcome
    if isinstance(answer, Silent):
        silent = Silent(answer.source, answer.why, answer.until)
        return Told(told.message, silent)
    again = httpx.Response(answer.status_code, headers=answer.headers, content=answer.content, request=message.request)
    return Told(told.message, again)
