"""A question as it is put to a person: whom it is about, and which days it takes, seen from today."""

from datetime import date, timedelta

from life_events.catalogue import Catalogue
from life_events.facts import Facts
from life_events.paths import household
from life_events.questions import Question
from life_events.terms import Person


def question_of(catalogue: Catalogue, fact: str, facts: Facts, today: date) -> Question:
    """`fact` is the id to answer under, `fact:person` when it is asked about one of the household."""
    base, _, person = fact.partition(":")
    spec = catalogue.questions[base]
    return Question(
        fact=fact,
        label=spec.label,
        help=spec.help,
        kind=spec.kind,
        choices=spec.choices,
        subject=_person(facts, person),
        min_date=_day(today, spec.days_from),
        max_date=_day(today, spec.days_to),
    )


def _person(facts: Facts, person: str) -> Person | None:
    home = household(facts)
    member = home.member(person) if home and person else None
    return Person(member.person, member.name) if member else None


def _day(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)
