"""Rules of the bundle for a death in the family. Nothing is asked before she opens it herself."""

from datetime import date, timedelta

from life_events.dates import attained_age
from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.rules.rule import household_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Done, Due, Verdict, ask, because, late_now, not_concerned, unheard

LONG_PAST, SURELY_FILED = timedelta(days=31), timedelta(days=180)
"""How long after its last day a notice nobody told of presses, and how long it is asked about."""


def death_notice(facts: Facts, law: Law, today: date) -> Verdict:
    """戸籍法86条: 7 days from the day one knew, that day counted (43条); a closed last day gives way to an open one."""
    if not facts.answers.yes("bereaved"):
        return not_concerned()
    if facts.answers.yes("death_notice_filed"):
        return Done(because=because("filed"))
    known = facts.answers.day("death_known")
    if known is None:
        return ask("death_known", "ask_day")
    return _counted(law.last_day("death_notice", known), known, today)


def _counted(by: date, known: date, today: date) -> Verdict:
    """墓地埋葬法5条・8条: no funeral without it; long after its last day it has most likely been filed."""
    if today > by + SURELY_FILED:
        return not_concerned()
    if today > by + LONG_PAST:
        return late_now(by, asks=("death_notice_filed",))
    return Due(by=by, because=because("counting", known=known, by=by), asks=("death_notice_filed",))


def new_household_head(facts: Facts, law: Law, today: date) -> Verdict:
    """住民基本台帳法25条: 14 days from the day after the death of the head; not where only one is left to head it."""
    if not facts.answers.yes("bereaved"):
        return not_concerned()
    if facts.registry is UNKNOWN:
        return unheard("registry")
    was_head, died = facts.answers.yes("deceased_was_head"), facts.answers.day("death_date")
    left = _left_to_head(facts.registry, law, died or today)
    if was_head is False or len(left) < 2:  # noqa: PLR2004 - one alone has nobody to choose from
        return not_concerned()
    if was_head is None:
        return ask("deceased_was_head", "ask_head")
    if died is None:
        return ask("death_date", "ask_day")
    by = law.last_day("household_head_change", died)
    return Due(by=by, because=because("head_died", died=died, by=by))


def _left_to_head(home: Household, law: Law, on: date) -> list[Member]:
    """Who may head the household after its head; none where the register shows her who asks as the head already."""
    if home.me is not None and home.me.relation == "head":
        return []
    age = law.number("household_head_from_age", on)
    return [one for one in home.members if one.relation != "head" and attained_age(one.birth_date, on) >= age]


RULES = (
    household_rule(death_notice, "ask_day", "counting", "filed"),
    household_rule(new_household_head, "ask_head", "ask_day", "head_died"),
)
