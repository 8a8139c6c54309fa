"""From Mynaportal's answer to `ExchangeRecords`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import clean
from bff.connectors.bounds import Line
from bff.exchange.silence import Silent, Why

Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Passed(msgspec.Struct, frozen=True):
    """One exchange: `asked_by` asked `told_by` for `items` at `at`, for `procedure` (事務), on `law`.

    `none`: nothing of the kind was held of her.
    """

    number: Number
    at: Moment
    asked_by: Line
    told_by: Line
    procedure: Line
    items: Annotated[tuple[Line, ...], msgspec.Meta(min_length=1, max_length=50)]
    law: Line
    outcome: Literal["given", "refused", "none"]


class ExchangeRecords(msgspec.Struct, frozen=True):
    """Newest first."""

    records: Annotated[tuple[Passed, ...], msgspec.Meta(max_length=500)]


def records(answer: httpx.Response, source: str) -> ExchangeRecords:
    """One record twice is a wrong answer; the order is ours. A body that asked itself is shown as it is recorded."""
    wire = clean(answer, ExchangeRecords, source)
    numbers = [one.number for one in wire.records]
    if len(numbers) != len(set(numbers)):
        raise Silent(source, Why.WRONG_ANSWER)
    return ExchangeRecords(tuple(sorted(wire.records, key=lambda one: one.at, reverse=True)))
