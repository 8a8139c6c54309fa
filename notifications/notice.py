"""What is told to people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from notifications.words import Language, Text

__all__ = ["Kind", "Language", "Notice", "Text"]


class Kind(StrEnum):
    INFORMATION = "information"
    ACTION = "action"
    EMERGENCY = "emergency"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Notice:
    """`ward` is the six-digit 全国地方公共団体コード of the sender; `about` a path inside the app.

    `sender_key` says who sent it to programs (`ward:131032`, `school:131032:<id>`), `topic` of what it is (a word of
    `notices.topic`), `marks` which marks its audience names. `revision` counts from 1; `revised_at`: when this one came
    to be. `asks` None: nothing to answer. `lapses_at` None: a year after it was sent.
    """

    id: UUID
    ward: str
    kind: Kind
    sender: Text
    title: Text
    body: Text
    sent_at: datetime
    act_by: date | None = None
    about: str | None = None
    sender_key: str = "house"
    topic: str = "other"
    marks: frozenset[str] = frozenset()
    asks: Mapping[str, Any] | None = None
    lapses_at: datetime | None = None
    revision: int = 1
    revised_at: datetime | None = None
    recalled_at: datetime | None = None
