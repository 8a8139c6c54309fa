"""From Mynaportal's answers to `Notices` and `Marked`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, clean, done
from bff.connectors.bounds import Line
from bff.connectors.manifest import Link, Manifest
from bff.exchange.silence import Silent, Why

Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Notice(msgspec.Struct, frozen=True):
    """`text` is plain, as the `sender` wrote it; `due_on` when something has to be done until then."""

    number: Number
    sender: Line
    title: Line
    text: Annotated[str, msgspec.Meta(max_length=4000)]
    received_at: Moment
    read_at: Moment | None
    due_on: date | None
    link: Link | None


class Notices(msgspec.Struct, frozen=True):
    notices: Annotated[tuple[Notice, ...], msgspec.Meta(max_length=200)]


class Marked(msgspec.Struct, frozen=True):
    number: Number
    mark: Literal["read", "unread"]
    at: Moment


def notices(answer: httpx.Response, source: str) -> Notices:
    """One notice twice, or read before it came, is a wrong answer."""
    wire = clean(answer, Notices, source)
    numbers = [one.number for one in wire.notices]
    if len(numbers) != len(set(numbers)) or any(_is_early(one) for one in wire.notices):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def marked(answer: httpx.Response, manifest: Manifest, number: str, mark: str) -> Marked:
    """Another notice, or another mark, than was asked for is a wrong answer."""
    wire = done(answer, Marked, manifest)
    agreed(manifest, wire.number == number, wire.mark == mark)
    return wire


def _is_early(notice: Notice) -> bool:
    return notice.read_at is not None and notice.read_at < notice.received_at
