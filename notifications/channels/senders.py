"""One HTTP POST out, by aiohttp (httpx was measured slower): no redirects, no proxy, short patience."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import aiohttp
from aiohttp.abc import AbstractResolver

PATIENCE_S = 15.0
CONNECT_S = 5.0
CONNECTIONS = 100


class Unreached(Exception):
    """No answer came: refused, broken off or too slow."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    retry_after: str | None


class Sender(Protocol):
    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Raises Unreached."""
        ...

    async def close(self) -> None: ...


class AiohttpSender:
    """Its session is opened at the first post, in the loop that posts; `resolver` says where hosts are, or that one of
    them is not to be connected to (`OSError`)."""

    def __init__(self, resolver: AbstractResolver | None = None) -> None:
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=PATIENCE_S, connect=CONNECT_S),
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, resolver=self._resolver),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        try:
            async with self._session.post(url, headers=headers, data=body, allow_redirects=False) as answer:
                return Answer(answer.status, answer.headers.get("Retry-After"))
        except (aiohttp.ClientError, TimeoutError, OSError) as broken:
            raise Unreached(str(broken)) from broken

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
