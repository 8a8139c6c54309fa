"""On which days somebody is awaited at a school, as far as a calendar tells: its own holidays no list of ours has."""

from __future__ import annotations

from datetime import date
from typing import Final

from bff.school.school import Kind
from life_events.dates import new_year, next_open_day
from life_events.law import Law

_SATURDAY: Final = 5


def next_day(law: Law, kind: Kind, today: date) -> date:
    """Today or the next day on which it is open: schools rest at weekends, nurseries on Sundays, both on holidays."""
    return next_open_day(today, lambda day: _rests(law, kind, day))


def _rests(law: Law, kind: Kind, day: date) -> bool:
    if kind != "nursery" or day.weekday() != _SATURDAY:
        return law.closed(day)
    return day in law.holidays or new_year(day)
