"""How far to go for one notice: pushed while it can still be of use, not again once it was opened, and tried again
with growing pauses when a push service is busy."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum

from notifications.jobs import JAPAN
from notifications.notice import Kind, Notice

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=25),
    timedelta(hours=2),
    timedelta(hours=6),
)
"""Waited after the first, second … try that a push service put off; after the last one it is given up."""

_USEFUL_FOR = {
    Kind.EMERGENCY: timedelta(days=1),
    Kind.ACTION: timedelta(days=14),
    Kind.INFORMATION: timedelta(days=7),
    Kind.STATUS: timedelta(days=14),
}


class Rung(StrEnum):
    PUSH = "push"
    OPENED = "opened"
    TOO_LATE = "too_late"


def next_rung(notice: Notice, opened_at: datetime | None, now: datetime) -> Rung:
    """What is left to do for one delivery."""
    if opened_at is not None:
        return Rung.OPENED
    return Rung.PUSH if now < useful_until(notice) else Rung.TOO_LATE


def useful_until(notice: Notice) -> datetime:
    """No later than the end of the last day on which something can be done, in Japan."""
    end = notice.sent_at + _USEFUL_FOR[notice.kind]
    if notice.act_by is None:
        return end
    return min(end, datetime.combine(notice.act_by + timedelta(days=1), time(), JAPAN))


def seconds_left(notice: Notice, now: datetime) -> int:
    """The TTL of a push (RFC 8030 5.2); push services take at most 28 days."""
    return max(0, int((useful_until(notice) - now).total_seconds()))


def urgency(kind: Kind) -> str:
    """RFC 8030 5.3. An iPhone asleep is woken by `high` only."""
    return "normal" if kind is Kind.INFORMATION else "high"


def retry_at(notice: Notice, tries: int, retry_after: timedelta | None, now: datetime) -> datetime | None:
    """When to try again after `tries` tries; what the push service asked for goes before our own pause, and one that
    goes on naming a time is not given up before it is too late: busy for an hour, a minute at a time, is no refusal.
    None: given up, tried often enough or too late to be of use."""
    if tries > len(PAUSES) and retry_after is None:
        return None
    least = timedelta(seconds=1) if tries <= len(PAUSES) else PAUSES[1]
    again = now + (PAUSES[tries - 1] if retry_after is None else max(retry_after, least))
    return again if again < useful_until(notice) else None
