"""People who ask, over connections kept alive; `python -m` makes it a process of its own.

Closed: each asks again as soon as she has her answer, which tells how much can be had. Open (`rate`): people come at a
set rate whether or not those before them have been answered, and wait from the moment they meant to ask: what is felt.
"""

from __future__ import annotations

import asyncio
import math
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import uvloop

WARMING_S = 1.0
LINES = 64
"""Connections of those who come at a rate; who finds none free waits for one, and that counts."""


class Errand(msgspec.Struct, frozen=True):
    """`cookies`: one person each, and closed one connection each. `seconds` are counted after the warming; `rate`: how
    many come a second, 0: closed."""

    url: str
    cookies: tuple[str, ...]
    body: str
    seconds: float
    rate: float = 0.0


class Pace(msgspec.Struct, frozen=True):
    """Answers a second; milliseconds one waits; `asked`: with those of the warming."""

    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    asked: int


async def ask(errand: Errand) -> Pace:
    """Raises `RuntimeError` at the first answer that is not 200 with data."""
    begin = time.perf_counter() + WARMING_S
    every = await (_at_a_rate(errand, begin) if errand.rate else _one_after_another(errand, begin))
    counted = sorted(wait for start, wait in every if start >= begin)
    p50, p95, p99 = (_rank(counted, share) for share in (0.50, 0.95, 0.99))
    return Pace(len(counted) / errand.seconds, p50, p95, p99, len(every))


def _rank(waits: Sequence[float], share: float) -> float:
    """The percentile of ascending seconds by nearest rank, in milliseconds."""
    return waits[math.ceil(len(waits) * share) - 1] * 1000


async def _one_after_another(errand: Errand, begin: float) -> list[tuple[float, float]]:
    until = begin + errand.seconds

    async def one(cookie: str) -> list[tuple[float, float]]:
        line, waits = await Line.opened(errand), []
        while (start := time.perf_counter()) < until:
            await line.ask(_request(errand, cookie))
            waits.append((start, time.perf_counter() - start))
        line.close()
        return waits

    return [each for told in await asyncio.gather(*map(one, errand.cookies)) for each in told]


async def _at_a_rate(errand: Errand, begin: float) -> list[tuple[float, float]]:
    """When each meant to ask, and how long after that she had her answer, in seconds."""
    free: asyncio.Queue[Line] = asyncio.Queue()
    for _ in range(LINES):
        free.put_nowait(await Line.opened(errand))
    requests = [_request(errand, cookie) for cookie in errand.cookies]
    told: list[tuple[float, float]] = []

    async def one(meant: float, request: bytes) -> None:
        line = await free.get()
        await line.ask(request)
        told.append((meant, time.perf_counter() - meant))
        free.put_nowait(line)

    number = int((WARMING_S + errand.seconds) * errand.rate)
    async with asyncio.TaskGroup() as group:
        for at in range(number):
            meant = begin - WARMING_S + at / errand.rate
            if (left := meant - time.perf_counter()) > 0:
                await asyncio.sleep(left)
            group.create_task(one(meant, requests[at % len(requests)]))
    while not free.empty():
        free.get_nowait().close()
    return told


class Line:
    """One connection kept alive."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def opened(cls, errand: Errand) -> Line:
        to = urlsplit(errand.url)
        return cls(*await asyncio.open_connection(to.hostname, to.port))

    async def ask(self, request: bytes) -> None:
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        body = await self._reader.readexactly(_length(head))
        if not head.startswith(b"HTTP/1.1 200") or b'"errors"' in body:
            raise RuntimeError(f"{head.decode('latin-1')}{body[:400].decode()}")

    def close(self) -> None:
        self._writer.close()


def _request(errand: Errand, cookie: str) -> bytes:
    to = urlsplit(errand.url)
    lines = [
        f"POST {to.path} HTTP/1.1",
        f"Host: {to.netloc}",
        f"Origin: {to.scheme}://{to.netloc}",
        "Content-Type: application/json",
        f"Content-Length: {len(errand.body.encode())}",
        f"Cookie: {cookie}",
        f"X-Kurashimado-Token: {cookie.partition('__Host-token=')[2].partition(';')[0]}",
    ]
    return "\r\n".join([*lines, "", errand.body]).encode()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise RuntimeError("an answer without Content-Length")


if __name__ == "__main__":
    told = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Errand)
    sys.stdout.buffer.write(msgspec.json.encode(uvloop.run(ask(told))))
