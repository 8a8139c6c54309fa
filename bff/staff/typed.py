"""What an official sent with a form, kept exactly as typed so that it can be shown again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from litestar import Request
from litestar.di import NamedDependency

from bff.guards import FIELD

FORM = "application/x-www-form-urlencoded"
NUL = "\x00"
"""No browser sends it for what somebody typed, and PostgreSQL takes none in a text."""
MOST_FIELDS = 250
"""A whole page of the queue may be ticked, and then some."""


class Unreadable(Exception):
    """The body is not a form a browser sends for our pages."""


@dataclass(frozen=True)
class Typed:
    """Field name → everything sent under that name; line ends are `\\n`."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The last value under `name`; empty when there is none."""
        return self.values.get(name, ("",))[-1]

    def every(self, name: str) -> tuple[str, ...]:
        return self.values.get(name, ())

    def but(self, **changed: str) -> Typed:
        return Typed({**self.values, **{name: (value,) for name, value in changed.items()}})


Sent = NamedDependency[Typed]
"""As a route's parameter: the form of this request."""


async def typed_in(request: Request[Any, Any, Any]) -> Typed:
    """The request's form; raises `Unreadable`, and Litestar's 413 above the route's limit."""
    if request.content_type[0] != FORM:
        raise Unreadable
    return typed_of(await request.body())


def typed_of(body: bytes) -> Typed:
    """A urlencoded form or query."""
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Unreadable from error
    if any(NUL in value for values in fields.values() for value in values):
        raise Unreadable
    return Typed({name: tuple(map(_lines, values)) for name, values in fields.items() if name != FIELD})


def _lines(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n")
