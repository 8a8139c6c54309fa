"""The sender of pushes: to each push service a few HTTP/2 connections that stay open; aiohttp where it speaks none."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver

from notifications.channels import frames
from notifications.channels.frames import Broken
from notifications.channels.line import Line
from notifications.channels.senders import CONNECT_S, PATIENCE_S, AiohttpSender, Answer, Letter, Unreached
from notifications.channels.way import NoHttp2, Way

WITHOUT_HTTP2_S = 600.0
"""How long a push service that spoke none is not asked for it again."""


class Lines:
    """`resolver` as in AiohttpSender. `roots`: a PEM file of what certificates lead to, the system's unless given.

    No proxy, no redirects, no cookies. Opened at the first post, in the loop that posts."""

    def __init__(
        self, resolver: AbstractResolver | None = None, roots: Path | None = None, patience: float = PATIENCE_S
    ) -> None:
        self._resolver, self._roots, self._patience = resolver, roots, patience
        self._plain = AiohttpSender(resolver, roots)
        self._ways: dict[str, Way] = {}
        self._old_fashioned: dict[str, float] = {}

    async def send(self, origin: str, headers: Mapping[str, str], letters: Iterable[Letter]) -> list[Answer | None]:
        """As a Sender does; letters are made while earlier ones are on their way."""
        loop = asyncio.get_running_loop()
        if self._old_fashioned.get(origin, 0.0) <= loop.time():
            parts = urlsplit(origin)
            way = self._ways.get(origin) or self._way(origin, parts)
            try:
                await way.open()
                return await way.send(frames.request_head(parts.scheme, parts.netloc, headers), letters)
            except NoHttp2:
                self._old_fashioned[origin] = loop.time() + WITHOUT_HTTP2_S
            except (OSError, TimeoutError):
                return [None for _ in letters]
        return await self._plain.send(origin, headers, letters)

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """A single one. Raises Unreached."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        (answer,) = await self.send(origin, headers, [Letter(url.removeprefix(origin), body)])
        if answer is None:
            raise Unreached(url)
        return answer

    async def close(self) -> None:
        for way in self._ways.values():
            way.close()
        await self._plain.close()

    async def __aenter__(self) -> Lines:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _way(self, origin: str, parts: SplitResult) -> Way:
        resolver = self._resolver or ThreadedResolver()
        tls = _tls(self._roots) if parts.scheme == "https" else None
        way = Way(lambda change: _connected(parts, resolver, tls, change), self._patience)
        self._ways[origin] = way
        return way


def _tls(roots: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=roots)
    context.set_alpn_protocols(["h2", "http/1.1"])
    return context


async def _connected(
    parts: SplitResult, resolver: AbstractResolver, tls: ssl.SSLContext | None, change: Callable[[], None]
) -> Line:
    """The first address that answers, of those the resolver allows. Raises NoHttp2, OSError and TimeoutError."""
    host, port = parts.hostname or "", parts.port or (443 if tls else 80)
    async with asyncio.timeout(CONNECT_S):
        addresses = [each["host"] for each in await resolver.resolve(host, port, socket.AF_UNSPEC)]
    for address in addresses[:-1]:
        with suppress(OSError, TimeoutError):
            return await _line(address, port, host, tls, change)
    return await _line(addresses[-1], port, host, tls, change)


async def _line(address: str, port: int, host: str, tls: ssl.SSLContext | None, change: Callable[[], None]) -> Line:
    loop = asyncio.get_running_loop()
    name = host if tls else None
    async with asyncio.timeout(CONNECT_S):
        transport, line = await loop.create_connection(
            lambda: Line(change), address, port, ssl=tls, server_hostname=name
        )
        if tls and transport.get_extra_info("ssl_object").selected_alpn_protocol() != "h2":
            line.close()
            raise NoHttp2(host)
        try:
            await line.ready
        except Broken as wrong:
            if tls:
                raise ConnectionError(str(wrong)) from wrong
            raise NoHttp2(host) from wrong
        except TimeoutError:
            line.close()
            raise
    return line
