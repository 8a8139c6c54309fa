"""The headers around a message: what is sent, what must come back, and the request hash (X-Road REST §4.4)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from uuid import UUID

import httpx

from bff.exchange.address import ClientId
from bff.exchange.reading import Call, Reading

Headers = list[tuple[str, str]]

LEFT_OUT = frozenset(
    {
        "transfer-encoding",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "upgrade",
        "connection",
        "user-agent",
        "host",
        "content-length",
        "server",
        "expect",
        "x-road-request-id",
        "x-road-request-hash",
    }
)


def headers(request: httpx.Request, *, client: ClientId, message: UUID, reading: Reading, call: Call) -> Headers:
    """The headers that go out, in their order on the wire; names in lower case, nothing httpx adds by itself."""
    content_type = request.headers.get("content-type")
    return [
        ("accept", "application/json"),
        ("accept-encoding", "identity"),
        *([("content-type", content_type)] if content_type else []),
        ("x-road-client", str(client)),
        ("x-road-id", f"{client.instance}-{message}"),
        ("x-road-userid", f"JP-{reading.subject.id}"),
        ("x-road-issue", reading.purpose),
        *([("x-road-represented-party", str(reading.represented))] if reading.represented else []),
        *([("x-road-security-server", str(call.server))] if call.server else []),
    ]


def request_hash(
    verb: str,
    target: str,
    sent: Iterable[tuple[str, str]],
    request_id: str,
    body: bytes | None,
    made_id: str = "",
) -> str:
    """SHA-512 over request line and headers, joined with the body's when there is one; standard base64.

    `target` is path and query as sent. `request_id` is what the answer names, empty when there is none; `made_id` is
    the message id that the other side made, when none was among the `sent` headers.
    """
    return base64.b64encode(request_digest(verb, target, sent, request_id, body, made_id)).decode()


def request_digest(
    verb: str, target: str, sent: Iterable[tuple[str, str]], request_id: str, body: bytes | None, made_id: str = ""
) -> bytes:
    """The hash itself."""
    lines = [verb, target, *[f"{name}:{value}" for name, value in sent if name.lower() not in LEFT_OUT]]
    if request_id:
        lines.append(f"x-road-request-id:{request_id}")
    if made_id:
        lines.append(f"x-road-id:{made_id}")
    digest = hashlib.sha512("\r\n".join([*lines, ""]).encode()).digest()
    if body is not None:
        digest = hashlib.sha512(digest + hashlib.sha512(body).digest()).digest()
    return digest


def answers(got: Mapping[str, str], sent: Headers, service: str, request: httpx.Request) -> bool:
    """Whether headers `got` are of the answer to just this request: client, message, service and hash are the same."""
    asked = dict(sent)
    target = request.url.raw_path.decode("ascii")
    expected = request_hash(request.method, target, sent, got.get("x-road-request-id", ""), request.content or None)
    return (
        got.get("x-road-client") == asked["x-road-client"]
        and got.get("x-road-id") == asked["x-road-id"]
        and got.get("x-road-service") == service
        and bool(got.get("x-road-request-id"))
        and got.get("x-road-request-hash") == expected
    )
