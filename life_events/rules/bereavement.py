"""Rules of the bundle for a death in the family. Nothing is asked before she opens it herself."""

from datetime import date

from life_events.facts import Facts
from life_events.law import Law
from life_events.rules.rule import household_rule
from life_events.verdict import Done, Due, Verdict, ask, because, not_concerned


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


RULES = (household_rule(death_notice, "ask_day", "counting", "filed"),)
