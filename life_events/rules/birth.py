"""Rules that a birth sets going beside its notice: insurance, certificate, and what parents are paid at once."""

from datetime import date

from life_events.dates import months_after
from life_events.facts import Facts, Household, Member, Pension
from life_events.law import Law
from life_events.parents import raised_by_me
from life_events.rules.family import (
    NEWBORN,
    arrived_in_ward,
    may_have_partner,
    newborn,
    newborns,
    school_year_until,
)
from life_events.rules.pregnancy import ended, expecting, long_past
from life_events.rules.rule import household_rule, person_rule
from life_events.rules.told_baby import TOLD, told_baby
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Due, Open, Verdict, because, late_now, not_concerned, unheard


def child_health_insurance(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """健康保険法施行規則38条 (employer, 5 days); 国民健康保険法9条 (ward, together with the birth notice)."""
    if not newborn(child, today) or not raised_by_me(facts, home, child):
        return not_concerned()
    if facts.answers.yes("child_insured", child.person):
        return Done(because=because("insured", child=child.name))
    if facts.childcare is not UNKNOWN and facts.childcare.medical_of(child.person):
        return Done(because=because("insured", child=child.name))
    if facts.national is UNKNOWN:
        return unheard("national")
    key, asks = _insured_through(facts, home, facts.national.pension)
    term = "child_insurance_ward" if key == "by_ward" else "child_insurance_employer"
    return Due(
        by=law.last_day(term, child.birth_date),
        because=because(key, child=child.name, birth=child.birth_date),
        asks=(*asks, f"child_insured:{child.person}"),
        way=_INSURED_WAYS.get(key),
    )


_INSURED_WAYS = {"by_employer": "employer", "by_partner": "partner", "by_either": "either"}


def _told_baby_insured(facts: Facts, law: Law, today: date) -> Verdict:
    home, born = facts.registry, told_baby(facts, law, today)
    if home is UNKNOWN or born is None:
        return not_concerned()
    if facts.national is UNKNOWN:
        return unheard("national")
    key, asks = _insured_through(facts, home, facts.national.pension)
    by = law.last_day("child_insurance_ward" if key == "by_ward" else "child_insurance_employer", born)
    return Due(by=by, because=because(TOLD, birth=born), asks=asks, way=_INSURED_WAYS.get(key))


def _insured_through(facts: Facts, home: Household, pension: Pension) -> tuple[str, tuple[str, ...]]:
    """Whoever has no employer's insurance may have a partner who does; until it is told the shorter term stands.

    Of two who are insured at work the one who earns more takes the child in (夫婦共同扶養の認定の通知, 2021).
    """
    if pension == "category2":
        return _of_two(facts) if may_have_partner(home) else ("by_employer", ())
    if pension == "category3":
        return "by_partner", ()
    at_work = facts.answers.yes("partner_insured_at_work") if may_have_partner(home) else False
    if at_work is None:
        return "by_either", ("partner_insured_at_work",)
    return ("by_partner" if at_work else "by_ward"), ()


def _of_two(facts: Facts) -> tuple[str, tuple[str, ...]]:
    """She is insured at work; of a partner it is asked only when that may change where the child goes."""
    if facts.answers.yes("higher_earner") is not False:
        return "by_employer", ()
    at_work = facts.answers.yes("partner_insured_at_work")
    return "by_partner" if at_work else "by_employer", ("partner_insured_at_work",) if at_work is None else ()


def child_medical_certificate(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """Ward ordinance (マル乳・マル子・マル青): 15 days from the day after birth or move-in; later it starts late."""
    of_age = school_year_until("child_medical_until_age", law, child, today)
    if not raised_by_me(facts, home, child) or not of_age:
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    record = facts.childcare.medical_of(child.person)
    if record and today <= record.until:
        return Done(because=because("held", child=child.name, until=record.until))
    by = law.last_day("child_medical_certificate", max(child.birth_date, arrived_in_ward(facts, home) or date.min))
    if today <= by:
        return Due(by=by, because=because("newborn", child=child.name, by=by))
    ended = because("ended", child=child.name, until=record.until) if record else None
    return Open(because=ended or because("late", child=child.name))


def _told_baby_certificate(facts: Facts, law: Law, today: date) -> Verdict:
    born = told_baby(facts, law, today)
    if born is None:
        return not_concerned()
    by = law.last_day("child_medical_certificate", born)
    if today > by:
        return late_now(by, way=TOLD)
    return Due(by=by, because=because(TOLD, birth=born, by=by), way=TOLD)


def childbirth_lump_sum(facts: Facts, law: Law, today: date) -> Verdict:
    """健康保険法101条, 国民健康保険法58条: from 85 days of pregnancy, also after a loss; 2 years from the next day."""
    settled = facts.answers.yes("birth_lump_sum_settled")
    if ended(facts, law, today):
        over = settled or long_past(facts, law, today, "birth_lump_sum_months")
        return (
            not_concerned() if over else Open(because=because("quiet"), asks=("birth_lump_sum_settled",), way="quiet")
        )
    born = _last_birth(facts, law, today)
    if born is None:
        return Open(because=because("expecting")) if expecting(facts, law, today) else not_concerned()
    by = _lump_sum_until(law, born, today)
    if settled:
        return Done(because=because("settled"))
    if settled is None and today - born > NEWBORN:
        return Ask(because=because("ask_settled", birth=born, by=by), asks=("birth_lump_sum_settled",))
    return Due(by=by, because=because("born", birth=born, by=by), asks=("birth_lump_sum_settled",))


def parental_leave_benefits(facts: Facts, law: Law, today: date) -> Verdict:
    """雇用保険法61条の7, 健康保険法102条・159条: through the employer, for those insured there."""
    if ended(facts, law, today):
        insured = facts.national is not UNKNOWN and facts.national.pension == "category2"
        over = not insured or long_past(facts, law, today, "birth_lump_sum_months")
        return not_concerned() if over else Open(because=because("quiet"), way="quiet")
    if facts.registry is UNKNOWN:
        return unheard("registry") if expecting(facts, law, today) else not_concerned()
    children = newborns(facts, facts.registry, today)
    if not children and not expecting(facts, law, today):
        return not_concerned()
    if facts.national is UNKNOWN:
        return unheard("national")
    if facts.national.pension != "category2":
        return not_concerned()
    return Open(because=because("born", child=children[0].name) if children else because("expecting"))


def _lump_sum_until(law: Law, born: date, today: date) -> date:
    return months_after(born, law.number("birth_lump_sum_months", today))


def _last_birth(facts: Facts, law: Law, today: date) -> date | None:
    """The newest birth, told or on record, for which the lump sum can still be claimed."""
    home = None if facts.registry is UNKNOWN else facts.registry
    births = [child.birth_date for child in home.members if raised_by_me(facts, home, child)] if home else []
    if facts.answers.yes("baby_born") and (told := facts.answers.day("birth_date")):
        births.append(told)
    return max((birth for birth in births if today <= _lump_sum_until(law, birth, today)), default=None)


RULES = (
    person_rule(child_health_insurance, "insured", "by_ward", TOLD, *_INSURED_WAYS, baby=_told_baby_insured),
    person_rule(child_medical_certificate, "held", "newborn", "late", "ended", TOLD, baby=_told_baby_certificate),
    household_rule(childbirth_lump_sum, "quiet", "expecting", "settled", "ask_settled", "born"),
    household_rule(parental_leave_benefits, "quiet", "expecting", "born"),
)
