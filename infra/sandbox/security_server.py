"""The X-Road façade behind /r1/…, acting as both security servers at once.

Errors of its own carry X-Road-Error and {type, message, detail}; a provider's answer passes unchanged.
The request hash is taken over lower-case header names, the form in which the door hands them over.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from infra.sandbox.asgi import SAFE, Answer, Headers, json_answer
from infra.sandbox.exchange_log import ExchangeLog, Message
from infra.sandbox.faults import Faults
from infra.sandbox.services import Call, Key, Service
from infra.sandbox.settings import Clock
from infra.sandbox.xroad import Address, ExchangeError, parse_address, parse_client, request_hash

INSTANCE: Final = "TOKYO23"
HOUSE: Final = "TOKYO23/COM/900100/kurashimado"


@dataclass(frozen=True)
class Asked:
    """One request as an information system sent it; header pairs are in received order, names in lower case.

    `certificate` is the DER that the caller showed in the handshake; None: it showed none.
    """

    verb: str
    target: str
    pairs: list[tuple[str, str]]
    body: bytes
    certificate: bytes | None


@dataclass(frozen=True)
class Envelope:
    """One request with everything around it."""

    asked: Asked
    request_id: str
    given_id: str | None
    at: datetime

    @property
    def headers(self) -> Mapping[str, str]:
        """The last one wins when a header is repeated."""
        return dict(self.asked.pairs)

    @property
    def message_id(self) -> str:
        return self.given_id or f"{INSTANCE}-{self.request_id}"


class SecurityServer:
    """`registered`: by client, the DER of the certificate of its information system."""

    def __init__(
        self,
        services: Mapping[Key, Service],
        registered: Mapping[str, bytes],
        faults: Faults,
        log: ExchangeLog,
        clock: Clock,
    ) -> None:
        self._services = services
        self._registered = registered
        self._faults = faults
        self._log = log
        self._clock = clock

    async def answer(self, asked: Asked) -> Answer:
        """Whatever comes of it, also a caller that hangs up, is in the log."""
        envelope = Envelope(
            asked,
            request_id=str(uuid.uuid4()),
            given_id=dict(asked.pairs).get("x-road-id") or None,
            at=self._clock.now(),
        )
        answer: Answer | None = None
        try:
            answer = await self._answer(envelope)
        finally:
            self._log.keep(_message(envelope, answer))
        return answer

    async def _answer(self, envelope: Envelope) -> Answer:
        try:
            client = parse_client(envelope.headers.get("x-road-client"))
            self._authenticated(client, envelope.asked.certificate)
            address = parse_address(envelope.asked.target.split("?", 1)[0])
            service = self._granted(address, envelope.asked.verb)
        except ExchangeError as error:
            return _own_error(error)
        answer = await self._faults.before(service.fault)
        if answer is None:
            call = Call(address.member, envelope.asked.verb, address.path, envelope.headers, envelope.asked.body)
            answer = await service.answer(call)
        return Answer(answer.status, answer.body, [*answer.headers, *SAFE, *_seal(envelope)])

    def _authenticated(self, client: str, certificate: bytes | None) -> None:
        """Raises ExchangeError unless the caller showed the very certificate that is registered for `client`."""
        registered = self._registered.get(client)
        if registered is None:
            raise ExchangeError("server.clientproxy.unknown_member", f"client {client} is not registered")
        if certificate != registered:
            shown = "another certificate" if certificate else "no certificate"
            raise ExchangeError(
                "server.clientproxy.ssl_authentication_failed", f"{shown} was shown than is registered for {client}"
            )

    def _granted(self, address: Address, verb: str) -> Service:
        """The checks of the provider's side in X-Road's order. Raises ExchangeError."""
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


def _seal(envelope: Envelope) -> Headers:
    """The headers by which the caller sees that this answer belongs to its request."""
    made_up_id = None if envelope.given_id else envelope.message_id
    body = envelope.asked.body or None
    digest = request_hash(
        envelope.asked.verb,
        envelope.asked.target,
        envelope.asked.pairs,
        request_id=envelope.request_id,
        message_id=made_up_id,
        body=body,
    )
    return [
        (b"x-road-id", envelope.message_id.encode("latin-1")),
        (b"x-road-client", envelope.headers["x-road-client"].encode("latin-1")),
        (b"x-road-service", _service_header(envelope.asked.target).encode("latin-1")),
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
        verb=envelope.asked.verb,
        target=envelope.asked.target,
        client=headers.get("x-road-client", ""),
        user=headers.get("x-road-userid", ""),
        issue=headers.get("x-road-issue", ""),
        message_id=envelope.message_id,
        request_id=envelope.request_id,
        status=answer.status if answer else None,
        error=error or None,
    )
