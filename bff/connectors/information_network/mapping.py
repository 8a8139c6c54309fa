"""From the network's answers to an `Inquiry`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.bounds import Line
from bff.connectors.manifest import Manifest

Question = Literal[
    "pension_kind_is_employees",
    "receives_public_pension",
    "income_below_limit",
    "resident_tax_exempt",
    "receives_child_allowance",
    "lives_in_household",
    "certified_for_care",
]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]


class Inquiry(msgspec.Struct, frozen=True):
    """`answer` when `answered`, by `told_by` as of a day; `at` is when it came to this state.

    `refused`: that body may not or will not tell (不提供); `unknown`: it holds nothing of the kind.
    """

    inquiry: Number
    state: Literal["waiting", "answered", "refused"]
    answer: Literal["yes", "no", "unknown"] | None
    told_by: Line | None
    as_of: date | None
    at: Moment


def inquiry(answer: httpx.Response, manifest: Manifest, number: str | None = None) -> Inquiry:
    """Another inquiry than was asked for, an answer while it waits, or one that nobody gave, is a wrong answer."""
    wire = done(answer, Inquiry, manifest)
    is_answered = wire.state == "answered"
    agreed(
        manifest,
        number in (None, wire.inquiry),
        is_answered is (wire.answer is not None),
        is_answered is (wire.as_of is not None),
        (wire.state == "waiting") is (wire.told_by is None),
    )
    return wire
