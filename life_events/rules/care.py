"""Rules of the care bundle."""

from datetime import date

from life_events.dates import attained_age
from life_events.facts import CareRecord, Facts, Household, Member
from life_events.law import Law
from life_events.rules.rule import household_rule, person_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Due, NotYet, Open, Verdict, ask, because, not_concerned, unheard


def care_consultation(facts: Facts, law: Law, today: date) -> Verdict:
    """介護保険法115条の46: the community support centre hears any worry, without a paper."""
    worry = facts.answers.yes("care_worry")
    if worry is None:
        return ask("care_worry")
    return Open(because=because("worried")) if worry else not_concerned()


def care_certification(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法27条・32条: from 65, or from 40 with one of the 16 diseases; counts from the day it is asked for."""
    age = attained_age(person.birth_date, today)
    worry = facts.answers.yes("care_worry")
    senior = age >= law.numbers["care_first_insured_age"].on(today)
    if not senior and (not worry or age < law.numbers["care_second_insured_age"].on(today)):
        return not_concerned()
    if facts.care is UNKNOWN:
        return unheard("care")
    record = facts.care.of(person.person)
    if record and record.level and record.valid_until:
        return _certified_once(record, record.valid_until, today, person)
    if worry is None:
        return Ask(because=because("ask", person=person.name), asks=("care_worry",))
    if not worry:
        return not_concerned()
    return Open(because=because("may_apply", person=person.name)) if senior else _second_insured(facts, person)


def care_renewal(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法28条: from 60 days before the end of the certification to its last day."""
    if attained_age(person.birth_date, today) < law.numbers["care_second_insured_age"].on(today):
        return not_concerned()
    if facts.care is UNKNOWN:
        return unheard("care")
    record = facts.care.of(person.person)
    if record is None or record.valid_until is None or not record.certified_on(today):
        return not_concerned()
    until = record.valid_until
    opens = until - law.days("care_renewal_opens_before", until)
    if today < opens:
        return NotYet(opens=opens, by=until, because=because("later", person=person.name, opens=opens, until=until))
    return Due(by=until, because=because("ending", person=person.name, until=until))


def care_plan_notice(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法46条4項・58条4項: before services are used, else the whole price is paid first."""
    if attained_age(person.birth_date, today) < law.numbers["care_second_insured_age"].on(today):
        return not_concerned()
    if facts.care is UNKNOWN:
        return unheard("care")
    record = facts.care.of(person.person)
    if record is None or not record.certified_on(today):
        return not_concerned()
    filed = facts.answers.yes("care_plan_filed", person.person)
    if filed is None:
        return Ask(because=because("ask", person=person.name), asks=(f"care_plan_filed:{person.person}",))
    if filed:
        return Done(because=because("filed", person=person.name))
    return Open(because=because(_planner(record), person=person.name))


def _certified_once(record: CareRecord, until: date, today: date, person: Member) -> Verdict:
    if record.certified_on(today):
        return Done(because=because("certified", person=person.name, until=until))
    return Open(because=because("expired", person=person.name, until=until))


def _second_insured(facts: Facts, person: Member) -> Verdict:
    disease = facts.answers.yes("specified_disease", person.person)
    if disease is None:
        fact = f"specified_disease:{person.person}"
        return Ask(because=because("ask_disease", person=person.name), asks=(fact,))
    return Open(because=because("disease", person=person.name)) if disease else not_concerned()


def _planner(record: CareRecord) -> str:
    """要支援 is planned by the community support centre, 要介護 by a care-plan office."""
    return "support" if record.level in ("support1", "support2") else "care"


RULES = (
    household_rule(care_consultation, "ask", "worried"),
    person_rule(care_certification, "certified", "expired", "ask", "may_apply", "ask_disease", "disease"),
    person_rule(care_renewal, "later", "ending"),
    person_rule(care_plan_notice, "ask", "filed", "support", "care"),
)
