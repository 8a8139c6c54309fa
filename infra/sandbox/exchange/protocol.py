"""X-Road message protocol for REST, version r1: addresses, what is signed of a message, the request hash."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote, unquote_to_bytes

Identifier = tuple[str, ...]
"""The decoded parts of a member (three), a subsystem (four) or a service (five)."""

SKIPPED: Final = frozenset(
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
VERBS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"})
_SAFE: Final = "!$&'()*+,;=:@-._~"
_SEGMENT: Final = re.compile(r"(?:[!$&'()*+,;=:@\-._~0-9a-zA-Z]|%[0-9a-fA-F]{2})+")
_DOT: Final = re.compile("%2e", re.IGNORECASE)


class ExchangeError(Exception):
    """An error made by a security server, not by the provider. `type` is the fault code as of 7.8."""

    def __init__(self, type_: str, message: str) -> None:
        super().__init__(message)
        self.type = type_
        self.message = message

    @property
    def status(self) -> int:
        """500 for codes of a security server, 400 for those of the consumer's message."""
        return 500 if self.type.startswith("server.") else 400


@dataclass(frozen=True)
class Address:
    """A service id of five parts (decoded), and what follows it for the provider (as sent)."""

    instance: str
    member_class: str
    member: str
    subsystem: str
    service: str
    path: str

    @property
    def provider(self) -> Identifier:
        return (self.instance, self.member_class, self.member, self.subsystem)

    @property
    def id(self) -> Identifier:
        return (*self.provider, self.service)

    @property
    def granted_path(self) -> str:
        """As rights are matched on: decoded, and without dots, encoded ones neither."""
        return normal(unquote(normal(self.path)))


def parse_address(path: str) -> Address:
    """`path` is the raw request path beginning with /r1/. Raises ExchangeError."""
    parts = path.split("/", 7)
    if len(parts) < 7 or parts[0] or parts[1] != "r1":
        raise ExchangeError("server.clientproxy.bad_request", "the path must be /r1/ and five parts")
    instance, member_class, member, subsystem, service = (_decode(part) for part in parts[2:7])
    return Address(instance, member_class, member, subsystem, service, "/" + "".join(parts[7:]))


def parse_client(header: str | None) -> Identifier:
    """The X-Road-Client value with its 3 or 4 parts decoded. Raises ExchangeError."""
    parts = (header or "").split("/")
    if len(parts) not in (3, 4):
        raise ExchangeError("server.clientproxy.invalid_client_identifier", "X-Road-Client is missing or malformed")
    return tuple(_decode(part) for part in parts)


def parse_server(header: str | None) -> Identifier | None:
    """The X-Road-Security-Server value, four parts when there is one. Raises ExchangeError."""
    if header is None:
        return None
    parts = header.split("/")
    if len(parts) != 4:
        raise ExchangeError("server.clientproxy.invalid_security_server", "X-Road-Security-Server must have four parts")
    return tuple(_decode(part) for part in parts)


def check_represented(header: str | None) -> None:
    """X-Road-Represented-Party is a member's code, with its class or without. Raises ExchangeError."""
    if header is None:
        return
    parts = header.split("/")
    if len(parts) > 2:
        raise ExchangeError("server.clientproxy.bad_request", "X-Road-Represented-Party has more than two parts")
    for part in parts:
        _decode(part)


@lru_cache(8_192)
def encoded(identifier: Identifier) -> str:
    return "/".join(quote(part, safe=_SAFE) for part in identifier)


def normal(path: str) -> str:
    """Dot segments resolved, encoded ones too; what climbs out of the root stays to be seen."""
    kept: list[str] = []
    for segment in _DOT.sub(".", path).split("/")[1:]:
        if segment == ".." and kept and kept[-1] != "..":
            kept.pop()
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept)


def request_message(
    verb: str, target: str, headers: Iterable[tuple[str, str]], *, request_id: str, message_id: str | None
) -> bytes:
    """What is signed of a request; `message_id` is given only when the security server made it itself."""
    kept = [(name, value) for name, value in headers if name.lower() not in SKIPPED]
    kept.append(("x-road-request-id", request_id))
    if message_id is not None:
        kept.append(("x-road-id", message_id))
    return _lines(verb, target, kept)


def response_message(status: int, reason: str, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """What is signed of an answer; the headers that X-Road put at its end belong to it."""
    pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
    own = ("x-road-request-id", "x-road-request-hash")
    return _lines(str(status), reason, [(n, v) for n, v in pairs if n.lower() not in SKIPPED or n.lower() in own])


def digest_of(message: bytes, body: bytes | None) -> str:
    """Base64 SHA-512 of what is signed, joined with the body's when there is one."""
    digest = hashlib.sha512(message).digest()
    if body is not None:
        digest = hashlib.sha512(digest + hashlib.sha512(body).digest()).digest()
    return base64.b64encode(digest).decode()


def request_hash(
    verb: str,
    target: str,
    headers: Iterable[tuple[str, str]],
    *,
    request_id: str,
    message_id: str | None,
    body: bytes | None,
) -> str:
    """X-Road-Request-Hash. `target` is path and query; `body` is None for a request without one."""
    message = request_message(verb, target, headers, request_id=request_id, message_id=message_id)
    return digest_of(message, body)


def _lines(first: str, second: str, headers: Iterable[tuple[str, str]]) -> bytes:
    return (f"{first}\r\n{second}\r\n" + "".join(f"{name}:{value}\r\n" for name, value in headers)).encode()


def _decode(part: str) -> str:
    if not _SEGMENT.fullmatch(part):
        raise ExchangeError("server.clientproxy.bad_request", "a part of the identifier is empty or badly encoded")
    try:
        return unquote_to_bytes(part).decode()
    except UnicodeDecodeError as error:
        raise ExchangeError("server.clientproxy.bad_request", "a part of the identifier is not UTF-8") from error
