"""The security server of those who provide: it grants, refuses, logs, and forwards to who answers."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from infra.sandbox.asgi import SAFE, Answer
from infra.sandbox.exchange import metaservices
from infra.sandbox.exchange.envelope import Envelope
from infra.sandbox.exchange.globs import Endpoints
from infra.sandbox.exchange.messages import Message, MessageLog
from infra.sandbox.exchange.protocol import ExchangeError, Identifier, encoded, response_message
from infra.sandbox.exchange.rules import Rules, State, endpoints_of
from infra.sandbox.exchange.seals import Seals
from infra.sandbox.exchange.topology import HOUSE, NOT_GRANTED, Place
from infra.sandbox.faults import Faults
from infra.sandbox.services import Call, Service

REGISTERED = frozenset({HOUSE, NOT_GRANTED})
"""Clients in the global configuration."""


class ProviderServer:
    """`offered`: by subsystem, its services by their code."""

    def __init__(
        self,
        place: Place,
        offered: Mapping[Identifier, Mapping[str, Service]],
        rules: Rules,
        seals: Seals,
        faults: Faults,
    ) -> None:
        self.place = place
        self.log = MessageLog()
        self._offered = offered
        self._rules = rules
        self._seals = seals
        self._faults = faults

    async def answer(self, envelope: Envelope, request: Message) -> tuple[Answer, Message]:
        """The answer with its marks, and as it is signed. Raises ExchangeError, checked in X-Road's order."""
        self._open()
        address, client = envelope.address, envelope.client
        if client not in REGISTERED:
            raise ExchangeError("server.serverproxy.unknown_member", f"client {encoded(client)} is not registered")
        own = self._offered.get(address.provider, {})
        if envelope.asked.verb == "GET" and address.service in metaservices.METASERVICES:
            self.log.keep(address.provider, request)
            told = self._tells(envelope, own)
        else:
            service = self._granted(envelope, own)
            self.log.keep(address.provider, request)
            told = await self._forwarded(envelope, service)
        answer = Answer(told.status, told.body, [*told.headers, *SAFE, *envelope.marks()])
        response = self._signed(envelope, answer)
        self.log.keep(address.provider, response)
        return answer, response

    def _open(self) -> None:
        state = self._rules.state(self.place.code)
        if state is State.UNREACHABLE:
            raise ExchangeError("server.clientproxy.network_error", f"{self.place.code} cannot be reached")
        if state is State.MAINTENANCE:
            raise ExchangeError("server.serverproxy.maintenance_mode", f"{self.place.code} is under maintenance")

    def _granted(self, envelope: Envelope, own: Mapping[str, Service]) -> Service:
        address, asked = envelope.address, envelope.asked
        service, id = own.get(address.service), encoded(address.id)
        if service is None:
            raise ExchangeError("server.serverproxy.unknown_service", f"no service {id}")
        if service.kind == "WSDL":
            raise ExchangeError("server.serverproxy.service_type", f"{id} is not called by REST")
        granted = self._rules.granted(envelope.client, id, service)
        allowed = granted is not None and service.grants(asked.verb, address.granted_path)
        if not allowed:
            raise ExchangeError("server.serverproxy.access_denied", f"{asked.verb} {address.path} is not granted")
        if notice := self._rules.disabled.get(id):
            raise ExchangeError("server.serverproxy.service_disabled", f"{id} is disabled: {notice}")
        return service

    async def _forwarded(self, envelope: Envelope, service: Service) -> Answer:
        instead = await self._faults.before(service.fault)
        if instead is not None:
            return instead
        asked, address = envelope.asked, envelope.address
        return await service.answer(Call(address.member, asked.verb, address.path, asked.headers, asked.body))

    def _tells(self, envelope: Envelope, own: Mapping[str, Service]) -> Answer:
        address = envelope.address
        if address.service == metaservices.DESCRIBE:
            return metaservices.describe(envelope.asked.target, own)
        listed: dict[str, tuple[Service, Endpoints]] = {}
        for code, service in own.items():
            granted = self._rules.granted(envelope.client, encoded((*address.provider, code)), service)
            if address.service == metaservices.LIST:
                listed[code] = (service, endpoints_of(service))
            elif granted is not None:
                listed[code] = (service, granted)
        return metaservices.list_services(address.provider, listed)

    def _signed(self, envelope: Envelope, answer: Answer) -> Message:
        try:
            reason = HTTPStatus(answer.status).phrase
        except ValueError:
            reason = ""
        head = response_message(answer.status, reason, answer.headers)
        seal = self._seals.of(envelope.address.provider)
        return Message("response", envelope.message_id, head, answer.body or None, envelope.at, seal)
