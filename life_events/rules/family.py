"""Who is whose child, and who is new in a family."""

from datetime import date, timedelta

from life_events.dates import attained_age
from life_events.facts import Household, Member

NEWBORN = timedelta(days=365)
"""How long the first steps of a child are shown."""
JUST_BORN = timedelta(days=60)
PARENTS_OF_BABIES = range(18, 50)
"""Ages at which the question about a baby is put; nobody has to answer it."""


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
