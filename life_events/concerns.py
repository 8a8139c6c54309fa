"""Whom a ripple of a move concerns: True, False, or None when nobody can tell."""

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from life_events.dates import attained_age, fiscal_year_end_from_age
from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.parents import has_partner, raised_by_me
from life_events.ripple import Who
from life_events.rules.family import school_year_until
from life_events.rules.pregnancy import expecting
from life_events.rules.recipient import allowance_now, claims_at_work
from life_events.rules.school import begins_next
from life_events.terms import UNKNOWN

ANSWER = "answer:"


class Case(Struct, frozen=True, kw_only=True):
    """Whom a ripple is held against: `member` None for the household; `on`: the planned day of the move."""

    facts: Facts
    law: Law
    home: Household
    member: Member | None
    today: date
    on: date


Concern = Callable[[Case], bool | None]


def concerns(who: Who, more: tuple[str, ...], case: Case) -> bool | None:
    """`more` narrows it further; one thing that does not hold settles it."""
    if case.member is not None and not _of_that_age(who, case.law, case.member, case.on):
        return False
    found = [holds(name, case) for name in (*who.facts, *more)]
    if False in found:
        return False
    return None if None in found else True


def holds(name: str, case: Case) -> bool | None:
    """`answer:x`: what she answered, None when she has not."""
    if name.startswith(ANSWER):
        return case.facts.answers.yes(name.removeprefix(ANSWER))
    return CONCERNS[name](case)


def _of_that_age(who: Who, law: Law, member: Member, on: date) -> bool:
    age = attained_age(member.birth_date, on)
    if who.age_from is not None and age < who.age_from:
        return False
    if who.age_until is not None and age >= who.age_until:
        return False
    if isinstance(who.fiscal_year_of, str):
        return school_year_until(who.fiscal_year_of, law, member, on)
    return who.fiscal_year_of is None or on <= fiscal_year_end_from_age(member.birth_date, who.fiscal_year_of)


def _allowance(case: Case) -> bool | None:
    """Paid by the ward, or to be claimed: a baby is often not on record yet, and a partner may be the claimant."""
    facts, child = case.facts, case.member
    if child is None:
        return False
    if allowance_now(facts, child.person):
        return True
    if not raised_by_me(facts, case.home, child) or claims_at_work(facts, case.home, case.today):
        return False
    return False if facts.answers.yes("allowance_elsewhere", child.person) else None


def _medical(case: Case) -> bool | None:
    """A certificate that is not in the records may still lie in the drawer."""
    if case.facts.childcare is UNKNOWN or case.member is None:
        return None
    return True if case.facts.childcare.medical_of(case.member.person) else None


def _nursery(case: Case) -> bool | None:
    if case.facts.childcare is UNKNOWN or case.member is None:
        return None
    return case.facts.childcare.nursery_of(case.member.person) is not None


def _pupil(case: Case) -> bool | None:
    if case.facts.school is UNKNOWN or case.member is None:
        return None
    pupil = case.facts.school.of(case.member.person)
    return pupil is not None and pupil.kind != "nursery"


def _enters_school(case: Case) -> bool:
    """Elementary school begins on the 1 April after the move."""
    return case.member is not None and begins_next(case.member, case.on)


def _certified(case: Case) -> bool | None:
    if case.facts.care is UNKNOWN or case.member is None:
        return None
    record = case.facts.care.of(case.member.person)
    return record is not None and record.certified_on(case.on)


def _not_certified(case: Case) -> bool | None:
    certified = _certified(case)
    return None if certified is None else not certified


def _cost_limit(case: Case) -> bool | None:
    """The ward's record shows a card; without one only somebody in a facility may come to need it."""
    facts, member = case.facts, case.member
    if facts.care is UNKNOWN or member is None:
        return None
    record = facts.care.of(member.person)
    if record and record.cost_limit_until and case.on <= record.cost_limit_until:
        return True
    return None if facts.answers.word("care_life", member.person) == "facility" else False


def _has_card(case: Case) -> bool | None:
    """A signing certificate is on the card; only her own is told, and nobody else's card is known."""
    if case.member is None or not case.member.me or case.facts.national is UNKNOWN:
        return None
    return True if case.facts.national.signing_certificate_until else None


def _below_senior(case: Case) -> bool:
    """国民健康保険法6条8号: from 75 nobody is insured by the ward."""
    senior = case.law.number("senior_health_insurance_age", case.on)
    return any(attained_age(one.birth_date, case.on) < senior for one in case.home.members)


def _me(case: Case) -> bool:
    return case.member is not None and case.member.me


def _pension_automatic(case: Case) -> bool | None:
    national = case.facts.national
    return None if national is UNKNOWN else national.pension == "category1"


def _pension_by_employer(case: Case) -> bool | None:
    national = case.facts.national
    return None if national is UNKNOWN else national.pension in ("category2", "category3")


def _expecting(case: Case) -> bool:
    """Now, and as far as anybody knows still on the planned day."""
    return all(expecting(case.facts, case.law, day) for day in (case.today, case.on))


def _single_parent(case: Case) -> bool:
    """One parent stands in the register with a child of that age, or she says so; if she is paid is asked elsewhere."""
    alone = case.facts.answers.yes("raises_alone") or not has_partner(case.home)
    return alone and any(
        raised_by_me(case.facts, case.home, one)
        and school_year_until("single_parent_until_age", case.law, one, case.on)
        for one in case.home.members
    )


def _perhaps(case: Case) -> bool | None:
    """No source holds it and nobody is asked."""
    return None


CONCERNS: Mapping[str, Concern] = {
    "allowance": _allowance,
    "medical": _medical,
    "nursery": _nursery,
    "pupil": _pupil,
    "enters_school": _enters_school,
    "certified": _certified,
    "not_certified": _not_certified,
    "cost_limit": _cost_limit,
    "perhaps": _perhaps,
    "has_card": _has_card,
    "me": _me,
    "below_senior": _below_senior,
    "pension_automatic": _pension_automatic,
    "pension_by_employer": _pension_by_employer,
    "expecting": _expecting,
    "single_parent": _single_parent,
}
CERTAIN = frozenset({"me", "below_senior", "expecting", "single_parent", "enters_school"})
"""Those that are never None."""
