"""An httpx client that goes where it may: no redirects, no proxy of the environment, bounded in time and size."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from functools import cache
from typing import Any

import httpcore
import httpx

from bff.outgoing.places import Places
from bff.outgoing.resolving import Backend

PATIENCE = 10.0
WITHIN = 20.0
"""Seconds for a whole answer: a server that sends a byte now and then keeps nobody longer."""
MOST = 1024 * 1024
"""Bytes of an answer."""


class Outgoing(httpx.AsyncClient):
    """Raises `httpx.ConnectError` for whoever is not one of `places`, and `httpx.ReadError` for an endless answer."""

    def __init__(self, places: Places, *, most: int = MOST, within: float = WITHIN) -> None:
        super().__init__(transport=_Transport(places, most), timeout=PATIENCE, follow_redirects=False, trust_env=False)
        self._within = within

    async def send(self, request: httpx.Request, **how: Any) -> httpx.Response:
        try:
            async with asyncio.timeout(self._within):
                return await super().send(request, **how)
        except TimeoutError as late:
            raise httpx.ReadTimeout(f"no whole answer within {self._within} s", request=request) from late


@cache
def _trusting() -> ssl.SSLContext:
    """Read once: the roots of the whole web are some hundred certificates."""
    return httpx.create_ssl_context(trust_env=False)


class _Transport(httpx.AsyncHTTPTransport):
    def __init__(self, places: Places, most: int) -> None:
        super().__init__(verify=_trusting(), trust_env=False)
        self._places, self._most = places, most
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_trusting(),
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=5,
            network_backend=Backend(places),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not self._places.knows(str(request.url)):
            raise httpx.ConnectError(f"{request.url.host} is not a place this house goes to", request=request)
        request.headers["accept-encoding"] = "identity"
        answer = await super().handle_async_request(request)
        if isinstance(answer.stream, httpx.AsyncByteStream):
            answer.stream = _Bounded(answer.stream, self._most)
        return answer


class _Bounded(httpx.AsyncByteStream):
    """Nothing is asked for packed, so what comes is what is kept."""

    def __init__(self, stream: httpx.AsyncByteStream, most: int) -> None:
        self._stream, self._left = stream, most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            self._left -= len(part)
            if self._left < 0:
                raise httpx.ReadError("the answer is larger than is taken")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
