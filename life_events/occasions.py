"""Occasions: when a bundle is shown at all. One plain question of the facts each."""

from collections.abc import Callable, Mapping
from datetime import date

from life_events.facts import Facts, Member
from life_events.law import Law
from life_events.parents import raised_by_me
from life_events.paths import household
from life_events.rules.birth import childbirth_lump_sum
from life_events.rules.disaster import the_blow
from life_events.rules.family import newborn, newborns, young_family
from life_events.rules.move import Move, came_untold, the_move, told_move
from life_events.rules.pregnancy import ended, pregnancy_support_first, pregnancy_support_second
from life_events.rules.school import near_school
from life_events.terms import UNKNOWN
from life_events.verdict import NotYours

Occasion = Callable[[Facts, Law, date], bool]


def moving_out(facts: Facts, law: Law, today: date) -> bool:
    """As long as a move inside the ward has not been told; so the question about a move stands here."""
    return not moving_within(facts, law, today)


def moving_in(facts: Facts, law: Law, today: date) -> bool:
    """A move to another municipality has been told, or the register shows that she came not long ago."""
    if facts.registry is UNKNOWN:
        return told_move(facts.answers) is not None
    move = the_move(facts, today)
    return not move.within if isinstance(move, Move) else came_untold(facts, today)


def moving_within(facts: Facts, law: Law, today: date) -> bool:
    """The move she told ends in the ward the register shows, or she came from there (転居)."""
    move = the_move(facts, today)
    return isinstance(move, Move) and move.within


def disaster(facts: Facts, law: Law, today: date) -> bool:
    """A disaster has been declared for the ward she lived in on its day."""
    return the_blow(facts, law, today) is not None


def birth(facts: Facts, law: Law, today: date) -> bool:
    """A child is expected, was born not long ago, or might be: then the question about a baby stands there."""
    home = household(facts)
    told = facts.answers.yes("pregnant") or facts.answers.yes("baby_born")
    return bool(told) or (home is not None and (bool(newborns(facts, home, today)) or young_family(home, today)))


def pregnancy_ended(facts: Facts, law: Law, today: date) -> bool:
    """A pregnancy ended without a birth; the payments stand apart from anything about a child until all are over."""
    rules = (pregnancy_support_first, pregnancy_support_second, childbirth_lump_sum)
    return ended(facts, law, today) and any(not isinstance(rule(facts, law, today), NotYours) for rule in rules)


def school(facts: Facts, law: Law, today: date) -> bool:
    """A child of the family is in the year before elementary school, or in one of the nine years of school."""
    home = household(facts)
    return home is not None and any(
        raised_by_me(facts, home, child) and near_school(child, today) for child in home.members
    )


OCCASIONS: Mapping[str, Occasion] = {
    "birth": birth,
    "pregnancy_ended": pregnancy_ended,
    "school": school,
    "moving_out": moving_out,
    "moving_in": moving_in,
    "moving_within": moving_within,
    "disaster": disaster,
}


MEMBERS: Mapping[str, Callable[[Member, date], bool]] = {
    "newborn": newborn,
}
"""Whose steps a bundle holds, of those who live together."""
