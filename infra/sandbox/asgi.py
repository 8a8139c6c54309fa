"""The few lines of ASGI that the hot and the header-exact paths share."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
from litestar.types import Receive, Send

Headers = list[tuple[bytes, bytes]]

SAFE: Headers = [
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
]


@dataclass(frozen=True)
class Answer:
    """A whole HTTP answer. `body` is bytes as sent."""

    status: int
    body: bytes = b""
    headers: Headers = field(default_factory=list)


def json_answer(status: int, content: object, headers: Iterable[tuple[bytes, bytes]] = ()) -> Answer:
    return Answer(status, msgspec.json.encode(content), [(b"content-type", b"application/json"), *headers])


class TooLarge(Exception):
    """The body is longer than the caller wants to read."""


async def read_body(receive: Receive, limit: int) -> bytes:
    """Raises TooLarge as soon as more than `limit` bytes have come."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(chunks)
        chunk = message["body"]
        size += len(chunk)
        if size > limit:
            raise TooLarge
        if not message.get("more_body", False):
            return b"".join([*chunks, chunk]) if chunks else chunk
        chunks.append(chunk)


async def send_answer(send: Send, answer: Answer) -> None:
    headers = [*answer.headers, (b"content-length", b"%d" % len(answer.body))]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})
