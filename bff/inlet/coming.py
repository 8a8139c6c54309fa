"""A request as our security server hands it over: who asks, under which ids, and a body that is bounded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from litestar.types import HTTPScope, Receive

from bff.exchange import envelope
from bff.exchange.address import ClientId, decoded
from life_events import contains_individual_number

ROOT = ["xroad", "v1"]
LONGEST_HEADER = 255
UUIDS = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![0-9A-Za-z])")
GIVEN = ("x-road-client", "x-road-id", "x-road-request-id", "x-road-userid", "x-road-issue", "x-road-service")


@dataclass(eq=False)
class Refused(Exception):
    """The caller is told `code` and `message`; `fields` names what is wrong in its body."""

    status: int
    code: str
    message: str
    fields: Mapping[str, str] = field(default_factory=dict)
    resident: UUID | None = None

    def __str__(self) -> str:
        return f"{self.status} {self.code}: {self.message}"


class HungUp(Exception):
    """The caller went away in the middle."""


@dataclass(frozen=True)
class Coming:
    """`given`: the X-Road headers by lower-case name, '' for one that is missing or unfit to keep (see `faults`)."""

    verb: str
    target: str
    path: Sequence[str]
    headers: Mapping[str, str]
    given: Mapping[str, str]
    faults: Sequence[str]
    head: bytes

    @classmethod
    def of(cls, scope: HTTPScope) -> Self:
        """Never raises: what is wrong stands in `faults`, so that it can be told and kept."""
        pairs = [(name.decode("latin-1").lower(), _text(value)) for name, value in scope["headers"]]
        raw = scope["raw_path"].split(b"?", 1)[0].decode("latin-1")
        query = scope["query_string"].decode("latin-1")
        target = f"{raw}?{query}" if query else raw
        given, faults = _given(pairs)
        try:
            path = [decoded(part) for part in raw.removeprefix("/").split("/")]
        except ValueError:
            path, faults = [], [*faults, "the path is not well encoded"]
        if _holds_number(target):
            target, faults = "", [*faults, "the address holds an individual number"]
        head = envelope.request_digest(str(scope["method"]), target, pairs, "", None)
        return cls(str(scope["method"]), target, path, dict(pairs), given, faults, head)

    @property
    def service(self) -> str:
        """The code of the service that is asked; '' when the address names none."""
        return self.path[2] if self.path[:2] == ROOT and len(self.path) > len(ROOT) else ""

    @property
    def rest(self) -> Sequence[str]:
        return self.path[3:]

    def client(self) -> ClientId:
        """Raises ValueError when it is not of three or four well encoded parts."""
        return ClientId.decode(self.given["x-road-client"])


@dataclass
class Body:
    """Read once, in pieces, and digested on the way; more than `largest` bytes are refused as soon as they come."""

    receive: Receive
    largest: int = 0
    size: int = 0
    _digest: hashlib._Hash = field(default_factory=hashlib.sha512)

    def digest(self) -> bytes:
        """SHA-512 of what was read."""
        return self._digest.digest()

    async def pieces(self) -> AsyncIterator[bytes]:
        while True:
            message = await self.receive()
            if message["type"] != "http.request":
                raise HungUp
            piece = message["body"]
            self.size += len(piece)
            if self.size > self.largest:
                raise Refused(413, "too_large", f"a body may have {self.largest} bytes")
            self._digest.update(piece)
            if piece:
                yield piece
            if not message.get("more_body", False):
                return

    async def whole(self) -> bytes:
        """For small ones."""
        return b"".join([piece async for piece in self.pieces()])


def _given(pairs: Sequence[tuple[str, str]]) -> tuple[dict[str, str], list[str]]:
    given, faults = dict.fromkeys(GIVEN, ""), []
    for name in GIVEN:
        values = [value for key, value in pairs if key == name]
        if len(values) > 1:
            faults.append(f"{name} stands twice")
        elif values and (len(values[0]) > LONGEST_HEADER or not values[0].isprintable()):
            faults.append(f"{name} is too long or not printable")
        elif values and _holds_number(values[0]):
            faults.append(f"{name} holds an individual number")
        elif values:
            given[name] = values[0]
    for name in ("x-road-client", "x-road-id", "x-road-request-id"):
        if not given[name] and not any(fault.startswith(name) for fault in faults):
            faults.append(f"{name} is missing")
    if given["x-road-request-id"] and not _is_uuid(given["x-road-request-id"]):
        faults.append("x-road-request-id is not a UUID")
    return given, faults


def _holds_number(text: str) -> bool:
    """Of the random UUIDs, which most message ids are made of, one in some thousand looks like a number."""
    return contains_individual_number(UUIDS.sub("-", text))


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
