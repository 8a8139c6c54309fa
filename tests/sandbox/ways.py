"""The two ways into the made-up city: its security server over real mutual TLS, and everything else in process."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import httpx

from infra.sandbox.app import Front
from infra.sandbox.exchange.certificates import Certified

EXCHANGE = ("/r1", "/r2", "/listClients", "/asic")


class Ways(httpx.AsyncBaseTransport):
    """What begins like a path of the exchange goes there over the wire, as `caller`; the rest into the application."""

    def __init__(self, city: Front, caller: ssl.SSLContext) -> None:
        self._city = city
        self._inside = httpx.ASGITransport(city)  # type: ignore[arg-type]
        self._wire = httpx.AsyncHTTPTransport(verify=caller)
        self._listening: asyncio.Server | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.startswith(EXCHANGE):
            return await self._inside.handle_async_request(request)
        if self._listening is None:
            self._listening = await self._city.exchange.open("127.0.0.1", 0)
        port = self._listening.sockets[0].getsockname()[1]
        wired = httpx.Request(
            request.method,
            request.url.copy_with(scheme="https", host="localhost", port=port),
            headers=[(name, value) for name, value in request.headers.raw if name.lower() != b"host"],
            content=await request.aread(),
        )
        return await self._wire.handle_async_request(wired)

    async def aclose(self) -> None:
        await self._wire.aclose()
        if self._listening is not None:
            self._listening.close()


def caller(folder: Path, shown: Certified | None) -> ssl.SSLContext:
    """Trusts the exchange whose root is kept in `folder`, and shows a certificate or none."""
    context = ssl.create_default_context(cafile=folder / "root.pem")
    if shown is not None:
        shown.write(folder, "shown")
        context.load_cert_chain(folder / "shown.pem", folder / "shown_key.pem")
    return context
