"""Rules of the childcare bundle."""

from datetime import date

from life_events.dates import fiscal_year_end_from_age
from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.rules.family import raised_by_me
from life_events.rules.rule import person_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Open, Verdict, because, not_concerned, unheard


def nursery_use(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """児童福祉法24条, 子ども・子育て支援法20条: from birth until school begins; the ward sets the days."""
    if not raised_by_me(home, child) or today > fiscal_year_end_from_age(child.birth_date, 6):
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    place = facts.childcare.nursery_of(child.person)
    if place and today <= place.certified_until:
        return Done(because=because("has_place", child=child.name, facility=place.facility))
    wish = facts.answers.yes("nursery_wish", child.person)
    if wish is None:
        return Ask(because=because("ask_wish", child=child.name), asks=(f"nursery_wish:{child.person}",))
    return Open(because=because("wished", child=child.name)) if wish else not_concerned()


RULES = (person_rule(nursery_use, "has_place", "ask_wish", "wished"),)
