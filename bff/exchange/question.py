"""What the exchange asks of whatever carries its messages, and what comes back: no more than both need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import httpx

Look = Callable[[int, Mapping[str, str]], None]
"""Sees status and headers before the body is read; what it raises ends the asking."""


@dataclass(frozen=True, slots=True)
class Question:
    """`headers` in their order on the wire. `limits` in seconds as httpx has them, `connect` and `read`; what is not
    in it is bounded by the caller's deadline alone. `most`: bytes the answer's body may have."""

    method: str
    url: httpx.URL
    headers: list[tuple[str, str]]
    body: bytes
    limits: Mapping[str, float]
    most: int
    look: Look


@dataclass(frozen=True, slots=True)
class Reply:
    """`headers`: names in lower case, repeated ones joined by a comma."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Unreadable(Exception):
    """What came is no answer of HTTP/1.1, or more than was allowed."""


class Under(Protocol):
    """Asks; raises httpx's errors for a connection that fails, `Unreadable`, and what `look` raises."""

    async def ask(self, question: Question) -> Reply: ...

    async def aclose(self) -> None: ...


class OverHttpx:
    """Any transport of httpx."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport

    async def ask(self, question: Question) -> Reply:
        asked = httpx.Request(
            question.method,
            question.url,
            headers=question.headers,
            content=question.body or None,
            extensions={"timeout": dict(question.limits)},
        )
        answer = await self._transport.handle_async_request(asked)
        try:
            headers = dict(answer.headers.items())
            question.look(answer.status_code, headers)
            return Reply(answer.status_code, headers, await _bounded(answer, question.most))
        finally:
            await answer.aclose()

    async def aclose(self) -> None:
        await self._transport.aclose()


async def _bounded(answer: httpx.Response, most: int) -> bytes:
    assert isinstance(answer.stream, httpx.AsyncByteStream)
    body = bytearray()
    async for chunk in answer.stream:
        body += chunk
        if len(body) > most:
            raise Unreadable("more than was allowed")
    return bytes(body)
