"""What makes a text unfit to be sent to people."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from notifications.texts import text_of
from notifications.words import Text

LONGEST_TITLE = 80
LONGEST_BODY = 4000
LONGEST_ABOUT = 300

Forbidden = Callable[[str], bool]
"""Whether a text holds a 個人番号, which nobody may be told or keep; given by who knows how one looks."""


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


def faults_of(told: Told, today: date, forbidden: Forbidden) -> tuple[DraftFault, ...]:
    """Everything that forbids sending; empty when fit."""
    return (
        *_faults_of_text("title", told.title, LONGEST_TITLE, forbidden),
        *_faults_of_text("body", told.body, LONGEST_BODY, forbidden),
        *([DraftFault("act_by", "past")] if told.act_by is not None and told.act_by < today else []),
        *([DraftFault("about", "not_a_path")] if told.about is not None and not _is_path(told.about) else []),
    )


def _faults_of_text(field: str, text: Text, longest: int, forbidden: Forbidden) -> list[DraftFault]:
    texts = (text.ja, text.easy, text.en)
    if not text.ja.strip():
        return [DraftFault(field, "empty")]
    if any(len(one) > longest for one in texts):
        return [DraftFault(field, "too_long")]
    if any("\x00" in one for one in texts):
        return [DraftFault(field, "unreadable")]
    if any(forbidden(one) for one in texts):
        return [DraftFault(field, "individual_number")]
    return []


def _is_path(about: str) -> bool:
    """Inside our own app only: one leading slash, nothing a browser would read as another origin."""
    return len(about) <= LONGEST_ABOUT and re.fullmatch(r"/(?![/\\])[A-Za-z0-9/_.~:?=&%-]*", about) is not None
