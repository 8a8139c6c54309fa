"""The house's security server: who may speak for a client, which provider's server is asked, what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange import metaservices
from infra.sandbox.exchange.containers import BATCH, Refused, Stamping, asic_answer, stamp_batch
from infra.sandbox.exchange.envelope import Asked, Envelope
from infra.sandbox.exchange.errors import error_answer
from infra.sandbox.exchange.messages import Message, MessageLog
from infra.sandbox.exchange.page_log import ExchangeLog, Passed
from infra.sandbox.exchange.protocol import VERBS, ExchangeError, Identifier, encoded
from infra.sandbox.exchange.provider import ProviderServer
from infra.sandbox.exchange.rules import Rules
from infra.sandbox.exchange.seals import Seals
from infra.sandbox.settings import Clock

STAMPED_EVERY: Final = 60.0


class SecurityServer:
    """`registered`: by client, the DER of its information system's certificate. `known`: all who provide."""

    def __init__(
        self,
        registered: Mapping[Identifier, bytes],
        known: frozenset[Identifier],
        providers: Sequence[ProviderServer],
        rules: Rules,
        seals: Seals,
        stamping: Stamping,
        page: ExchangeLog,
        clock: Clock,
    ) -> None:
        self.log = MessageLog()
        self.providers = providers
        self.rules = rules
        self.stamping = stamping
        self.page = page
        self._registered = registered
        self._known = known
        self._seals = seals
        self._clock = clock

    async def answer(self, asked: Asked) -> Answer:
        """To an information system."""
        try:
            if asked.path == "/listClients":
                clients = {*self._registered, *self._known}
                return metaservices.list_clients(asked.target, asked.headers.get("accept"), clients)
            if asked.path == "/asic":
                may = self._may(asked.certificate)
                return asic_answer(asked.query, self.log, may, self.stamping)
            if not asked.path.startswith("/r"):
                return json_answer(404, {"code": "not_found"})
            return await self._exchanged(asked)
        except ExchangeError as error:
            return error_answer(error, asked.headers.get("accept"), self.rules.dialect)

    async def stamps_for_ever(self) -> None:
        """A batch of each server's messages every minute, beside the traffic."""
        while True:
            await self._clock.sleep(STAMPED_EVERY)
            await self.stamps_batches()

    async def stamps_batches(self) -> None:
        """The newest messages of each server are signed and stamped; what gets no stamp waits for the next time."""
        for log in (self.log, *(one.log for one in self.providers)):
            with suppress(Refused):
                await asyncio.to_thread(stamp_batch, log.unstamped(BATCH), self.stamping)

    async def _exchanged(self, asked: Asked) -> Answer:
        """Whatever comes of it, also a caller that hangs up, is on the page."""
        at = self._clock.now()
        passed = Passed.of(asked.verb, asked.target, asked.headers, at)
        try:
            if asked.verb not in VERBS:
                raise ExchangeError("server.clientproxy.invalid_http_method", f"{asked.verb} is not spoken here")
            envelope = Envelope.of(asked, at)
            passed = passed.named(envelope.message_id, envelope.request_id)
            self._authenticated(envelope.client, asked.certificate)
            provider = self._serving(envelope)
            seal = self._seals.of(envelope.client)
            request = Message("request", envelope.message_id, envelope.head, envelope.body, at, seal)
            self.log.keep(envelope.client, request)
            answer, response = await provider.answer(envelope, request)
            self.log.keep(envelope.client, response)
        except ExchangeError as error:
            passed = passed.ended(error.status, error.type)
            raise
        else:
            passed = passed.ended(answer.status, None)
            return answer
        finally:
            self.page.keep(passed)

    def _may(self, certificate: bytes | None) -> Callable[[Identifier], bool | None]:
        def may(client: Identifier) -> bool | None:
            registered = self._registered.get(client)
            return None if registered is None else registered == certificate

        return may

    def _authenticated(self, client: Identifier, certificate: bytes | None) -> None:
        """Raises ExchangeError unless the caller showed the very certificate that is registered for `client`."""
        registered = self._registered.get(client)
        if registered is None:
            raise ExchangeError("server.clientproxy.unknown_member", f"client {encoded(client)} is not registered")
        if certificate != registered:
            shown = "another certificate" if certificate else "no certificate"
            raise ExchangeError(
                "server.clientproxy.ssl_authentication_failed",
                f"{shown} was shown than is registered for {encoded(client)}",
            )

    def _serving(self, envelope: Envelope) -> ProviderServer:
        """Which server serves the provider, and is it the one that was asked for? Raises ExchangeError."""
        address = envelope.address
        if address.provider not in self._known:
            raise ExchangeError("server.clientproxy.unknown_member", f"no subsystem {encoded(address.provider)}")
        serving = next(one for one in self.providers if one.place.serves(address.member_class, address.member))
        if envelope.server not in (None, serving.place.id):
            wanted = encoded(envelope.server or ())
            raise ExchangeError("server.clientproxy.invalid_security_server", f"{wanted} does not serve the provider")
        return serving
