"""X-Road identifiers and how they stand in a path or header (X-Road REST protocol 1.0, §4.2 and §4.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from urllib.parse import quote, unquote_to_bytes

VERSION = "r1"
_SAFE = "!$&'()*+,;=:@-._~"
_SEGMENT = re.compile(r"(?:[A-Za-z0-9!$&'()*+,;=:@\-._~]|%[0-9A-Fa-f]{2})+")
_DOT = re.compile(r"%2e", re.IGNORECASE)
_PARTS_OF_SERVICE = 5


def encoded(part: str) -> str:
    """One part of an identifier, percent-encoded by itself: a slash inside becomes `%2F`."""
    if part in ("", ".", ".."):
        raise ValueError(f"not a part of an identifier: {part!r}")
    return quote(part, safe=_SAFE)


def decoded(segment: str) -> str:
    """The part a path segment stands for; raises `ValueError` when it is not a valid segment, or one of dots alone,
    which no identifier has and which could not be written again."""
    part = unquote_to_bytes(segment).decode("utf-8")
    if not _SEGMENT.fullmatch(segment) or part in (".", ".."):
        raise ValueError(f"not a valid segment: {segment!r}")
    return part


def normal(path: str) -> str:
    """`path` with its dot segments resolved, encoded dots (`%2e`) too."""
    kept: list[str] = []
    for segment in _DOT.sub(".", path).split("/")[1:]:
        if segment == ".." and kept and kept[-1] != "..":
            kept.pop()
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept)


@dataclass(frozen=True)
class ClientId:
    """Who asks: a subsystem, or a member that asks without one (`subsystem` is None)."""

    instance: str
    member_class: str
    member: str
    subsystem: str | None

    @classmethod
    def decode(cls, text: str) -> Self:
        """From the form of the header `X-Road-Client`, three parts or four."""
        instance, member_class, member, *rest = (decoded(part) for part in _split(text, 3, 4))
        return cls(instance, member_class, member, rest[0] if rest else None)

    def __str__(self) -> str:
        own = [] if self.subsystem is None else [self.subsystem]
        return _joined(self.instance, self.member_class, self.member, *own)


@dataclass(frozen=True)
class PartyId:
    """For whom a client acts: another organisation, by its code, with its class where that is needed to know it."""

    member_class: str | None
    member: str

    @classmethod
    def decode(cls, text: str) -> Self:
        """From the form of the header `X-Road-Represented-Party`, one part or two."""
        *rest, member = (decoded(part) for part in _split(text, 1, 2))
        return cls(rest[0] if rest else None, member)

    def __str__(self) -> str:
        own = [] if self.member_class is None else [self.member_class]
        return _joined(*own, self.member)


@dataclass(frozen=True)
class ServerId:
    """One security server, when a provider has several and one is meant."""

    instance: str
    member_class: str
    member: str
    server: str

    @classmethod
    def decode(cls, text: str) -> Self:
        """From the form of the header `X-Road-Security-Server`, always four parts."""
        return cls(*(decoded(part) for part in _split(text, 4)))

    def __str__(self) -> str:
        return _joined(self.instance, self.member_class, self.member, self.server)


@dataclass(frozen=True)
class ServiceId:
    """A service that is asked: a subsystem and the code of its service."""

    instance: str
    member_class: str
    member: str
    subsystem: str
    service: str

    @classmethod
    def decode(cls, text: str) -> Self:
        """From the form of the header `X-Road-Service`."""
        return cls(*(decoded(part) for part in _split(text, _PARTS_OF_SERVICE)))

    @classmethod
    def of_path(cls, path: str) -> Self:
        """The service a request's path is for: `/r1/` and five parts, then the service's own path.

        Raises `ValueError` for another protocol version, a missing part or a path that climbs out by dots.
        """
        if normal(path) != path:
            raise ValueError(f"a path with dot segments: {path!r}")
        version, *parts = path.removeprefix("/").split("/")
        if version != VERSION or len(parts) < _PARTS_OF_SERVICE:
            raise ValueError(f"not the path of a service: {path!r}")
        return cls(*(decoded(part) for part in parts[:_PARTS_OF_SERVICE]))

    def path(self, rest: str = "") -> str:
        """The path of a call; `rest` starts with a slash and is already encoded."""
        return f"/{VERSION}/{self}{rest}"

    def __str__(self) -> str:
        return _joined(self.instance, self.member_class, self.member, self.subsystem, self.service)

    @property
    def provider(self) -> ClientId:
        """The subsystem that offers it."""
        return ClientId(self.instance, self.member_class, self.member, self.subsystem)


@lru_cache(1024)
def _joined(*parts: str) -> str:
    return "/".join(encoded(part) for part in parts)


def _split(text: str, *counts: int) -> list[str]:
    parts = text.split("/")
    if len(parts) not in counts:
        raise ValueError(f"expected {' or '.join(map(str, counts))} parts: {text!r}")
    return parts
