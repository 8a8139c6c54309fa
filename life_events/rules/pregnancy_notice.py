"""妊娠の届出."""

from datetime import date

from life_events.facts import Facts
from life_events.law import Law
from life_events.rules.pregnancy import expecting
from life_events.rules.rule import household_rule
from life_events.verdict import Done, Open, Verdict, because, not_concerned


def pregnancy_notice(facts: Facts, law: Law, today: date) -> Verdict:
    """母子保健法15条: soon after it is confirmed, no last day. It asks nobody: she tells it when she wants to."""
    if not expecting(facts, law, today):
        return not_concerned()
    if facts.answers.yes("pregnancy_notice_filed"):
        return Done(because=because("filed"))
    return Open(because=because("pregnant"), asks=("pregnancy_notice_filed",))


RULES = (household_rule(pregnancy_notice, "pregnant", "filed"),)
