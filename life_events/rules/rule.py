"""The shape of a rule."""

from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct

from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.verdict import Verdict

ForHousehold = Callable[[Facts, Law, date], Verdict]
ForPerson = Callable[[Facts, Law, date, Household, Member], Verdict]

PLAN_AND_REALITY = timedelta(days=30)
"""How far the day of a move told beforehand and the day in the register may lie apart."""


class Rule(Struct, frozen=True):
    """Exactly one of the first two is set. `for_person` is asked once for every member of the known household.

    `for_baby`: asked beside `for_person`, of a child that is told and on no register yet.
    `quiet`: nothing is said while the household is not known, since another step waits for it already.
    `reasons` lists every reason key the rule may answer with, beside the common ones.
    """

    procedure: str
    reasons: frozenset[str]
    for_household: ForHousehold | None = None
    for_person: ForPerson | None = None
    for_baby: ForHousehold | None = None
    quiet: bool = False


def household_rule(decide: ForHousehold, *reasons: str) -> Rule:
    return Rule(decide.__name__, frozenset(reasons), for_household=decide)


def person_rule(decide: ForPerson, *reasons: str, baby: ForHousehold | None = None) -> Rule:
    return Rule(decide.__name__, frozenset(reasons), for_person=decide, for_baby=baby)
