"""What the people at the security servers may decide by hand: rights taken away, services and servers closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from infra.sandbox.exchange.errors import Dialect
from infra.sandbox.exchange.globs import ANY, Endpoint, Endpoints
from infra.sandbox.exchange.protocol import Identifier
from infra.sandbox.exchange.topology import HOUSE
from infra.sandbox.services import Service

GROUPS: Final = {"resident-portals": frozenset({HOUSE})}
"""Global groups; every service of the made-up city is granted to this one."""


class State(StrEnum):
    """Of a provider's security server."""

    OPEN = "open"
    MAINTENANCE = "maintenance"
    UNREACHABLE = "unreachable"


@dataclass
class Rules:
    """Services by their id in encoded form, servers by their code."""

    dialect: Dialect = Dialect.NEW
    states: dict[str, State] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    disabled: dict[str, str] = field(default_factory=dict)

    def state(self, server: str) -> State:
        return self.states.get(server, State.OPEN)

    def granted(self, client: Identifier, service_id: str, service: Service) -> Endpoints | None:
        """What `client` may call of a service; None: nothing."""
        if client not in GROUPS["resident-portals"] or service_id in self.revoked:
            return None
        return endpoints_of(service)

    def reset(self) -> None:
        self.__init__()  # type: ignore[misc]


def endpoints_of(service: Service) -> Endpoints:
    """As agreed; a service whose grants are no list of endpoints is shown as granted whole."""
    return service.grants if isinstance(service.grants, Endpoints) else Endpoints((Endpoint(ANY, "**"),))
