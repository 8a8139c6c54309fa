"""From the counter's answers to a `Receipt` and a `CounterStatus`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.exchange.answer import told
from bff.exchange.silence import Silent, Why

Number = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z-]+$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
State = Literal["received", "checking", "sent_back", "decided", "rejected"]


class Receipt(msgspec.Struct, frozen=True):
    """The ward has it: its own number, and since when."""

    number: Number
    state: State
    at: Moment


class CounterStatus(msgspec.Struct, frozen=True):
    """Where an application stands since `at`; `note` is the official's word to the applicant."""

    number: Number
    state: State
    at: Moment
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None


class _Invalid(msgspec.Struct, frozen=True):
    code: Literal["invalid"]
    fields: Annotated[tuple[str, ...], msgspec.Meta(max_length=200)]


class Invalid(Exception):
    """The ward does not accept these fields; asking again the same way changes nothing."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(f"the ward refused {', '.join(fields)}")
        self.fields = fields


def receipt(answer: httpx.Response, source: str) -> Receipt:
    if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
        raise Invalid(_refused(answer, source))
    return told(answer, Receipt, source)


def status(answer: httpx.Response, source: str, number: str) -> CounterStatus:
    """An answer about another number than the one asked for is wrong."""
    wire = told(answer, CounterStatus, source)
    if wire.number != number:
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def _refused(answer: httpx.Response, source: str) -> tuple[str, ...]:
    try:
        return msgspec.json.decode(answer.content, type=_Invalid).fields
    except msgspec.MsgspecError as wrong:
        raise Silent(source, Why.WRONG_ANSWER) from wrong
