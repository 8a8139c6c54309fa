"""Rules of the bundle for a death in the family. Nothing is asked before she opens it herself."""

from datetime import date

from life_events.dates import attained_age
from life_events.facts import Facts
from life_events.law import Law
from life_events.rules.rule import household_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Done, Due, Verdict, ask, because, not_concerned, unheard

MAY_HEAD = 15
"""From that age on somebody may head a household (住民基本台帳事務処理要領)."""


def death_notice(facts: Facts, law: Law, today: date) -> Verdict:
    """戸籍法86条: 7 days from the day one knew, that day counted (43条); a closed last day gives way to an open one."""
    if not facts.answers.yes("bereaved"):
        return not_concerned()
    if facts.answers.yes("death_notice_filed"):
        return Done(because=because("filed"))
    known = facts.answers.day("death_known")
    if known is None:
        return ask("death_known", "ask_day")
    by = law.last_day("death_notice", known)
    return Due(by=by, because=because("counting", known=known, by=by), asks=("death_notice_filed",))


def new_household_head(facts: Facts, law: Law, today: date) -> Verdict:
    """住民基本台帳法25条: 14 days from the day after the death of the head; not where only one could head it."""
    if not facts.answers.yes("bereaved"):
        return not_concerned()
    if facts.registry is UNKNOWN:
        return unheard("registry")
    grown = [one for one in facts.registry.members if attained_age(one.birth_date, today) >= MAY_HEAD]
    was_head, died = facts.answers.yes("deceased_was_head"), facts.answers.day("death_date")
    if was_head is None and len(grown) > 1:
        return ask("deceased_was_head", "ask_head")
    if not was_head or len(grown) <= 1:
        return not_concerned()
    if died is None:
        return ask("death_date", "ask_day")
    by = law.last_day("household_head_change", died)
    return Due(by=by, because=because("head_died", died=died, by=by))


RULES = (
    household_rule(death_notice, "ask_day", "counting", "filed"),
    household_rule(new_household_head, "ask_head", "ask_day", "head_died"),
)
