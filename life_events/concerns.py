"""Whom a ripple of a move concerns: True, False, or None when nobody can tell."""

from collections.abc import Callable, Mapping
from datetime import date

from life_events.dates import attained_age, fiscal_year_end_from_age
from life_events.facts import Facts, Member
from life_events.ripple import Who
from life_events.terms import UNKNOWN

Concern = Callable[[Facts, Member | None, date], bool | None]
ANSWER, TOLD, UNTOLD = "answer:", "told:", "untold:"


def concerns(who: Who, more: tuple[str, ...], facts: Facts, member: Member | None, on: date) -> bool | None:
    """`more` narrows it further; one thing that does not hold settles it."""
    if member is not None and not _of_that_age(who, member, on):
        return False
    found = [holds(name, facts, member, on) for name in (*who.facts, *more)]
    if False in found:
        return False
    return None if None in found else True


def holds(name: str, facts: Facts, member: Member | None, on: date) -> bool | None:
    """`answer:x`: what she answered, None when she has not; `told:x`, `untold:x`: whether she has said yes herself."""
    if name.startswith(ANSWER):
        return facts.answers.yes(name.removeprefix(ANSWER))
    if name.startswith(TOLD):
        return facts.answers.yes(name.removeprefix(TOLD)) is True
    if name.startswith(UNTOLD):
        return facts.answers.yes(name.removeprefix(UNTOLD)) is not True
    return CONCERNS[name](facts, member, on)


def _of_that_age(who: Who, member: Member, on: date) -> bool:
    age = attained_age(member.birth_date, on)
    if who.age_from is not None and age < who.age_from:
        return False
    if who.age_until is not None and age >= who.age_until:
        return False
    return who.fiscal_year_of is None or on <= fiscal_year_end_from_age(member.birth_date, who.fiscal_year_of)


def _allowance(facts: Facts, member: Member | None, on: date) -> bool | None:
    if facts.childcare is UNKNOWN or member is None:
        return None
    return facts.childcare.allowance_of(member.person) is not None


def _medical(facts: Facts, member: Member | None, on: date) -> bool | None:
    """A certificate that is not in the records may still lie in the drawer."""
    if facts.childcare is UNKNOWN or member is None:
        return None
    return True if facts.childcare.medical_of(member.person) else None


def _nursery(facts: Facts, member: Member | None, on: date) -> bool | None:
    if facts.childcare is UNKNOWN or member is None:
        return None
    return facts.childcare.nursery_of(member.person) is not None


def _pupil(facts: Facts, member: Member | None, on: date) -> bool | None:
    if facts.school is UNKNOWN or member is None:
        return None
    pupil = facts.school.of(member.person)
    return pupil is not None and pupil.kind != "nursery"


def _certified(facts: Facts, member: Member | None, on: date) -> bool | None:
    if facts.care is UNKNOWN or member is None:
        return None
    record = facts.care.of(member.person)
    return record is not None and record.certified_on(on)


def _not_certified(facts: Facts, member: Member | None, on: date) -> bool | None:
    certified = _certified(facts, member, on)
    return None if certified is None else not certified


def _cost_limit(facts: Facts, member: Member | None, on: date) -> bool | None:
    """The ward's record shows a card; without one only somebody in a facility may come to need it."""
    if facts.care is UNKNOWN or member is None:
        return None
    record = facts.care.of(member.person)
    if record and record.cost_limit_until and on <= record.cost_limit_until:
        return True
    return None if facts.answers.word("care_life", member.person) == "facility" else False


def _not_public_servant(facts: Facts, member: Member | None, on: date) -> bool | None:
    """The claimant may be the other parent, so a record of the ward alone counts as sure."""
    if facts.national is UNKNOWN:
        return True
    return not facts.national.public_servant


def _has_card(facts: Facts, member: Member | None, on: date) -> bool | None:
    """A signing certificate is on the card; only her own is told, and nobody else's card is known."""
    if member is None or not member.me or facts.national is UNKNOWN:
        return None
    return True if facts.national.signing_certificate_until else None


def _me(facts: Facts, member: Member | None, on: date) -> bool | None:
    return member is not None and member.me


def _pension_automatic(facts: Facts, member: Member | None, on: date) -> bool | None:
    return None if facts.national is UNKNOWN else facts.national.pension == "category1"


def _pension_by_employer(facts: Facts, member: Member | None, on: date) -> bool | None:
    return None if facts.national is UNKNOWN else facts.national.pension in ("category2", "category3")


def _with_children(facts: Facts, member: Member | None, on: date) -> bool | None:
    if facts.registry is UNKNOWN:
        return None
    children = (one.birth_date for one in facts.registry.members if one.relation == "child")
    return any(on <= fiscal_year_end_from_age(birth, 18) for birth in children)


def _perhaps(facts: Facts, member: Member | None, on: date) -> bool | None:
    """No source holds it and nobody is asked."""
    return None


CONCERNS: Mapping[str, Concern] = {
    "allowance": _allowance,
    "medical": _medical,
    "nursery": _nursery,
    "pupil": _pupil,
    "certified": _certified,
    "not_certified": _not_certified,
    "cost_limit": _cost_limit,
    "perhaps": _perhaps,
    "not_public_servant": _not_public_servant,
    "has_card": _has_card,
    "me": _me,
    "pension_automatic": _pension_automatic,
    "pension_by_employer": _pension_by_employer,
    "with_children": _with_children,
}
