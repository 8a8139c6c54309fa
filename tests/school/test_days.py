"""On which day a family says that a child will not come: never one on which nobody is awaited."""

from __future__ import annotations

from datetime import date

import pytest

from bff.school.days import next_day
from bff.school.school import Kind
from life_events import load_catalogue


@pytest.mark.parametrize(
    ("kind", "today", "awaited"),
    [
        ("elementary", date(2026, 11, 20), date(2026, 11, 20)),
        ("elementary", date(2026, 11, 21), date(2026, 11, 24)),  # a Saturday; Monday is 勤労感謝の日
        ("nursery", date(2026, 11, 21), date(2026, 11, 21)),
        ("nursery", date(2026, 11, 22), date(2026, 11, 24)),
        ("nursery", date(2027, 1, 2), date(2027, 1, 4)),  # a Saturday in the new year's days
        ("junior", date(2026, 12, 29), date(2027, 1, 4)),
    ],
)
def test_a_school_rests_at_weekends_and_a_nursery_on_sundays(kind: Kind, today: date, awaited: date) -> None:
    assert next_day(load_catalogue().law_in("131032"), kind, today) == awaited
