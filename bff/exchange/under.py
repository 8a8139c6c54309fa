"""What lies under the exchange: aiohttp, and mutual TLS to our security server."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import httpx
from httpx_aiohttp.transport import AiohttpResponseStream, map_aiohttp_exceptions
from yarl import URL

from bff.settings import Settings, SettingsRefused


def over_aiohttp(tls: Callable[[], ssl.SSLContext] | None = None) -> httpx.AsyncBaseTransport:
    """aiohttp under httpx: several times cheaper a call than httpx's own pool; keeps no cookies, follows nothing.

    `tls` is asked when the first call is made, and again until it could tell: raises `httpx.ConnectError` meanwhile.
    """
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


@dataclass(frozen=True)
class MutualTls:
    """PEM files: our key and certificate, which the security server has registered, and what it is trusted by."""

    key: Path
    certificate: Path
    roots: Path

    def __call__(self) -> ssl.SSLContext:
        """Raises `httpx.ConnectError` while a file is missing or wrong."""
        try:
            context = ssl.create_default_context(cafile=self.roots)
            context.load_cert_chain(self.certificate, self.key)
        except (OSError, ValueError) as wrong:
            raise httpx.ConnectError(f"no mutual TLS to the security server: {wrong}") from wrong
        return context


def mutual_tls(settings: Settings) -> MutualTls:
    """Read when the first call is made: the files may come after the start."""
    return MutualTls(settings.exchange_key, settings.exchange_certificate, settings.exchange_roots)


def in_order(settings: Settings) -> None:
    """Raises SettingsRefused when mutual TLS cannot be spoken; the demo city's root may come after its start."""
    if not settings.production:
        return
    try:
        mutual_tls(settings)()
    except httpx.ConnectError as wrong:
        raise SettingsRefused(f"KURASHIMADO_EXCHANGE_KEY, _CERTIFICATE or _ROOTS: {wrong}") from wrong
