"""From Mynaportal's answer to `SelfInformation`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import clean
from bff.connectors.bounds import Line
from bff.exchange.silence import Silent, Why

Family = Literal[
    "income_tax",
    "household",
    "pension",
    "child_allowance",
    "single_parent",
    "maternal_child",
    "school_support",
    "care",
]
Coverage = Literal["full", "none", "unsupported", "pending"]
ConsentId = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,64}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Entry(msgspec.Struct, frozen=True):
    """One item as its holder words it; `as_of` is None when the holder gives no day."""

    name: Line
    value: Line
    as_of: date | None


class Item(msgspec.Struct, frozen=True):
    """`none`: the holder has no record; `unsupported`: it does not offer this family, so nothing follows from it;
    `pending`: it is still being looked up."""

    family: Family
    coverage: Coverage
    entries: Annotated[tuple[Entry, ...], msgspec.Meta(max_length=50)]


class SelfInformation(msgspec.Struct, frozen=True):
    """`consent_id` is the consent she gave on Mynaportal, under which it was `obtained_at`."""

    consent_id: ConsentId
    obtained_at: Moment
    items: Annotated[tuple[Item, ...], msgspec.Meta(max_length=20)]


def information(answer: httpx.Response, source: str) -> SelfInformation:
    """A family told twice, a full one that tells nothing, or another that tells something, is a wrong answer."""
    wire = clean(answer, SelfInformation, source)
    families = [item.family for item in wire.items]
    if len(families) != len(set(families)):
        raise Silent(source, Why.WRONG_ANSWER)
    if any((item.coverage == "full") is not bool(item.entries) for item in wire.items):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire
