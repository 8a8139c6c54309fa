"""When a broadcast goes out, how often, and to how many at first."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from notifications.jobs import JAPAN, day_in_japan

LONGEST: Final = timedelta(days=366)
"""How far ahead anybody may plan, and how long anything may come round."""
SOONEST: Final = timedelta(minutes=1)
MOST_PAUSE: Final = 7 * 24 * 60


class Every(StrEnum):
    WEEK = "weekly"
    MONTH = "monthly"


@dataclass(frozen=True, slots=True)
class Plan:
    """`begins_at` None: as soon as it is approved. `every` and `until`: comes round so, up to and with that day.
    `first_percent` go out first, the rest `pause_minutes` later, unless it was stopped; 0: everybody at once."""

    begins_at: datetime | None = None
    every: Every | None = None
    until: date | None = None
    first_percent: int = 0
    pause_minutes: int = 0

    def faults(self, now: datetime) -> tuple[tuple[str, str], ...]:
        """(field, code under [fault]) of everything that cannot be done."""
        found = []
        if self.begins_at is not None and not SOONEST <= self.begins_at - now <= LONGEST:
            found.append(("begins_at", "begins"))
        if (self.every is None) != (self.until is None) or (self.every and self.begins_at is None):
            found.append(("until", "rounds"))
        elif self.until is not None and self.begins_at is not None:
            first = day_in_japan(self.begins_at)
            if not first < self.until <= first + LONGEST:
                found.append(("until", "until"))
        if (self.first_percent == 0) != (self.pause_minutes == 0) or self.pause_minutes > MOST_PAUSE:
            found.append(("pause_minutes", "stages"))
        return tuple(found)

    def next_after(self, begun: datetime, first: datetime) -> datetime | None:
        """When it comes round again; None: no more. `first`: of the series, whose day of the month it keeps, or the
        month's last where there is no such day."""
        if self.every is None or self.until is None:
            return None
        then = begun + timedelta(weeks=1) if self.every is Every.WEEK else _a_month_later(begun, first)
        return then if day_in_japan(then) <= self.until else None


AT_ONCE: Final = Plan()


def _a_month_later(begun: datetime, first: datetime) -> datetime:
    here, day = begun.astimezone(JAPAN), first.astimezone(JAPAN).day
    year, month = divmod(here.year * 12 + here.month, 12)
    return here.replace(year=year, month=month + 1, day=min(day, monthrange(year, month + 1)[1]))
