"""児童手当: the 確認書 that lets a child past the school year of 18 count for a younger one."""

from datetime import date, timedelta

from life_events.allowances import BEARS_COST, confirmation_matters
from life_events.dates import attained_age, fiscal_year_end_from_age
from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.rules.family import arrived_in_ward, my_children, paid_age
from life_events.rules.recipient import claims_at_work, paid_for, public_servant
from life_events.verdict import Done, Due, Open, Verdict, because, not_concerned

ELSEWHERE = "sibling_elsewhere"
"""Asked of the household: does she bear the cost of a student who stands in another register, without a 確認書?"""
PARENT_OF_GROWN_UP = 34
"""Age from which that may be; it only puts a question."""


def counts_for_the_third(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """児童手当法3条1項・6条: a child past 18 counts, to the end of the fiscal year of 22, with a 確認書 only.

    It goes to whoever pays; nothing is said where it would change no amount. The fifteen days are the wards' way (C).
    """
    bears = facts.answers.yes(BEARS_COST, child.person)
    at_work = claims_at_work(facts, home, today) and not paid_for(facts, law, home, today)
    if bears is False or at_work or not confirmation_matters(facts, law, today, child.person):
        return not_concerned()
    if bears:
        return Done(because=because("confirmed", child=child.name))
    asks = (f"{BEARS_COST}:{child.person}",)
    way = "partner" if public_servant(facts, today) else None
    by = law.last_day("child_allowance_claim", _counts_anew_since(facts, law, today, home, child))
    if today <= by:
        return Due(by=by, because=because("older_sibling_due", child=child.name, by=by), asks=asks, way=way)
    return Open(because=because("older_sibling", child=child.name), asks=asks, way=way)


def third_elsewhere_matters(facts: Facts, law: Law, today: date, home: Household, child: Member) -> bool:
    """Said once, under the youngest: with two children who are paid for, one more makes the third."""
    paid = my_children(facts, home, lambda one: paid_age(law, one, today))
    old_enough = home.me is not None and attained_age(home.me.birth_date, today) >= PARENT_OF_GROWN_UP
    return len(paid) > 1 and paid[-1].person == child.person and old_enough


def _counts_anew_since(facts: Facts, law: Law, today: date, home: Household, child: Member) -> date:
    """The latest day from which it makes a difference: past the school year, a birth, a move to this ward."""
    until = law.number("child_allowance_is_child_until_age", today)
    past = fiscal_year_end_from_age(child.birth_date, until) + timedelta(days=1)
    births = [one.birth_date for one in my_children(facts, home, lambda one: one.birth_date <= today)]
    return max(past, *births, arrived_in_ward(facts, home) or date.min)
