"""Rules of the care bundle: the way to a certification and on from there."""

from datetime import date, timedelta

from life_events.dates import attained_age, care_validity_end
from life_events.facts import CareRecord, Facts, Household, Member
from life_events.law import Law
from life_events.rules.family import came, unsaid_joining
from life_events.rules.insured import certified, of_insurable_age
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
    senior = attained_age(person.birth_date, today) >= law.number("care_first_insured_age", today)
    worry, elsewhere = facts.answers.yes("care_worry"), facts.answers.yes("certified_before_move", person.person)
    if not of_insurable_age(person, law, today) or not (senior or worry or elsewhere):
        return not_concerned()
    if facts.care is UNKNOWN:
        return unheard("care")
    record = facts.care.of(person.person)
    if record and record.valid_until and record.certified_on(today):
        return Done(because=because("certified", person=person.name, until=record.valid_until))
    applied = _applied_since(facts, record, person)
    if applied and today <= _valid_until(law, applied):
        return _waiting(law, today, person, applied)
    if record and record.level and record.valid_until:
        renewing = _renewal_awaited(facts, law, today, record, person)
        return not_concerned() if renewing else _may_apply("expired", person, until=record.valid_until)
    return (
        _not_carried_over(facts, law, today, home, person)
        if elsewhere
        else _never_certified(facts, today, person, worry, senior)
    )


def _never_certified(facts: Facts, today: date, person: Member, worry: bool | None, senior: bool) -> Verdict:
    joined = unsaid_joining(facts, person, today)
    if worry is None:
        return Ask(because=because("ask", person=person.name), asks=("care_worry", *joined))
    if not worry:
        return not_concerned()
    return _may_apply("may_apply", person, joined) if senior else _second_insured(facts, person)


def _may_apply(key: str, person: Member, more: tuple[str, ...] = (), **told: object) -> Verdict:
    return Open(because=because(key, person=person.name, **told), asks=(f"care_applied:{person.person}", *more))


def care_renewal(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法28条・33条: from 60 days before the end to its last day; then from the day after it."""
    if not of_insurable_age(person, law, today):
        return not_concerned()
    if facts.care is UNKNOWN:
        return unheard("care")
    record = facts.care.of(person.person)
    if record is None or record.valid_until is None or not record.certified_on(today):
        return _undecided(facts, law, today, record, person)
    until = record.valid_until
    opens = until - law.days("care_renewal_opens_before", until)
    applied = facts.answers.day("care_applied", person.person)
    if applied and opens <= applied <= until:
        return Done(because=because("applied", person=person.name, applied=applied))
    told = {"person": person.name, "until": until, "starts": until + timedelta(days=1)}
    if today < opens:
        return NotYet(opens=opens, by=until, because=because("later", opens=opens, **told))
    return Due(by=until, because=because("ending", **told), asks=(f"care_applied:{person.person}",), opens=opens)


def _undecided(facts: Facts, law: Law, today: date, record: CareRecord | None, person: Member) -> Verdict:
    """介護保険法28条: asked for in time, the new certification counts from the day after the old one, however late."""
    applied = _renewal_awaited(facts, law, today, record, person) if record else None
    if record is None or applied is None or record.valid_until is None:
        return not_concerned()
    starts = record.valid_until + timedelta(days=1)
    told = {"person": person.name, "applied": applied, "starts": starts}
    return Done(because=because("waiting", until=record.valid_until, **told))


def _renewal_awaited(facts: Facts, law: Law, today: date, record: CareRecord, person: Member) -> date | None:
    """The day a renewal was asked for in its 60 days, while the register still shows only what has ended."""
    applied, until = facts.answers.day("care_applied", person.person), record.valid_until
    if applied is None or until is None or not until < today <= _valid_until(law, until + timedelta(days=1)):
        return None
    opens = until - law.days("care_renewal_opens_before", until)
    return applied if opens <= applied <= until else None


def care_level_change(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法29条・33条の2: at any time while certified; the new level counts from the day it is asked for."""
    record = certified(facts, law, today, person)
    if not isinstance(record, CareRecord):
        return record
    return Open(because=because(_planner(record), person=person.name))


def care_plan_notice(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法46条4項・58条4項: before services are used, also while the certification is still awaited."""
    if not of_insurable_age(person, law, today):
        return not_concerned()
    if facts.care is UNKNOWN:
        return unheard("care")
    record, filed = facts.care.of(person.person), facts.answers.yes("care_plan_filed", person.person)
    awaited = _applied_since(facts, record, person)
    if record is None or not record.certified_on(today):
        pending = awaited and today <= _valid_until(law, awaited) and not filed
        asks = (f"care_plan_filed:{person.person}",)
        return Open(because=because("pending", person=person.name), asks=asks) if pending else not_concerned()
    if filed is None:
        return Ask(because=because("ask", person=person.name), asks=(f"care_plan_filed:{person.person}",))
    if filed:
        return Done(because=because("filed", person=person.name))
    return Open(because=because(_planner(record), person=person.name))


def _applied_since(facts: Facts, record: CareRecord | None, person: Member) -> date | None:
    """The day she asked for a certification, when no certification has come of it yet."""
    applied = facts.answers.day("care_applied", person.person)
    answered = applied and record and record.valid_until and applied <= record.valid_until
    return None if answered else applied


def _valid_until(law: Law, applied: date) -> date:
    """介護保険法施行規則38条: where a first certification ends as a rule."""
    return care_validity_end(applied, law.number("care_new_validity_months", applied))


def _waiting(law: Law, today: date, person: Member, applied: date) -> Verdict:
    """介護保険法27条11項: 30 days; later the ward has to say why and until when."""
    told = {"person": person.name, "applied": applied, "decided": law.last_day("care_decision", applied)}
    key = "applied" if today <= law.last_day("care_decision", applied) else "delayed"
    return Done(because=because(key, until=_valid_until(law, applied), **told))


def _not_carried_over(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """Once the 14 days of 介護保険法36条 are over she starts from zero; before, care_transfer is the step."""
    by = law.last_day("care_carried_over", came(facts, home, person))
    if today <= by or facts.answers.yes("care_transfer_filed", person.person):
        return not_concerned()
    return _may_apply("not_carried_over", person, by=by)


def _second_insured(facts: Facts, person: Member) -> Verdict:
    disease = facts.answers.yes("specified_disease", person.person)
    if disease is None:
        fact = f"specified_disease:{person.person}"
        return Ask(because=because("ask_disease", person=person.name), asks=(fact,))
    return _may_apply("disease", person) if disease else not_concerned()


def _planner(record: CareRecord) -> str:
    """要支援 is planned by the community support centre, 要介護 by a care-plan office."""
    return "support" if record.level in ("support1", "support2") else "care"


RULES = (
    household_rule(care_consultation, "ask", "worried"),
    person_rule(
        care_certification,
        *("certified", "applied", "delayed", "expired", "not_carried_over"),
        *("ask", "may_apply", "ask_disease", "disease"),
    ),
    person_rule(care_renewal, "later", "ending", "applied", "waiting"),
    person_rule(care_level_change, "support", "care"),
    person_rule(care_plan_notice, "ask", "filed", "pending", "support", "care"),
)
