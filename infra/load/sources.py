"""Sources behind an exchange, as lean as they can be: each answers a sealed call after a delay that its id names.

`python -m infra.load.sources ANSWER [FOLDER]` answers every call with the bytes of the file ANSWER and writes the port
it listens on; with FOLDER it speaks mutual TLS by the keys in it. `GET /late` tells what it was late itself.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import math
import ssl
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, cast
from uuid import UUID

import uvloop

SHORTEST, LONGEST, LONG, SHARE_LONG = 0.040, 0.120, 2.0, 0.01
_WHOLE: Final = 1 << 32
_LEFT_OUT: Final = (b"host", b"connection", b"content-length", b"user-agent", b"x-road-request-id")


def delay_of(id: UUID) -> float:
    """Seconds: one in a hundred takes two, the others 40 to 120 ms alike."""
    share = (id.int >> 96) / _WHOLE
    if share < SHARE_LONG:
        return LONG
    return SHORTEST + (LONGEST - SHORTEST) * (share - SHARE_LONG) / (1 - SHARE_LONG)


class Lateness:
    """How many milliseconds after its time an answer was written, of all since it was last told."""

    def __init__(self) -> None:
        self._all: list[float] = []

    def note(self, seconds: float) -> None:
        self._all.append(seconds * 1000)

    def told(self) -> bytes:
        ranked, self._all = sorted(self._all) or [0.0], []
        return b'{"p50": %.3f, "p95": %.3f, "p99": %.3f}' % tuple(
            ranked[math.ceil(len(ranked) * share) - 1] for share in (0.5, 0.95, 0.99)
        )


class Source(asyncio.Protocol):
    """One connection; calls on it are answered each at its time."""

    def __init__(self, answer: bytes, lateness: Lateness) -> None:
        self._answer = answer
        self._lateness = lateness
        self._loop = asyncio.get_running_loop()
        self._held = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._held += data
        while (end := self._held.find(b"\r\n\r\n")) >= 0:
            head = self._held[:end].split(b"\r\n")
            pairs = [line.split(b":", 1) for line in head[1:]]
            headers = [(name.lower(), value.strip()) for name, value in pairs]
            length = int(dict(headers).get(b"content-length", b"0"))
            if len(self._held) < end + 4 + length:
                return
            body, self._held = self._held[end + 4 : end + 4 + length], self._held[end + 4 + length :]
            self._take(head[0], headers, body)

    def _take(self, line: bytes, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        verb, target, _ = line.split(b" ")
        if target == b"/late":
            return self._write(_response([], self._lateness.told()))
        begun, id = self._loop.time(), dict(headers)[b"x-road-id"]
        sealed = _response(_seal(verb, target, headers, body), self._answer)
        due = begun + delay_of(UUID(id[-36:].decode()))
        self._loop.call_at(due, self._late_write, due, sealed)

    def _late_write(self, due: float, sealed: bytes) -> None:
        self._lateness.note(self._loop.time() - due)
        self._write(sealed)

    def _write(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)


def _response(more: list[bytes], body: bytes) -> bytes:
    head = [b"HTTP/1.1 200 OK", b"content-type: application/json", b"content-length: %d" % len(body), *more]
    return b"\r\n".join([*head, b"", body])


def _seal(verb: bytes, target: bytes, headers: list[tuple[bytes, bytes]], body: bytes) -> list[bytes]:
    """What X-Road puts around an answer; the hash is over the request as it came (X-Road REST protocol, §4.4)."""
    given, request_id = dict(headers), b"8e4d1f0a-5f36-4c1b-9a2b-2d6f6f1f7a10"
    lines = [verb, target, *(b"%b:%b" % pair for pair in headers if pair[0] not in _LEFT_OUT)]
    lines.append(b"x-road-request-id:" + request_id)
    digest = hashlib.sha512(b"".join(b"%b\r\n" % line for line in lines)).digest()
    if body:
        digest = hashlib.sha512(digest + hashlib.sha512(body).digest()).digest()
    return [
        b"x-road-id: " + given[b"x-road-id"],
        b"x-road-client: " + given[b"x-road-client"],
        b"x-road-service: " + b"/".join(target.split(b"/")[2:7]),
        b"x-road-request-id: " + request_id,
        b"x-road-request-hash: " + base64.b64encode(digest),
    ]


def _tls(folder: Path) -> ssl.SSLContext:
    """`server.pem`, `server_key.pem`, and `clients.pem` that a caller must show one of."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(folder / "clients.pem")
    context.load_cert_chain(folder / "server.pem", folder / "server_key.pem")
    return context


async def serve(answer: bytes, tls: ssl.SSLContext | None, opened: Callable[[int], None]) -> None:
    """For ever; `opened` hears the port."""
    lateness = Lateness()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Source(answer, lateness), "127.0.0.1", 0, ssl=tls, backlog=2048)
    opened(int(server.sockets[0].getsockname()[1]))
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    uvloop.run(
        serve(Path(sys.argv[1]).read_bytes(), _tls(folder) if folder else None, lambda port: print(port, flush=True))
    )
