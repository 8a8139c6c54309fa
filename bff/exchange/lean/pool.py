"""A pool of connections an origin. One httpx client, or aiohttp under it, costs several times as much a call."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable
from typing import Final

import httpx

from bff.exchange.lean.origin import Origin, Place
from bff.exchange.lean.reading_answers import Answer
from bff.exchange.question import Question, Reply

_ENDS_A_LINE: Final = re.compile(r"[\r\n\0]")
_PORTS: Final = {"http": 80, "https": 443}
Tls = Callable[[], ssl.SSLContext]


class Pool:
    """`tls` is asked when the first connection is made, and again until it could tell (`httpx.ConnectError`)."""

    def __init__(self, tls: Tls | None = None) -> None:
        self._tls = tls
        self._context: ssl.SSLContext | None = None
        self._origins: dict[Place, Origin] = {}

    async def ask(self, question: Question) -> Reply:
        """Raises httpx's `ConnectError`, `ConnectTimeout`, `ReadError` and `ReadTimeout`, and `Unreadable`."""
        url, limits = question.url, question.limits
        place = (url.scheme, url.host, url.port or _PORTS[url.scheme])
        written = _written(question)
        origin = self._origins.get(place)
        if origin is None:
            origin = self._origins[place] = Origin(place, self._secured if url.scheme == "https" else None)
        connection = await origin.connection(limits.get("connect"))
        answer = Answer(question.most, question.look)
        await connection.ask(written, answer, limits.get("read"))
        origin.take_back(connection, may_stay=answer.may_stay)
        return Reply(answer.status, answer.headers, bytes(answer.body))

    async def aclose(self) -> None:
        for origin in self._origins.values():
            origin.close()

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
