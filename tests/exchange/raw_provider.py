"""A provider of ten lines on a real socket: it reads the request and then says, byte by byte, what it was told to."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4

LEFT_OUT = ("host", "content-length", "user-agent")


@dataclass(frozen=True)
class Asked:
    """One request as it came over the socket."""

    target: str
    headers: dict[str, str]
    body: bytes

    def seal(self) -> str:
        """The headers X-Road puts around an answer, ready to be sent."""
        request_id = str(uuid4())
        lines = [f"POST {self.target}"[:4], self.target]
        lines += [f"{name}:{value}" for name, value in self.headers.items() if name not in LEFT_OUT]
        lines.append(f"x-road-request-id:{request_id}")
        whole = hashlib.sha512("".join(f"{line}\r\n" for line in lines).encode()).digest()
        if self.body:
            whole = hashlib.sha512(whole + hashlib.sha512(self.body).digest()).digest()
        told = {
            "X-Road-Id": self.headers["x-road-id"],
            "X-Road-Client": self.headers["x-road-client"],
            "X-Road-Service": "/".join(self.target.split("/")[2:7]),
            "X-Road-Request-Id": request_id,
            "X-Road-Request-Hash": base64.b64encode(whole).decode(),
        }
        return "".join(f"{name}: {value}\r\n" for name, value in told.items())


Says = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(says: Says) -> AsyncIterator[str]:
    """The address of a provider that does what `says` says with every request; a connection may ask several times."""
    under_way: set[asyncio.Task[None]] = set()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        under_way.add(task)
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                await says(await _request(reader), writer)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way)


async def _request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in head[1:] if line)
    headers = {name.lower(): value for name, value in pairs}
    return Asked(head[0].split(" ")[1], headers, await reader.readexactly(int(headers.get("content-length", 0))))


def answer(asked: Asked, body: bytes, *, length: int | None = None, more: str = "", status: str = "200 OK") -> bytes:
    """A whole answer; `length` lies about the body, `more` are further header lines (later ones of a kind count)."""
    kind = "" if "content-type" in more.lower() else "Content-Type: application/json\r\n"
    counted = "" if "chunked" in more else f"Content-Length: {len(body) if length is None else length}\r\n"
    return f"HTTP/1.1 {status}\r\n{kind}{asked.seal()}{counted}{more}\r\n".encode() + body
