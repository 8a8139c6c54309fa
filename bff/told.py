"""What every line of the log says of the request or job it belongs to: its number, and by a pseudonym whose it is.

The pseudonym is made for the log alone (as `Pairwise` makes them for wards and services), so that whoever reads the log
can follow one person's trouble, and can join it to nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass
class Told:
    """`number`: of a request, or of a job. `what`: the document asked for, or the task. `who`: empty: nobody known."""

    number: str
    what: str = ""
    who: str = ""
    has_failed: bool = False


_NOW: ContextVar[Told | None] = ContextVar("told", default=None)


@contextmanager
def under_way(told: Told) -> Iterator[Told]:
    """What is logged within is about `told`."""
    before = _NOW.set(told)
    try:
        yield told
    finally:
        _NOW.reset(before)


def asked_for(document: str) -> None:
    """Which of the front end's documents a request is about."""
    if (told := _NOW.get()) is not None:
        told.what = document


def is_of(resident: UUID, secret: bytes) -> None:
    """Whose request or job it is."""
    if (told := _NOW.get()) is not None and not told.who:
        told.who = pseudonym(resident, secret)


def has_failed() -> None:
    """A defect that is answered with 200, as GraphQL does."""
    if (told := _NOW.get()) is not None:
        told.has_failed = True


def pseudonym(resident: UUID, secret: bytes) -> str:
    """26 characters of `a-z2-7`, that no ward or service is given."""
    digest = hmac.digest(secret, b"log" + resident.bytes, hashlib.sha256)
    return base64.b32encode(digest[:16]).decode().rstrip("=").lower()


def in_log(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """For structlog."""
    told = _NOW.get()
    if told is not None:
        for name, value in (("number", told.number), ("what", told.what), ("who", told.who)):
            if value:
                line.setdefault(name, value)
    return line
