"""Moving: the difference between her ward and another place, from kept facts alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bff.home.home import Home
from life_events import Difference, difference

FARTHEST_YEARS = 2
"""A move farther away is a typing mistake; the tables of closed days end soon after."""


def difference_of(home: Home, to_ward: str, moves_on: date | None, people: Sequence[str] | None) -> Difference | None:
    """On the day given, else the day she answered; None when there is none, or nothing to compare."""
    planned = moves_on or home.facts.answers.day("move_date")
    if planned is None or abs(planned.year - home.today.year) > FARTHEST_YEARS:
        return None
    return difference(home.facts, home.catalogue, to_ward, planned, home.today, people)
