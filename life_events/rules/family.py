"""Who is whose child, who is new in a family, and whether the family is new here."""

from collections.abc import Callable
from datetime import date, timedelta

from life_events.dates import attained_age, fiscal_year_end_from_age
from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.parents import has_partner, raised_by_me
from life_events.rules.move import ABROAD, OUTSIDE
from life_events.rules.rule import PLAN_AND_REALITY

NEWBORN = timedelta(days=365)
"""How long the first steps of a child are shown."""
JUST_BORN = timedelta(days=60)
GENERATION = timedelta(days=15 * 365)
"""People who are less apart in age may be a couple; it only puts a question."""
JOINED = "joined"
"""The day a member came to live in a household that was here before; asked of each, and only where it matters."""
PARENTS_OF_BABIES = range(18, 50)
"""Ages at which the question about a baby is put; nobody has to answer it."""


def newborn(child: Member, today: date) -> bool:
    return today - child.birth_date <= NEWBORN


def newborns(facts: Facts, home: Household, today: date) -> tuple[Member, ...]:
    """The children of less than a year that the signed-in person raises."""
    return tuple(member for member in home.members if raised_by_me(facts, home, member) and newborn(member, today))


def young_family(home: Household, today: date) -> bool:
    return any(attained_age(member.birth_date, today) in PARENTS_OF_BABIES for member in home.members)


def school_year_until(age: str, law: Law, child: Member, today: date) -> bool:
    """Up to the 31 March (「…歳に達する日以後の最初の3月31日」) of the number `age`, as law has it on that day."""
    return today <= fiscal_year_end_from_age(child.birth_date, law.number(age, today))


def paid_age(law: Law, child: Member, today: date) -> bool:
    """児童手当法3条1項."""
    return school_year_until("child_allowance_until_age", law, child, today)


def my_children(facts: Facts, home: Household, holds: Callable[[Member], bool]) -> list[Member]:
    """The children she raises of whom `holds` is true, the eldest first."""
    mine = [one for one in home.members if raised_by_me(facts, home, one) and holds(one)]
    return sorted(mine, key=lambda one: one.birth_date)


def may_have_partner(home: Household) -> bool:
    """As `has_partner`; a daughter or son of the head, or the spouse of one, may live there with a partner."""
    beside = {"child": "other", "other": "child"}.get(home.me.relation) if home.me else None
    me = home.me
    return has_partner(home) or any(
        me is not None and one.relation == beside and abs(one.birth_date - me.birth_date) < GENERATION
        for one in home.members
    )


def came(facts: Facts, home: Household, member: Member) -> date:
    """The day she came to live here: that of the household, unless she joined it later and somebody has said so."""
    joined = facts.answers.day(JOINED, member.person)
    return joined if joined and joined > home.since else home.since


def unsaid_joining(facts: Facts, member: Member, today: date) -> tuple[str, ...]:
    """The question when she joined, as long as nobody has answered it; not of a baby, nor of the one signed in."""
    said = member.me or newborn(member, today) or facts.answers.day(JOINED, member.person) is not None
    return () if said else (f"{JOINED}:{member.person}",)


def planned_day(facts: Facts, home: Household) -> date | None:
    """The day told to the old ward (転出予定日) of the move on record; None: she has not said it.

    Whoever comes from abroad has told none: there the day of arriving counts.
    """
    answers = facts.answers
    if answers.word("moved_from") == ABROAD:
        return home.since
    told = answers.day("move_out_planned") or (answers.day("move_date") if answers.yes("moving") else None)
    return told if told is not None and abs(home.since - told) <= PLAN_AND_REALITY else None


def arrived_in_ward(facts: Facts, home: Household) -> date | None:
    """The day that counts when she came from another municipality; None: the move on record began in this ward.

    On a move the days count from the one told to the old ward, not from the real one; the earlier one is safe.
    """
    if facts.answers.word("moved_from") == home.ward:
        return None
    return min(home.since, planned_day(facts, home) or home.since)


def arrived_in_tokyo(facts: Facts, home: Household) -> date | None:
    """The same for what the metropolis gives: none of the 23 wards is another place."""
    elsewhere = facts.answers.word("moved_from") in (None, *OUTSIDE)
    return arrived_in_ward(facts, home) if elsewhere else None
