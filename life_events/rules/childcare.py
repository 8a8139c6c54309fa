"""Rules of the childcare bundle."""

from datetime import date

from life_events.dates import fiscal_year_end_from_age
from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.rules.family import raised_by_me
from life_events.rules.rule import PLAN_AND_REALITY, person_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Due, NotYours, Open, Verdict, because, not_concerned, unheard


def child_allowance_claim(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """児童手当法7条・8条: paid from the month after the claim; 15 days from the day after birth or move-in count."""
    if not raised_by_me(home, child) or today > fiscal_year_end_from_age(child.birth_date, 18):
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    if record := facts.childcare.allowance_of(child.person):
        return Done(because=because("paid", child=child.name, since=record.since))
    if facts.national is not UNKNOWN and facts.national.public_servant:
        return NotYours(because=because("public_servant"))
    return _unpaid_child(facts, law, today, home, child)


def _unpaid_child(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """A silent national source does not hide the last day: the form asks about public service itself."""
    by = law.last_day("child_allowance_claim", max(child.birth_date, _moved_in(facts, home)))
    if today <= by:
        key = "moved" if home.since > child.birth_date else _newborn_key(facts, home, child)
        return Due(by=by, because=because(key, child=child.name, birth=child.birth_date, since=home.since))
    elsewhere = facts.answers.yes("allowance_elsewhere", child.person)
    if elsewhere is None:
        fact = f"allowance_elsewhere:{child.person}"
        return Ask(because=because("ask_elsewhere", child=child.name), asks=(fact,))
    if elsewhere:
        return NotYours(because=because("paid_elsewhere"))
    return Open(because=because("late", child=child.name))


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


def _moved_in(facts: Facts, home: Household) -> date:
    """On a move the days count from the day told to the old ward (転出予定日), not from the real one."""
    planned = facts.answers.day("move_date") if facts.answers.yes("moving") else None
    if planned is None or abs(home.since - planned) > PLAN_AND_REALITY:
        return home.since
    return min(home.since, planned)


def _newborn_key(facts: Facts, home: Household, child: Member) -> str:
    """A family that is already paid for another child asks for a change of the amount (児童手当法9条)."""
    paid = facts.childcare.allowance if facts.childcare is not UNKNOWN else ()
    return "newborn_sibling" if paid else "newborn"


RULES = (
    person_rule(
        child_allowance_claim,
        *("paid", "public_servant", "moved", "newborn", "newborn_sibling", "ask_elsewhere", "paid_elsewhere", "late"),
    ),
    person_rule(nursery_use, "has_place", "ask_wish", "wished"),
)
