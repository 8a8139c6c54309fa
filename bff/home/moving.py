"""Moving: the difference between her ward and another place, from kept facts alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bff.home.home import Home
from life_events import Catalogue, Difference, Facts, Question, difference, question_of


def days_of_a_move(catalogue: Catalogue, today: date) -> Question:
    """The question for the day of a move, with the first and the last day it takes; one outside is a typing mistake."""
    return question_of(catalogue, "move_date", Facts(), today)


def difference_of(home: Home, to_ward: str, moves_on: date | None, people: Sequence[str] | None) -> Difference | None:
    """On the day given, else the day she answered; None when there is none, it is long past or far, or nobody moves."""
    planned, taken = moves_on or home.facts.answers.day("move_date"), days_of_a_move(home.catalogue, home.today)
    if planned is None or not (taken.min_date or planned) <= planned <= (taken.max_date or planned):
        return None
    return difference(home.facts, home.catalogue, to_ward, planned, home.today, people)
