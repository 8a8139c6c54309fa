"""Who is whose child, and who is new in a family."""

from collections.abc import Callable
from datetime import date, timedelta

from life_events.dates import attained_age, fiscal_year_end_from_age
from life_events.facts import Facts, Household, Member
from life_events.rules.rule import PLAN_AND_REALITY

NEWBORN = timedelta(days=365)
"""How long the first steps of a child are shown."""
JUST_BORN = timedelta(days=60)
PARENTS_OF_BABIES = range(18, 50)
"""Ages at which the question about a baby is put; nobody has to answer it."""
ADULT_YEAR = 18


def raised_by_me(home: Household, child: Member) -> bool:
    """A child of the couple that heads the household, seen by one of the two."""
    return child.relation == "child" and home.me is not None and home.me.relation in ("head", "spouse")


def newborn(child: Member, today: date) -> bool:
    return today - child.birth_date <= NEWBORN


def newborns(home: Household, today: date) -> tuple[Member, ...]:
    """The children of less than a year that the signed-in person raises."""
    return tuple(member for member in home.members if raised_by_me(home, member) and newborn(member, today))


def young_family(home: Household, today: date) -> bool:
    return any(attained_age(member.birth_date, today) in PARENTS_OF_BABIES for member in home.members)


def until_18(child: Member, today: date) -> bool:
    """Up to 31 March after the day on which the age of 18 is reached (「18歳に達する日以後の最初の3月31日」)."""
    return today <= fiscal_year_end_from_age(child.birth_date, ADULT_YEAR)


def my_children(home: Household, holds: Callable[[Member], bool]) -> list[Member]:
    """The children she raises of whom `holds` is true, the eldest first."""
    mine = [one for one in home.members if raised_by_me(home, one) and holds(one)]
    return sorted(mine, key=lambda one: one.birth_date)


def has_partner(home: Household) -> bool:
    """Whether both of a couple stand in the register."""
    return {"head", "spouse"} <= {one.relation for one in home.members}


def moved_in(facts: Facts, home: Household) -> date:
    """On a move the days count from the day told to the old ward (転出予定日), not from the real one."""
    planned = facts.answers.day("move_date") if facts.answers.yes("moving") else None
    if planned is None or abs(home.since - planned) > PLAN_AND_REALITY:
        return home.since
    return min(home.since, planned)
