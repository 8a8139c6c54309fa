"""What the sending asks of a broadcast's row at its moment: to whom, in which words, and in which waves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from notifications.audience import Audience
from notifications.broadcasts.read import broadcast_of
from notifications.broadcasts.senders import testers
from notifications.broadcasts.told import told_on
from notifications.jobs import day_in_japan
from notifications.notice import Notice
from notifications.post.snapshot import Wave
from notifications.rows import notice_of


def to_whom(line: Row[Any]) -> Audience:
    """A new sender's goes to those who try it out."""
    return testers(line.ward, line.school) if line.trial else Audience.from_json(line.audience)


def as_told(line: Row[Any], sent_at: datetime) -> Notice:
    """With its gaps filled in for the day of sending."""
    told = told_on(broadcast_of(line), day_in_japan(sent_at))
    return replace(notice_of(line), sender=told.sender, title=told.title, body=told.body, sent_at=sent_at)


def waves(line: Row[Any], now: datetime) -> tuple[Wave, ...]:
    """None: everybody at once."""
    if not line.first_percent:
        return ()
    return Wave(line.first_percent / 100, now), Wave(1, now + timedelta(minutes=line.pause_minutes))
