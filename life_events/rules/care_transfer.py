"""The rule that keeps a care certification alive over a move."""

from datetime import date

from life_events.dates import attained_age
from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.rules.family import came
from life_events.rules.insured import of_insurable_age
from life_events.rules.move import ABROAD, EVERYBODY, MOVES, OTHER, SETTLING_IN, told_move
from life_events.rules.rule import person_rule
from life_events.rules.signing import can_sign
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Due, NotYet, Open, Verdict, because, not_concerned, unheard

INTO = "facility_move"
FACILITY = ("ask_facility", "facility")


def care_transfer(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法36条: the level goes on for about 6 months when asked for within 14 days of the change of address."""
    move, here = _leaving(facts, home), came(facts, home, person)
    if move and facts.answers.yes(EVERYBODY) is False and not facts.answers.yes(MOVES, person.person):
        return not_concerned()  # care_transfer_papers asks whether she moves
    since = move[0] if move else here
    if today - since > SETTLING_IN or not of_insurable_age(person, law, today):
        return not_concerned()
    by = law.last_day("care_carried_over", since)
    if today > by or (not move and today < since):
        return not_concerned()
    if facts.care is UNKNOWN:
        return unheard("care") if _senior(person, law, today) else not_concerned()
    return _leaves(facts, today, person, move, by) if move else _arrived(facts, law, today, person, home, by)


def _leaves(facts: Facts, today: date, person: Member, move: tuple[date, str], by: date) -> Verdict:
    """She still stands in the register of the old ward, whose certification it is."""
    moved, to = move
    record = None if facts.care is UNKNOWN else facts.care.of(person.person)
    if to == ABROAD or record is None or not record.certified_on(moved):
        return not_concerned()
    if special := into_facility(facts, person):
        return special
    way, ward = ("elsewhere", None) if to == OTHER else ("counter", to)
    if today < moved:
        told = because("before_move", person=person.name, move=moved, by=by)
        return NotYet(opens=moved, by=by, because=told, way=way, ward=ward)
    return Due(by=by, because=because("moved", person=person.name, move=moved, by=by), way=way, ward=ward)


def _arrived(facts: Facts, law: Law, today: date, person: Member, home: Household, by: date) -> Verdict:
    """The register of the new ward shows her; only she can tell that she was certified before."""
    record = None if facts.care is UNKNOWN else facts.care.of(person.person)
    since = came(facts, home, person)
    inside = since == home.since and facts.answers.word("moved_from") in (home.ward, ABROAD)
    told = facts.answers.yes("certified_before_move", person.person)
    if inside or told is False or (record and record.certified_on(today)):
        return not_concerned()
    if told is None:
        fact = f"certified_before_move:{person.person}"
        concerned = _senior(person, law, today) or facts.answers.yes("care_worry")
        return Ask(because=because("ask", person=person.name), asks=(fact,)) if concerned else not_concerned()
    if facts.answers.yes("care_transfer_filed", person.person):
        return Done(because=because("filed", person=person.name))
    if special := into_facility(facts, person):
        return special
    unsaid = () if facts.answers.yes(INTO, person.person) is False else (f"{INTO}:{person.person}",)
    return Due(
        by=by,
        because=because("arrived", person=person.name, since=since, by=by),
        asks=(f"care_transfer_filed:{person.person}", *unsaid),
        way=None if can_sign(facts, today) else "counter",
    )


def into_facility(facts: Facts, person: Member) -> Verdict | None:
    """介護保険法13条 (住所地特例): after a move into a facility the old municipality may stay the insurer."""
    told = facts.answers.yes(INTO, person.person)
    if told is None and facts.answers.word("care_life", person.person) == "facility":
        return Ask(because=because("ask_facility", person=person.name), asks=(f"{INTO}:{person.person}",))
    return Open(because=because("facility", person=person.name)) if told else None


def _leaving(facts: Facts, home: Household) -> tuple[date, str] | None:
    """The day and the place of a move out of this ward that the register does not show yet."""
    told = told_move(facts.answers)
    if told is None or told[1] == home.ward:
        return None
    planned, to = told
    real = facts.answers.day("moved_on")
    return real if real and abs(real - planned) <= SETTLING_IN else planned, to


def _senior(person: Member, law: Law, today: date) -> bool:
    return attained_age(person.birth_date, today) >= law.number("care_first_insured_age", today)


RULES = (person_rule(care_transfer, "ask", "before_move", "moved", "arrived", "filed", *FACILITY),)
