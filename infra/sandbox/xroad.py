"""X-Road message protocol for REST, version r1: addresses, request hash, error codes (7.8 spelling)."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

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
_SEGMENT: Final = re.compile(r"(?:[!$&'()*+,;=:@\-._~0-9a-zA-Z]|%[0-9a-fA-F]{2})+")


class ExchangeError(Exception):
    """An error made by a security server, not by the provider. `type` is the fault code."""

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
    def service_id(self) -> str:
        return "/".join((self.instance, self.member_class, self.member, self.subsystem, self.service))


def parse_address(path: str) -> Address:
    """`path` is the raw request path beginning with /r1/. Raises ExchangeError."""
    parts = path.split("/", 7)
    if len(parts) < 7 or parts[1] != "r1":
        raise ExchangeError("server.clientproxy.bad_request", "the path must be /r1/ and five parts")
    instance, member_class, member, subsystem, service = (_decode(part) for part in parts[2:7])
    return Address(instance, member_class, member, subsystem, service, "/" + "".join(parts[7:]))


def parse_client(header: str | None) -> str:
    """The X-Road-Client value with its 3 or 4 parts decoded. Raises ExchangeError."""
    parts = (header or "").split("/")
    if len(parts) not in (3, 4):
        raise ExchangeError("server.clientproxy.invalid_client_identifier", "X-Road-Client is missing or malformed")
    return "/".join(_decode(part) for part in parts)


def request_hash(
    verb: str,
    target: str,
    headers: Iterable[tuple[str, str]],
    *,
    request_id: str,
    message_id: str | None,
    body: bytes | None,
) -> str:
    """X-Road-Request-Hash: base64 SHA-512 over request line, kept headers in order and body.

    `target` is path and query; `message_id` is given only when the security server made it itself;
    `body` is None for a request without one.
    """
    kept = [(name, value) for name, value in headers if name.lower() not in SKIPPED]
    kept.append(("x-road-request-id", request_id))
    if message_id is not None:
        kept.append(("x-road-id", message_id))
    message = f"{verb}\r\n{target}\r\n" + "".join(f"{name}:{value}\r\n" for name, value in kept)
    digest = hashlib.sha512(message.encode()).digest()
    if body is not None:
        digest = hashlib.sha512(digest + hashlib.sha512(body).digest()).digest()
    return base64.b64encode(digest).decode()


def _decode(part: str) -> str:
    if not _SEGMENT.fullmatch(part):
        raise ExchangeError("server.clientproxy.bad_request", "a part of the identifier is empty or badly encoded")
    try:
        unquote_to_bytes(part).decode()
    except UnicodeDecodeError as error:
        raise ExchangeError("server.clientproxy.bad_request", "a part of the identifier is not UTF-8") from error
    return unquote(part)
