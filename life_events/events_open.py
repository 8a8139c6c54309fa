"""Life events that are open for her now, for who wishes to hear from her ward about hers."""

from datetime import date, timedelta
from typing import Final

from life_events.facts import Facts
from life_events.law import Law
from life_events.paths import household
from life_events.rules.family import newborns
from life_events.rules.move import Move, the_move
from life_events.rules.pregnancy import ended, expecting

EVENTS: Final = ("pregnancy_birth", "moving_out", "moving_in", "moving_within", "bereavement")
"""Ids of bundles. What a child's age, a school or a care level says already is none of them; nor is a pregnancy that
ended without a birth: nobody is to be written to by that."""
A_YEAR: Final = timedelta(days=365)


def open_events(facts: Facts, law: Law, today: date) -> frozenset[str]:
    """Of EVENTS. What she has told or the register shows, not what might be: a step that only asks opens nothing."""
    found = {_moving(facts, today)}
    if not ended(facts, law, today) and (expecting(facts, law, today) or _has_newborn(facts, today)):
        found.add("pregnancy_birth")
    if _is_bereaved(facts, today):
        found.add("bereavement")
    return frozenset(found) - {""}


def _is_bereaved(facts: Facts, today: date) -> bool:
    """Her answer stands for years, for claims that lapse late; to be written to by it is another thing."""
    on = facts.answers.day("death_date") or facts.answers.day("death_known")
    return facts.answers.yes("bereaved") is True and on is not None and today - on <= A_YEAR


def _has_newborn(facts: Facts, today: date) -> bool:
    home = household(facts)
    return home is not None and bool(newborns(facts, home, today))


def _moving(facts: Facts, today: date) -> str:
    """As her ward sees it: she goes, has come, or moves within it."""
    move = the_move(facts, today)
    if not isinstance(move, Move):
        return ""
    if move.within:
        return "moving_within"
    return "moving_in" if move.arrived else "moving_out"
