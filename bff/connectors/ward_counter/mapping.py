"""From the counter's answers to a `Receipt` and a `CounterStatus`, and what it is told of a signature."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.errors import NOT_JSON
from bff.exchange.answer import told
from bff.exchange.silence import Silent, Why

Number = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z-]+$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
State = Literal["received", "checking", "sent_back", "decided", "rejected", "withdrawn"]


class Proof(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """That she signed it, and what the ward may show for it: never a certificate.

    `digest`: hex, of the canonical bytes (RFC 8785) she signed, by `digest_algorithm`. `value`: the signature, base64.
    `verification`: the verifier's id of its check, `result` what came of it. `stamped_at`: by the time-stamp authority
    over the receipt; null when it was silent until now, and then the receipt has it later. `folder`: when she signed
    several at once, the document that `digest` is of: it lists the SHA-256 of this application's canonical bytes.
    """

    algorithm: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    digest_algorithm: Literal["sha256", "sha384"]
    digest: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64}|[0-9a-f]{96})$")]
    value: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=2000)]
    verification: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    result: Literal["valid"]
    checked_at: Moment
    stamped_at: Moment | None
    folder: Annotated[str, msgspec.Meta(max_length=8000)] | None = None


class Attachment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A photograph or PDF of a paper: `paper` of the procedure's list, and its name there. A copy, never an original.

    `content` is base64 on the wire; `digest`: SHA-256 of it, hex, as in the canonical bytes she signs.
    """

    paper: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,60}$")]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    media_type: Literal["image/jpeg", "image/png", "application/pdf"]
    digest: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
    content: bytes


class Receipt(msgspec.Struct, frozen=True):
    """The ward has it: its own number, and since when."""

    number: Number
    state: State
    at: Moment


class WrongField(msgspec.Struct, frozen=True):
    """A field the ward does not accept, or wants corrected, and why in its own words."""

    field: Annotated[str, msgspec.Meta(max_length=200)]
    message: Annotated[str, msgspec.Meta(max_length=500)]


class CounterStatus(msgspec.Struct, frozen=True):
    """Where an application stands since `at`; `note` is the official's word to the applicant.

    `fields`: of what is sent back, each with the reason; a ward that names none sends the whole back by its note.
    """

    number: Number
    state: State
    at: Moment
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None
    fields: Annotated[tuple[WrongField, ...], msgspec.Meta(max_length=200)] = ()


class Withdrawal(msgspec.Struct, frozen=True):
    """How the ward took a withdrawal: `unknown`, it never had the application; `settled`, it had decided before."""

    outcome: Literal["withdrawn", "unknown", "settled"]
    number: Number | None = None


class _Refused(msgspec.Struct, frozen=True):
    code: Literal["invalid", "key_taken"]
    fields: Annotated[tuple[WrongField, ...], msgspec.Meta(max_length=200)] = ()


class Invalid(Exception):
    """The ward does not accept it; asking again the same way changes nothing. `fields` is empty when it names none."""

    def __init__(self, fields: tuple[WrongField, ...]) -> None:
        super().__init__(f"the ward refused {', '.join(wrong.field for wrong in fields) or 'it'}")
        self.fields = fields


def receipt(answer: httpx.Response, source: str) -> Receipt:
    if answer.status_code in (httpx.codes.UNPROCESSABLE_ENTITY, httpx.codes.CONFLICT):
        raise Invalid(_refused(answer, source))
    return told(answer, Receipt, source)


def withdrawal(answer: httpx.Response, source: str) -> Withdrawal:
    return told(answer, Withdrawal, source)


def status(answer: httpx.Response, source: str, number: str) -> CounterStatus:
    """An answer about another number than the one asked for is wrong."""
    wire = told(answer, CounterStatus, source)
    if wire.number != number:
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def _refused(answer: httpx.Response, source: str) -> tuple[WrongField, ...]:
    try:
        return msgspec.json.decode(answer.content, type=_Refused).fields
    except NOT_JSON as wrong:
        raise Silent(source, Why.WRONG_ANSWER) from wrong
