"""HTTP POSTs out, by aiohttp (httpx was measured slower): no redirects, no proxy, short patience."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Protocol, Self

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


def wants_no_more(answer: Answer | None) -> bool:
    return answer is not None and answer.retry_after is not None and answer.status in (429, 503)


class Letter(NamedTuple):
    """`path` and query of the endpoint, as they stand in it."""

    path: str
    body: bytes


class Sender(Protocol):
    async def send(self, origin: str, headers: Mapping[str, str], letters: Iterable[Letter]) -> list[Answer | None]:
        """All to one origin under the same headers, an answer for each in order; None: none came. Fewer answers than
        letters: the push service wants no more now, and no more were made."""
        ...

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Raises Unreached."""
        ...

    async def close(self) -> None: ...


class AiohttpSender:
    """Its session is opened at the first post, in the loop that posts; `resolver` says where hosts are, or that one of
    them is not to be connected to (`OSError`)."""

    def __init__(self, resolver: AbstractResolver | None = None, roots: Path | None = None) -> None:
        self._resolver, self._roots = resolver, roots
        self._session: aiohttp.ClientSession | None = None

    async def send(self, origin: str, headers: Mapping[str, str], letters: Iterable[Letter]) -> list[Answer | None]:
        gate, enough = asyncio.Semaphore(CONNECTIONS), asyncio.Event()

        async def one(letter: Letter) -> Answer | None:
            try:
                answer = await self.post(origin + letter.path, headers, letter.body)
                if wants_no_more(answer):
                    enough.set()
                return answer
            except Unreached:
                return None
            finally:
                gate.release()

        posting: list[asyncio.Task[Answer | None]] = []
        for letter in letters:
            await gate.acquire()
            posting.append(asyncio.create_task(one(letter)))
            if enough.is_set():
                break
        return list(await asyncio.gather(*posting))

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=PATIENCE_S, connect=CONNECT_S),
                connector=aiohttp.TCPConnector(
                    limit=CONNECTIONS, resolver=self._resolver, ssl=ssl.create_default_context(cafile=self._roots)
                ),
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
