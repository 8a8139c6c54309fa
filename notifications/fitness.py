"""What makes a text unfit to be sent to people."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from notifications.texts import text_of
from notifications.words import Text

LONGEST_TITLE = 80
LONGEST_BODY = 4000
LONGEST_ABOUT = 300
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


class Told(Protocol):
    """The part of a notice or a draft that people will read."""

    @property
    def title(self) -> Text: ...
    @property
    def body(self) -> Text: ...
    @property
    def act_by(self) -> date | None: ...
    @property
    def about(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class DraftFault:
    """`field`: title, body, act_by or about. `code` is a key under [fault] in texts.toml."""

    field: str
    code: str

    @property
    def text(self) -> Text:
        return text_of("fault", self.code)


def faults_of(told: Told, today: date) -> tuple[DraftFault, ...]:
    """Everything that forbids sending; empty when fit."""
    return (
        *_faults_of_text("title", told.title, LONGEST_TITLE),
        *_faults_of_text("body", told.body, LONGEST_BODY),
        *([DraftFault("act_by", "past")] if told.act_by is not None and told.act_by < today else []),
        *([DraftFault("about", "not_a_path")] if told.about is not None and not _is_path(told.about) else []),
    )


def _faults_of_text(field: str, text: Text, longest: int) -> list[DraftFault]:
    texts = (text.ja, text.easy, text.en)
    if not text.ja.strip():
        return [DraftFault(field, "empty")]
    if any(len(one) > longest for one in texts):
        return [DraftFault(field, "too_long")]
    if any("\x00" in one for one in texts):
        return [DraftFault(field, "unreadable")]
    if any(holds_individual_number(one) for one in texts):
        return [DraftFault(field, "individual_number")]
    return []


def _is_path(about: str) -> bool:
    """Inside our own app only: one leading slash, nothing a browser would read as another origin."""
    return len(about) <= LONGEST_ABOUT and re.fullmatch(r"/(?![/\\])[A-Za-z0-9/_.~:?=&%-]*", about) is not None


def holds_individual_number(text: str) -> bool:
    """12 digits (spaces or hyphens between allowed) whose last is the check digit of 総務省令85号 5条 (2014)."""
    plain = unicodedata.normalize("NFKC", text)
    runs = re.findall(r"(?<!\d)\d(?:[ \-‐–—]?\d){11}(?![ \-]?\d)", plain)
    return any(_check_digit_fits(re.sub(r"\D", "", run)) for run in runs)


def _check_digit_fits(digits: str) -> bool:
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)
