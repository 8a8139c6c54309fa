"""People who ask the same again and again over connections kept alive; `python -m` makes it a process of its own."""

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


class Errand(msgspec.Struct, frozen=True):
    """`cookies`: one person each, one connection each. `seconds` are counted after the warming."""

    url: str
    cookies: tuple[str, ...]
    body: str
    seconds: float


class Pace(msgspec.Struct, frozen=True):
    """Answers a second; milliseconds one waits; `asked`: with those of the warming."""

    per_second: float
    p50_ms: float
    p95_ms: float
    asked: int


async def ask(errand: Errand) -> Pace:
    """Raises `RuntimeError` at the first answer that is not 200 with data."""
    begin = time.perf_counter() + WARMING_S
    until = begin + errand.seconds
    asked = await asyncio.gather(*(_one(errand, cookie, until) for cookie in errand.cookies))
    every = [each for one in asked for each in one]
    counted = sorted(wait for start, wait in every if start >= begin)
    return Pace(len(counted) / errand.seconds, _rank(counted, 0.50), _rank(counted, 0.95), len(every))


def _rank(waits: Sequence[float], share: float) -> float:
    """The percentile of ascending seconds by nearest rank, in milliseconds."""
    return waits[math.ceil(len(waits) * share) - 1] * 1000


async def _one(errand: Errand, cookie: str, until: float) -> list[tuple[float, float]]:
    """When each was asked, and how long it took, in seconds."""
    to = urlsplit(errand.url)
    reader, writer = await asyncio.open_connection(to.hostname, to.port)
    request = _request(errand, cookie)
    waits = []
    while (start := time.perf_counter()) < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_length(head))
        if not head.startswith(b"HTTP/1.1 200") or b'"errors"' in body:
            raise RuntimeError(f"{head.decode('latin-1')}{body[:400].decode()}")
        waits.append((start, time.perf_counter() - start))
    writer.close()
    return waits


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
