"""The exchange put together: our security server with its door, and the providers' servers behind it."""

from __future__ import annotations

from collections.abc import Mapping

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from infra.sandbox.exchange.certificates import Root
from infra.sandbox.exchange.containers import Stamping
from infra.sandbox.exchange.door import ExchangeDoor
from infra.sandbox.exchange.page_log import ExchangeLog
from infra.sandbox.exchange.protocol import Identifier
from infra.sandbox.exchange.provider import ProviderServer
from infra.sandbox.exchange.rules import Rules
from infra.sandbox.exchange.seals import Seals
from infra.sandbox.exchange.security_server import SecurityServer
from infra.sandbox.exchange.topology import HOUSE, INSTANCE, NOT_GRANTED, places
from infra.sandbox.faults import Faults
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import Clock, Settings

HOSTS = ("localhost", "127.0.0.1", "::1")


def exchange_of(
    settings: Settings, services: Mapping[Key, Service], faults: Faults, stamping: Stamping, clock: Clock
) -> ExchangeDoor:
    root = Root.kept(settings.exchange_keys) if settings.exchange_keys else Root.made()
    rules, seals, offered = Rules(), Seals(root), _offered(services)
    servers = [ProviderServer(place, offered, rules, seals, faults) for place in places()]
    certificate = _certificate(settings)
    registered: dict[Identifier, bytes] = {}
    if certificate is not None:
        der = certificate.public_bytes(serialization.Encoding.DER)
        registered = {HOUSE: der, NOT_GRANTED: der}
    server = SecurityServer(registered, frozenset(offered), servers, rules, seals, stamping, ExchangeLog(), clock)
    own = root.certifies("Made-up Security Server", HOSTS)
    return ExchangeDoor(server, root, own, [certificate] if certificate else [])


def _certificate(settings: Settings) -> x509.Certificate | None:
    pem = settings.exchange_client
    return x509.load_pem_x509_certificate(pem.read_bytes()) if pem and pem.exists() else None


def _offered(services: Mapping[Key, Service]) -> dict[Identifier, dict[str, Service]]:
    offered: dict[Identifier, dict[str, Service]] = {}
    for (kind, subsystem, code), service in services.items():
        for member in service.members:
            offered.setdefault((INSTANCE, kind, member, subsystem), {})[code] = service
    return offered
