"""What an exchange tells of itself: its members, what a provider offers, what of it we may call (PR-META, PR-MREST).

Nobody's data is asked for, so no reading is needed; an operator asks, and the security servers log it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import httpx
import msgspec

from bff.exchange import envelope
from bff.exchange.address import ClientId, ServiceId
from bff.exchange.envelope import Headers
from bff.exchange.question import Question, Under, Unreadable

LARGEST: Final = 4 << 20
LIMITS: Final = {"connect": 5.0, "read": 10.0}
WHOLE: Final = 15.0
_PLAIN: Final = (("accept", "application/json"), ("accept-encoding", "identity"))


class NotTold(Exception):
    """The exchange refused or gave no answer of use; the text is the fault, or what is wrong."""


@dataclass(frozen=True)
class Member:
    """A member, or a subsystem of one, and the member's name."""

    id: str
    name: str


@dataclass(frozen=True)
class Endpoint:
    """`*` is any method; `path` is a glob, `**` any path."""

    method: str
    path: str


@dataclass(frozen=True)
class Offered:
    """A service and how it is described (`OPENAPI`, `REST`)."""

    id: ServiceId
    kind: str
    endpoints: Sequence[Endpoint]


class Metaservices:
    """Asked over `under` of our security server at `url`, as `client`."""

    def __init__(self, under: Under, url: str, client: ClientId, new_id: Callable[[], UUID]) -> None:
        self._under = under
        self._url = httpx.URL(url)
        self._client = client
        self._new_id = new_id

    async def clients(self) -> Sequence[Member]:
        """Everybody in our instance. Raises `NotTold`."""
        told = _decoded(await self._told("/listClients", [*_PLAIN]))
        return [_member(row) for row in _rows(told, "member")]

    async def offered(self, provider: ClientId) -> Sequence[Offered]:
        """All that a subsystem offers by REST. Raises `NotTold`."""
        return await self._services(provider, "listMethods")

    async def allowed(self, provider: ClientId) -> Sequence[Offered]:
        """What of it we may call. Raises `NotTold`."""
        return await self._services(provider, "allowedMethods")

    async def description(self, service: ServiceId) -> bytes:
        """The OpenAPI description, as it came: JSON or YAML. Raises `NotTold`, also when there is none."""
        query = str(httpx.QueryParams({"serviceCode": service.service}))
        return await self._of(service.provider, "getOpenAPI", query)

    async def _services(self, provider: ClientId, metaservice: str) -> Sequence[Offered]:
        told = _decoded(await self._of(provider, metaservice))
        return [_offered(row) for row in _rows(told, "service", "member")]

    async def _of(self, provider: ClientId, metaservice: str, query: str = "") -> bytes:
        if provider.subsystem is None:
            raise NotTold(f"{provider} is a member; a subsystem of it offers services")
        service = f"{provider}/{metaservice}"
        sent: Headers = [
            *_PLAIN,
            ("x-road-client", str(self._client)),
            ("x-road-id", f"{self._client.instance}-{self._new_id()}"),
        ]
        return await self._told(f"/r1/{service}" + (f"?{query}" if query else ""), sent, service)

    async def _told(self, target: str, sent: Headers, service: str = "") -> bytes:
        url = self._url.copy_with(raw_path=target.encode("ascii"))
        question = Question("GET", url, sent, b"", LIMITS, LARGEST, _look)
        try:
            async with asyncio.timeout(WHOLE):
                reply = await self._under.ask(question)
        except (httpx.HTTPError, TimeoutError, Unreadable) as silent:
            raise NotTold(f"the security server is silent: {silent!r}") from silent
        if not httpx.codes.is_success(reply.status):
            raise NotTold(f"status {reply.status}")
        if service and not envelope.answers(reply.headers, sent, service, httpx.Request("GET", url)):
            raise NotTold("the answer is to another request")
        return reply.body


def _look(_: int, headers: Mapping[str, str]) -> None:
    if (fault := headers.get("x-road-error")) is not None:
        raise NotTold(fault)


def _decoded(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise NotTold(f"not JSON: {wrong}") from wrong


def _rows(told: Any, *roots: str) -> Sequence[Mapping[str, Any]]:
    """The list under the first of `roots` that is there: the code says `service` where the document says `member`."""
    if isinstance(told, dict):
        for root in roots:
            if isinstance(rows := told.get(root), list) and all(isinstance(row, dict) for row in rows):
                return rows
    raise NotTold(f"no list of {' or '.join(roots)}")


def _member(row: Mapping[str, Any]) -> Member:
    parts = row.get("id")
    if not isinstance(parts, dict):
        raise NotTold("a member without an id")
    instance, kind, code = (_text(parts, *names) for names in _PARTS[:3])
    subsystem = parts.get("subsystem_code", parts.get("subsystemCode"))
    id = ClientId(instance, kind, code, subsystem if isinstance(subsystem, str) else None)
    return Member(str(id), str(row.get("name", "")))


def _offered(row: Mapping[str, Any]) -> Offered:
    endpoints = row.get("endpoint_list", row.get("endpointList")) or []
    each = [Endpoint(_text(one, "method"), _text(one, "path")) for one in endpoints if isinstance(one, dict)]
    id = ServiceId(*(_text(row, *names) for names in _PARTS))
    return Offered(id, str(row.get("service_type", row.get("serviceType", ""))), each)


_PARTS: Final = (
    ("xroad_instance", "xRoadInstance"),
    ("member_class", "memberClass"),
    ("member_code", "memberCode"),
    ("subsystem_code", "subsystemCode"),
    ("service_code", "serviceCode"),
)


def _text(row: Mapping[str, Any], *names: str) -> str:
    for name in names:
        if isinstance(value := row.get(name), str) and value:
            return value
    raise NotTold(f"no {names[0]}")
