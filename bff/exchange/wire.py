"""What is put around a message: the envelope of X-Road, or nothing for a process of our own on the same machine."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Protocol
from uuid import UUID

import httpx

from bff.exchange import envelope
from bff.exchange.address import ClientId, ServiceId
from bff.exchange.envelope import Headers
from bff.exchange.reading import Call, Reading


class Wire(Protocol):
    """`service`: how the log calls what is asked; `answers`: whether headers `got` answer this very request."""

    def service(self, request: httpx.Request) -> str: ...

    def headers(
        self, request: httpx.Request, *, client: ClientId, message: UUID, reading: Reading, call: Call
    ) -> Headers: ...

    def answers(self, got: Mapping[str, str], sent: Headers, service: str, request: httpx.Request) -> bool: ...


class XRoad:
    """Raises `ValueError` for a path that names no service."""

    def service(self, request: httpx.Request) -> str:
        return _service(request.url.raw_path.decode("ascii").partition("?")[0])

    def headers(
        self, request: httpx.Request, *, client: ClientId, message: UUID, reading: Reading, call: Call
    ) -> Headers:
        return envelope.headers(request, client=client, message=message, reading=reading, call=call)

    def answers(self, got: Mapping[str, str], sent: Headers, service: str, request: httpx.Request) -> bool:
        return envelope.answers(got, sent, service, request)


class Bare:
    """The asked process is told nothing of who asks about whom, and seals nothing: the body is all there is."""

    def service(self, request: httpx.Request) -> str:
        return f"own{request.url.path}"

    def headers(
        self, request: httpx.Request, *, client: ClientId, message: UUID, reading: Reading, call: Call
    ) -> Headers:
        given = request.headers.get("content-type")
        always = [("accept", "application/json"), ("accept-encoding", "identity")]
        return [*always, *([("content-type", given)] if given else [])]

    def answers(self, got: Mapping[str, str], sent: Headers, service: str, request: httpx.Request) -> bool:
        return True


@lru_cache(1024)
def _service(path: str) -> str:
    return str(ServiceId.of_path(path))


X_ROAD: Final = XRoad()
BARE: Final = Bare()
