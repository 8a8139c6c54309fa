"""The X-Road façade: one ASGI application for /r1/…, acting as both security servers at once.

Errors of its own carry X-Road-Error and {type, message, detail}; a provider's answer passes unchanged.
The request hash is taken over lower-case header names, the form in which ASGI hands them over.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from litestar.types import Receive, Scope, Send

from infra.sandbox.asgi import SAFE, Answer, Headers, TooLarge, json_answer, read_body, send_answer, target_of
from infra.sandbox.exchange_log import ExchangeLog, Message
from infra.sandbox.faults import Faults
from infra.sandbox.services import Call, Key, Service
from infra.sandbox.settings import Clock
from infra.sandbox.xroad import Address, ExchangeError, parse_address, parse_client, request_hash

INSTANCE: Final = "TOKYO23"
KNOWN_CLIENTS: Final = frozenset({"TOKYO23/COM/900100/kurashimado"})
LIMIT: Final = 1 << 20


@dataclass(frozen=True)
class Envelope:
    """One request with everything around it; header pairs are in received order."""

    verb: str
    target: str
    pairs: list[tuple[str, str]]
    body: bytes
    request_id: str
    given_id: str | None
    at: datetime

    @property
    def headers(self) -> Mapping[str, str]:
        """The last one wins when a header is repeated."""
        return dict(self.pairs)

    @property
    def message_id(self) -> str:
        return self.given_id or f"{INSTANCE}-{self.request_id}"


class SecurityServer:
    def __init__(self, services: Mapping[Key, Service], faults: Faults, log: ExchangeLog, clock: Clock) -> None:
        self._services = services
        self._faults = faults
        self._log = log
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one HTTP request; whatever comes of it, also a caller that hangs up, is in the log."""
        pairs = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"]]
        try:
            body = await read_body(receive, LIMIT)
        except TooLarge:
            await send_answer(send, json_answer(413, {"code": "too_large"}))
            return
        envelope = Envelope(
            verb=str(scope["method"]),  # type: ignore[typeddict-item]
            target=target_of(scope),
            pairs=pairs,
            body=body,
            request_id=str(uuid.uuid4()),
            given_id=dict(pairs).get("x-road-id") or None,
            at=self._clock.now(),
        )
        answer: Answer | None = None
        try:
            answer = await self._answer(envelope)
            await send_answer(send, answer)
        finally:
            self._log.keep(_message(envelope, answer))

    async def _answer(self, envelope: Envelope) -> Answer:
        try:
            client = parse_client(envelope.headers.get("x-road-client"))
            address = parse_address(envelope.target.split("?", 1)[0])
            service = self._granted(address, client, envelope.verb)
        except ExchangeError as error:
            return _own_error(error)
        answer = await self._faults.before(service.fault)
        if answer is None:
            call = Call(address.member, envelope.verb, address.path, envelope.headers, envelope.body)
            answer = await service.answer(call)
        return Answer(answer.status, answer.body, [*answer.headers, *SAFE, *_seal(envelope, address, client)])

    def _granted(self, address: Address, client: str, verb: str) -> Service:
        """The checks of the provider's side in X-Road's order. Raises ExchangeError."""
        if client not in KNOWN_CLIENTS:
            raise ExchangeError("server.clientproxy.unknown_member", f"client {client} is not registered")
        service = self._services.get((address.member_class, address.subsystem, address.service))
        members = {
            member for key, one in self._services.items() if key[0] == address.member_class for member in one.members
        }
        if address.instance != INSTANCE or address.member not in members:
            raise ExchangeError("server.clientproxy.unknown_member", f"no member {address.service_id}")
        if service is None or address.member not in service.members:
            raise ExchangeError("server.serverproxy.unknown_service", f"no service {address.service_id}")
        if not service.grants(verb, address.path):
            raise ExchangeError("server.serverproxy.access_denied", f"{verb} {address.path} is not granted")
        return service


def _seal(envelope: Envelope, address: Address, client: str) -> Headers:
    """The headers by which the caller sees that this answer belongs to its request."""
    made_up_id = None if envelope.given_id else envelope.message_id
    body = envelope.body or None
    digest = request_hash(
        envelope.verb,
        envelope.target,
        envelope.pairs,
        request_id=envelope.request_id,
        message_id=made_up_id,
        body=body,
    )
    return [
        (b"x-road-id", envelope.message_id.encode("latin-1")),
        (b"x-road-client", envelope.headers["x-road-client"].encode("latin-1")),
        (b"x-road-service", _service_header(envelope.target).encode("latin-1")),
        (b"x-road-request-id", envelope.request_id.encode()),
        (b"x-road-request-hash", digest.encode()),
    ]


def _service_header(target: str) -> str:
    """The service id in its encoded form, as it stood in the path."""
    return "/".join(target.split("?", 1)[0].split("/")[2:7])


def _own_error(error: ExchangeError) -> Answer:
    body = {"type": error.type, "message": error.message, "detail": str(uuid.uuid4())}
    return json_answer(error.status, body, [(b"x-road-error", error.type.encode()), *SAFE])


def _message(envelope: Envelope, answer: Answer | None) -> Message:
    headers = envelope.headers
    error = dict(answer.headers).get(b"x-road-error", b"").decode() if answer else ""
    return Message(
        at=envelope.at,
        verb=envelope.verb,
        target=envelope.target,
        client=headers.get("x-road-client", ""),
        user=headers.get("x-road-userid", ""),
        issue=headers.get("x-road-issue", ""),
        message_id=envelope.message_id,
        request_id=envelope.request_id,
        status=answer.status if answer else None,
        error=error or None,
    )
