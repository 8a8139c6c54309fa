"""One request on its way through the exchange, and the marks by which its answer is known to be the answer to it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from infra.sandbox.asgi import Headers
from infra.sandbox.exchange.protocol import (
    Address,
    Identifier,
    check_represented,
    digest_of,
    encoded,
    parse_address,
    parse_client,
    parse_server,
    request_message,
)
from infra.sandbox.exchange.topology import INSTANCE


@dataclass(frozen=True)
class Asked:
    """One request as an information system sent it; header pairs are as received, in their order.

    `certificate` is the DER that the caller showed in the handshake; None: it showed none.
    """

    verb: str
    target: str
    pairs: list[tuple[str, str]]
    body: bytes
    certificate: bytes | None

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """By names in lower case; the last one wins when a header is repeated."""
        return {name.lower(): value for name, value in self.pairs}

    @property
    def path(self) -> str:
        return self.target.split("?", 1)[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]


@dataclass(frozen=True)
class Envelope:
    """`server` is the security server that the caller wants; None: whichever serves the provider."""

    asked: Asked
    client: Identifier
    address: Address
    server: Identifier | None
    request_id: str
    message_id: str
    head: bytes
    at: datetime

    @classmethod
    def of(cls, asked: Asked, at: datetime) -> Envelope:
        """Raises ExchangeError when it says not who asks whom."""
        client, address = parse_client(asked.headers.get("x-road-client")), parse_address(asked.path)
        check_represented(asked.headers.get("x-road-represented-party"))
        request_id, given = str(uuid.uuid4()), asked.headers.get("x-road-id")
        message_id = given or f"{INSTANCE}-{uuid.uuid4()}"
        made = None if given else message_id
        head = request_message(asked.verb, asked.target, asked.pairs, request_id=request_id, message_id=made)
        server = parse_server(asked.headers.get("x-road-security-server"))
        return cls(asked, client, address, server, request_id, message_id, head, at)

    @property
    def body(self) -> bytes | None:
        return self.asked.body or None

    def marks(self) -> Headers:
        """In the order in which X-Road puts them behind the provider's own headers."""
        return [
            (b"x-road-id", self.message_id.encode("latin-1")),
            (b"x-road-client", encoded(self.client).encode("ascii")),
            (b"x-road-service", encoded(self.address.id).encode("ascii")),
            (b"x-road-request-id", self.request_id.encode()),
            (b"x-road-request-hash", digest_of(self.head, self.body).encode()),
        ]
