"""児童手当: the first claim, and a change of its amount."""

from datetime import date

from life_events.allowance_months import claim_months, written
from life_events.allowances import BEARS_COST
from life_events.dates import fiscal_year_end_from_age
from life_events.facts import Allowance, Answers, ChildcareRecords, Facts, Household, Member
from life_events.law import Law
from life_events.rules.family import has_partner, moved_in, my_children, raised_by_me, until_18
from life_events.rules.rule import person_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Due, NotYours, Open, Verdict, because, not_concerned, unheard

THIRD = 3
GONE = "no_longer_raised"


def child_allowance_claim(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """児童手当法7条・8条: paid from the month after the claim; 15 days from the day after birth or move-in count."""
    if not raised_by_me(home, child) or not until_18(child, today):
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    if record := facts.childcare.allowance_of(child.person):
        return Done(because=because("paid", child=child.name, since=record.since), asks=(f"{GONE}:{child.person}",))
    if paid_for(facts.childcare, home, today):
        return not_concerned()
    if facts.national is not UNKNOWN and facts.national.public_servant:
        return NotYours(because=because("public_servant"))
    return _first_claim(facts, law, today, home, child)


def _first_claim(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """A silent national source does not hide the last day: the form asks about public service itself."""
    left = facts.answers.day("left_public_service")
    event = max(child.birth_date, moved_in(facts, home), left or date.min)
    by = law.last_day("child_allowance_claim", event)
    if today > by:
        return _late(facts, law, today, event, child, asks=("left_public_service",))
    key = "left_service" if event == left else "moved" if home.since > child.birth_date else "newborn"
    first = written(claim_months(law, event, today).first_paid)
    told = because(key, child=child.name, birth=child.birth_date, since=home.since, by=by, first=first, event=event)
    earner = facts.answers.yes("higher_earner") if has_partner(home) else True
    asks = ("higher_earner",) if earner is None else ()
    return Due(by=by, because=told, asks=asks, way="partner" if earner is False else None)


def child_allowance_change(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """児童手当法9条 (額改定): the family is paid for another child; the days count as for a first claim.

    While the ward's records are silent the claim says so; a second step would say it twice.
    """
    if not raised_by_me(home, child) or facts.childcare is UNKNOWN:
        return not_concerned()
    if not until_18(child, today):
        return _counts_for_the_third(facts, law, today, home, child)
    still = paid_for(facts.childcare, home, today)
    if facts.childcare.allowance_of(child.person):
        return _fewer(facts.answers, still, child)
    return _one_more(facts, law, today, home, child) if still else not_concerned()


def _one_more(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    event = max(child.birth_date, moved_in(facts, home))
    by = law.last_day("child_allowance_claim", event)
    servant = facts.national is not UNKNOWN and facts.national.public_servant
    if today > by:
        return _late(facts, law, today, event, child)
    first = written(claim_months(law, event, today).first_paid)
    key = "joined" if home.since > child.birth_date else "newborn"
    told = because(key, child=child.name, birth=child.birth_date, by=by, first=first)
    return Due(by=by, because=told, way="partner" if servant else None)


def _late(facts: Facts, law: Law, today: date, event: date, child: Member, asks: tuple[str, ...] = ()) -> Verdict:
    """Months lost are not paid later, unless somebody else has been paying."""
    elsewhere = facts.answers.yes("allowance_elsewhere", child.person)
    if elsewhere is None:
        fact = f"allowance_elsewhere:{child.person}"
        return Ask(because=because("ask_elsewhere", child=child.name), asks=(fact,))
    if elsewhere:
        return NotYours(because=because("paid_elsewhere"))
    first = written(claim_months(law, event, today).first_paid)
    return Open(because=because("late", child=child.name, first=first), asks=asks)


def _fewer(answers: Answers, still: tuple[Allowance, ...], child: Member) -> Verdict:
    """A child fewer while others are left (9条3項); when none is left the right itself ends."""
    if not answers.yes(GONE, child.person):
        return not_concerned()
    others = any(not answers.yes(GONE, record.person) for record in still)
    return Open(because=because("fewer", child=child.name)) if others else not_concerned()


def _counts_for_the_third(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """児童手当法3条1項・6条: a child past 18 counts, to the end of the fiscal year of 22, with a 確認書 only."""
    age = law.number("child_allowance_counts_until_age", today)
    counting = my_children(home, lambda one: today <= fiscal_year_end_from_age(one.birth_date, age))
    paid = any(until_18(one, today) for one in counting)
    if child not in counting or len(counting) < THIRD or not paid:
        return not_concerned()
    bears = facts.answers.yes(BEARS_COST, child.person)
    if bears is None:
        asks = (f"{BEARS_COST}:{child.person}",)
        return Open(because=because("older_sibling", child=child.name), asks=asks)
    return Done(because=because("confirmed", child=child.name)) if bears else not_concerned()


def paid_for(records: ChildcareRecords, home: Household, today: date) -> tuple[Allowance, ...]:
    """Records of children for whom the ward pays now; a child that lives elsewhere is believed to be one."""

    def holds(record: Allowance) -> bool:
        member = home.member(record.person)
        return member is None or until_18(member, today)

    return tuple(filter(holds, records.allowance))


_LATE = ("ask_elsewhere", "paid_elsewhere", "late")

RULES = (
    person_rule(child_allowance_claim, "paid", "public_servant", "moved", "newborn", "left_service", *_LATE),
    person_rule(child_allowance_change, "newborn", "joined", "fewer", "older_sibling", "confirmed", *_LATE),
)
