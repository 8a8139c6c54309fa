"""One event as it comes over the wire, and what makes it unfit. The OpenAPI document is made of these very shapes."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime, timedelta
from typing import Annotated, Final, Literal

import msgspec

from life_events import contains_individual_number

LARGEST: Final = 64 * 1024
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
"""The sender's own id of an event: the key of idempotency."""
UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What no text needs, and what makes one read as another: control characters, and those that turn its direction."""
BREAKS: Final = re.compile(r"[\t\n\r]")
AHEAD: Final = timedelta(minutes=10)
"""A sender's clock may be so far before ours."""
OLDEST: Final = 2000
LATEST: Final = 10
"""What is older, or further off, is a slip, and past the end of a calendar nobody reckons."""

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]*$")]
Paragraph = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
Revision = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Topic = Literal[
    "school",
    "nursery",
    "child",
    "health",
    "tax",
    "care",
    "moving",
    "disaster",
    "application",
    "payment",
    "account",
    "other",
]


class Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Short; `easy` is やさしい日本語. What is missing is shown in Japanese."""

    ja: Line
    easy: Line | None = None
    en: Line | None = None


class Paragraphs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Long; `easy` is やさしい日本語. What is missing is shown in Japanese."""

    ja: Paragraph
    easy: Paragraph | None = None
    en: Paragraph | None = None


class Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="notice"):
    """Something she is told. `act_by`: the last day on which something can be done. `revision`: the same event said
    anew has a higher one, and takes the place of what was said."""

    subject: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    at: datetime
    title: Lines
    body: Paragraphs
    urgency: Literal["information", "action", "status", "emergency"] = "information"
    topic: Topic = "other"
    act_by: date | None = None
    revision: Revision = 1


class CaseStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="case_step"):
    """Where something of hers stands at your office. All steps with the same `case` are one case; it is built from its
    steps in the order of `at`, whatever order they came in. `state` `yours`: she has to do something."""

    subject: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    at: datetime
    case: Word
    title: Lines
    state: Literal["new", "in_hand", "yours", "closed"]
    label: Lines
    topic: Topic = "application"
    act_by: date | None = None
    part_of: Word | None = None
    revision: Revision = 1


Event = Notice | CaseStep
ONE_LINE: Final = ("subject", "title", "label")


class Fault(msgspec.Struct, frozen=True):
    """`field`: a path into the body, `$` for all of it."""

    field: str
    message: str


class Unfit(Exception):
    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{one.field}: {one.message}" for one in faults))
        self.faults = faults


def read(body: bytes, now: datetime) -> Event:
    """Raises Unfit with everything that is wrong."""
    try:
        event: Event = msgspec.json.decode(body, type=Event)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message, _, place = str(error).partition(" - at `$")
        raise Unfit(Fault(place.rstrip("`").lstrip(".") or "$", message)) from error
    faults = [*_faults_of_time(event, now), *_faults_of_words(event)]
    if faults:
        raise Unfit(*faults)
    return event


def digest(event: Event) -> bytes:
    """The same for the same event, however its JSON was written, whichever revision says it."""
    told = msgspec.to_builtins(event)
    del told["revision"]
    return hashlib.sha256(msgspec.json.encode(told, order="sorted")).digest()


def _faults_of_time(event: Event, now: datetime) -> list[Fault]:
    if event.at.tzinfo is None:
        return [Fault("at", "a time needs its offset, as in 2026-11-27T09:00:00+09:00")]
    if event.at > now + AHEAD:
        return [Fault("at", "is in the future")]
    if event.at.year < OLDEST:
        return [Fault("at", f"is before {OLDEST}")]
    today = (now + timedelta(hours=9)).date()
    if event.act_by is not None and event.act_by < today:
        return [Fault("act_by", "is over already")]
    if event.act_by is not None and event.act_by.year > today.year + LATEST:
        return [Fault("act_by", f"is more than {LATEST} years ahead")]
    return []


def _faults_of_words(event: Event) -> list[Fault]:
    """All texts, by where they stand."""
    told = msgspec.to_builtins(event)
    faults = []
    for name, value in told.items():
        for language, words in value.items() if isinstance(value, dict) else [("", value)]:
            place = f"{name}.{language}" if language else name
            if isinstance(words, str) and (UNSEEN.search(words) or (name in ONE_LINE and BREAKS.search(words))):
                faults.append(Fault(place, "holds a control character"))
            elif isinstance(words, str) and language and contains_individual_number(words):
                faults.append(Fault(place, "holds what looks like a 個人番号 (12 digits), which nobody may be told"))
            elif isinstance(words, str) and language and not words.strip():
                faults.append(Fault(place, "is empty"))
    return faults
