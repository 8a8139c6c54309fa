"""aiohttp under httpx, which the house's own pool is measured against."""

from __future__ import annotations

import ssl
from collections.abc import Callable

import aiohttp
import httpx
from httpx_aiohttp.transport import AiohttpResponseStream, map_aiohttp_exceptions
from yarl import URL


def over_aiohttp(tls: Callable[[], ssl.SSLContext] | None = None) -> httpx.AsyncBaseTransport:
    """Keeps no cookies, follows nothing; `tls` is asked when the first call is made."""
    return Aiohttp(tls)


class Aiohttp(httpx.AsyncBaseTransport):
    """Sends an address as it is written: aiohttp would write `%3B` as `;`, and the request's hash would not fit it."""

    def __init__(self, tls: Callable[[], ssl.SSLContext] | None) -> None:
        self._tls = tls
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._session is None:
            self._session = _session(self._tls)
        wait = request.extensions.get("timeout", {})
        times = aiohttp.ClientTimeout(
            sock_connect=wait.get("connect"), sock_read=wait.get("read"), connect=wait.get("pool")
        )
        with map_aiohttp_exceptions():
            response = await self._session.request(
                request.method,
                URL(str(request.url), encoded=True),
                headers=[(name.decode("ascii"), value.decode("latin-1")) for name, value in request.headers.raw],
                data=_content(request),
                allow_redirects=False,
                timeout=times,
            )
        stream = AiohttpResponseStream(response)
        return httpx.Response(response.status, headers=response.raw_headers, stream=stream, request=request)

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()


def _session(tls: Callable[[], ssl.SSLContext] | None) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(ssl=tls() if tls else True),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
    )


def _content(request: httpx.Request) -> bytes | httpx.AsyncByteStream | None:
    """What was read already, or its pieces as they come."""
    try:
        return request.content or None
    except httpx.RequestNotRead:
        request.headers.pop("transfer-encoding", None)
        assert isinstance(request.stream, httpx.AsyncByteStream)
        return request.stream
