"""Occasions: when a bundle is shown at all. One plain question of the facts each."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from life_events.facts import Facts, Member
from life_events.law import Law
from life_events.paths import household
from life_events.rules.family import newborn, newborns, young_family
from life_events.rules.pregnancy import expecting
from life_events.rules.rule import PLAN_AND_REALITY
from life_events.terms import UNKNOWN

SETTLING_IN = timedelta(days=120)
"""How long after a move the steps of the new ward are shown: the longest of their terms is 90 days and some grace."""

Occasion = Callable[[Facts, Law, date], bool]


def moving_out(facts: Facts, law: Law, today: date) -> bool:
    """As long as a move inside the ward has not been told; so the question about a move stands here."""
    return not moving_within(facts, law, today)


def moving_in(facts: Facts, law: Law, today: date) -> bool:
    """A move to another municipality has been told, or the register shows that she came not long ago."""
    if moving_within(facts, law, today):
        return False
    home = household(facts)
    came = home is not None and timedelta(0) <= today - home.since <= SETTLING_IN
    return came or facts.answers.word("move_to") is not None


def moving_within(facts: Facts, law: Law, today: date) -> bool:
    """The move she told ends in the ward the register shows, or she came from there (転居)."""
    home, moved = household(facts), facts.answers.day("move_date")
    if home is None or not facts.answers.yes("moving") or moved is None:
        return False
    if facts.answers.word("moved_from") == home.ward:
        return True
    return facts.answers.word("move_to") == home.ward and home.since < moved - PLAN_AND_REALITY


def disaster(facts: Facts, law: Law, today: date) -> bool:
    """A disaster has been declared for her ward."""
    return facts.registry is not UNKNOWN and law.disaster(today) is not None


def birth(facts: Facts, law: Law, today: date) -> bool:
    """A child is expected, was born not long ago, or might be: then the question about a baby stands there."""
    home = household(facts)
    told = expecting(facts, law, today) or facts.answers.yes("pregnancy_ended") or facts.answers.yes("baby_born")
    return bool(told) or (home is not None and (bool(newborns(home, today)) or young_family(home, today)))


OCCASIONS: Mapping[str, Occasion] = {
    "birth": birth,
    "moving_out": moving_out,
    "moving_in": moving_in,
    "moving_within": moving_within,
    "disaster": disaster,
}


MEMBERS: Mapping[str, Callable[[Member, date], bool]] = {
    "newborn": newborn,
}
"""Whose steps a bundle holds, of those who live together."""
