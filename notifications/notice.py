"""What is told to people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
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
    """`ward` is the six-digit 全国地方公共団体コード of the sender; `about` a path inside the app."""

    id: UUID
    ward: str
    kind: Kind
    sender: Text
    title: Text
    body: Text
    sent_at: datetime
    act_by: date | None = None
    about: str | None = None
