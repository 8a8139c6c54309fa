"""Which rungs a notice has and when each is due: `ladders.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec

from notifications.jobs import JAPAN, day_in_japan
from notifications.notice import Kind

DAY: Final = (time(8), time(20))


class Rung(StrEnum):
    PUSH = "push"
    OTHER_GUARDIAN = "other_guardian"
    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"


BY_HAND: Final = frozenset({Rung.PUSH, Rung.LETTER})
"""Not climbed by the job: a push goes with the notice, letters are posted by officials."""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rung: Rung
    minutes: int

    @property
    def after(self) -> timedelta:
        return timedelta(minutes=self.minutes)


class Ladder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`topic` empty: of every topic that has none of its own. `stops`: what counts as reached."""

    kind: Kind
    begins: date = msgspec.field(name="from")
    stops: Literal["opened", "confirmed"]
    rungs: tuple[Step, ...]
    topic: str = ""

    def climbs(self) -> Sequence[Step]:
        """What the job does, the earliest first."""
        return sorted((one for one in self.rungs if one.rung not in BY_HAND), key=lambda one: one.minutes)

    def due(self, step: Step, sent_at: datetime) -> datetime:
        """When a rung is climbed: nobody is written to or rung up at night, but for an emergency."""
        at = sent_at + step.after
        return at if self.kind is Kind.EMERGENCY else by_day(at)

    def letters_from(self, sent_at: datetime) -> datetime | None:
        """From when on letters are posted; None: none are."""
        return next((sent_at + one.after for one in self.rungs if one.rung is Rung.LETTER), None)

    def over(self, sent_at: datetime) -> datetime:
        """No rung is tried for longer than a day after it was due."""
        return sent_at + max(one.after for one in self.rungs) + timedelta(days=1)


def ladder_of(kind: Kind, topic: str, sent_at: datetime, ladders: Sequence[Ladder] | None = None) -> Ladder:
    """The one that held on the day it was sent; raises LookupError for a class that has none, which a test forbids."""
    day = day_in_japan(sent_at)
    held = [one for one in ladders or shipped() if one.kind is kind and one.begins <= day and one.topic in ("", topic)]
    if not held:
        raise LookupError(f"no ladder for {kind} on {day}")
    return max(held, key=lambda one: (one.topic, one.begins))


def by_day(moment: datetime) -> datetime:
    """The first moment from `moment` on that is by day in Tokyo."""
    local = moment.astimezone(JAPAN)
    begins, ends = DAY
    if begins <= local.time() < ends:
        return moment
    day = local.date() if local.time() < begins else local.date() + timedelta(days=1)
    return datetime.combine(day, begins, JAPAN)


@cache
def shipped() -> tuple[Ladder, ...]:
    told = tomllib.loads(Path(__file__).with_name("ladders.toml").read_text("utf-8"))
    return msgspec.convert(told["ladder"], tuple[Ladder, ...])
