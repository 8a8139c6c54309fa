"""What the rules of the care insurance share: who is insured, and who is certified."""

from datetime import date

from life_events.dates import attained_age
from life_events.facts import CareRecord, Facts, Member
from life_events.law import Law
from life_events.terms import UNKNOWN
from life_events.verdict import Verdict, not_concerned, unheard


def of_insurable_age(person: Member, law: Law, today: date) -> bool:
    """介護保険法9条: 第1号 from 65, 第2号 from 40."""
    return attained_age(person.birth_date, today) >= law.number("care_second_insured_age", today)


def is_second_insured(person: Member, law: Law, today: date) -> bool:
    """第2号被保険者 by age, 介護保険法9条2号: from 40 to 64."""
    old = attained_age(person.birth_date, today) >= law.number("care_first_insured_age", today)
    return of_insurable_age(person, law, today) and not old


def once_certified(facts: Facts, law: Law, today: date, person: Member) -> CareRecord | Verdict:
    """Her record when she is or was certified, else what to answer.

    A silent care office is told only where she has said that care is used; else everybody over 40 would wait for it.
    """
    if not of_insurable_age(person, law, today):
        return not_concerned()
    if facts.care is UNKNOWN:
        return unheard("care") if facts.answers.word("care_life", person.person) else not_concerned()
    record = facts.care.of(person.person)
    return record if record and record.level else not_concerned()


def certified(facts: Facts, law: Law, today: date, person: Member) -> CareRecord | Verdict:
    """As `once_certified`, for what only somebody certified today may ask for."""
    record = once_certified(facts, law, today, person)
    expired = isinstance(record, CareRecord) and not record.certified_on(today)
    return not_concerned() if expired else record
