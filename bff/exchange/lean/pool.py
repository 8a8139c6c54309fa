"""A pool of connections an origin. One httpx client, or aiohttp under it, costs several times as much a call."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import httpx

from bff.exchange.lean.connection import Connection
from bff.exchange.lean.reading_answers import Answer
from bff.exchange.question import Question, Reply

MOST: Final = 1024
"""Connections to one origin; each service's lane has a narrower bound of its own."""
STAYS: Final = 15.0
"""Seconds an idle connection is kept: less than servers keep it, so that it is seldom closed under a question."""
_ENDS_A_LINE: Final = re.compile(r"[\r\n\0]")
Tls = Callable[[], ssl.SSLContext]


@dataclass
class _Origin:
    """The newest connection is taken first, so that in quiet times the others grow old and go."""

    idle: deque[Connection] = field(default_factory=deque)
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST))


class Pool:
    """`tls` is asked when the first connection is made, and again until it could tell (`httpx.ConnectError`)."""

    def __init__(self, tls: Tls | None = None) -> None:
        self._tls = tls
        self._context: ssl.SSLContext | None = None
        self._origins: dict[tuple[str, str, int], _Origin] = {}

    async def ask(self, question: Question) -> Reply:
        """Raises httpx's `ConnectError`, `ConnectTimeout`, `ReadError` and `ReadTimeout`, and `Unreadable`."""
        url, limits = question.url, question.limits
        place = (url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80))
        origin = self._origins.get(place)
        if origin is None:
            origin = self._origins[place] = _Origin()
        async with origin.places:
            connection = self._kept(origin) or await self._opened(place, limits.get("connect"))
            answer = Answer(question.most, question.look)
            await connection.ask(_written(question), answer, limits.get("read"))
            self._give_back(origin, connection, answer)
        return Reply(answer.status, answer.headers, bytes(answer.body))

    async def aclose(self) -> None:
        for origin in self._origins.values():
            while origin.idle:
                origin.idle.pop().close()

    def _kept(self, origin: _Origin) -> Connection | None:
        old = asyncio.get_running_loop().time() - STAYS
        while origin.idle and (not origin.idle[0].is_open or origin.idle[0].idle_since < old):
            origin.idle.popleft().close()
        while origin.idle:
            connection = origin.idle.pop()
            if connection.is_open:
                return connection
        return None

    def _give_back(self, origin: _Origin, connection: Connection, answer: Answer) -> None:
        if answer.may_stay and connection.is_open:
            connection.idle_since = asyncio.get_running_loop().time()
            origin.idle.append(connection)
        else:
            connection.close()

    async def _opened(self, place: tuple[str, str, int], seconds: float | None) -> Connection:
        scheme, host, port = place
        loop = asyncio.get_running_loop()
        tls = self._secured() if scheme == "https" else None
        try:
            async with asyncio.timeout(seconds):
                _, connection = await loop.create_connection(
                    lambda: Connection(loop), host, port, ssl=tls, server_hostname=host if tls else None
                )
        except TimeoutError as late:
            raise httpx.ConnectTimeout(f"{host}:{port} was not reached in time") from late
        except OSError as closed:
            raise httpx.ConnectError(f"{host}:{port} was not reached: {closed}") from closed
        return connection

    def _secured(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = self._tls() if self._tls else ssl.create_default_context()
        return self._context


def _written(question: Question) -> bytes:
    """As it goes out: the headers in their order, what the connection itself needs behind them."""
    url = question.url
    lines = [f"{question.method} {url.raw_path.decode('ascii')} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in question.headers]
    lines.append(f"host: {url.netloc.decode('ascii')}")
    if question.body or question.method not in ("GET", "HEAD"):
        lines.append(f"content-length: {len(question.body)}")
    if _ENDS_A_LINE.search("".join(lines)):
        raise httpx.LocalProtocolError("a header with a line end in it")
    return "\r\n".join([*lines, "", ""]).encode("ascii") + question.body
