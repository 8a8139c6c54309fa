"""Rules of the health checks of infants: one window of age each, told some weeks ahead and ticked off by the family."""

from collections.abc import Callable
from datetime import date, timedelta

from life_events.dates import month_birthday
from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.parents import raised_by_me
from life_events.rules.rule import ForPerson, Rule
from life_events.verdict import Done, Due, NotYet, Open, Verdict, because, not_concerned

AHEAD = timedelta(days=31)
"""How long before its window a check is worth a line."""
Window = tuple[date, date]


def by_days(law: Law, birth: date, on: date) -> Window:
    """1か月児健診: 28 to 41 days after the birth, which is day 0."""
    return birth + law.days("check_1_month_from", on), birth + law.days("check_1_month_until", on)


def by_months(name: str) -> Callable[[Law, date, date], Window]:
    """From the day an age is reached to the day before the next one is; each on the eve (年齢計算ニ関スル法律)."""

    def window(law: Law, birth: date, on: date) -> Window:
        begins = month_birthday(birth, law.number(f"{name}_from", on))
        ends = month_birthday(birth, law.number(f"{name}_before", on))
        return begins - timedelta(days=1), ends - timedelta(days=2)

    return window


def _check(procedure: str, window: Callable[[Law, date, date], Window], *, everywhere: bool = True) -> Rule:
    """`everywhere`: every ward holds it, so it has a last day; else she may ask her ward whether it does."""

    def decide(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
        if not raised_by_me(facts, home, child):
            return not_concerned()
        opens, by = window(law, child.birth_date, today)
        if not opens - AHEAD <= today <= by:
            return not_concerned()
        if facts.answers.yes(f"{procedure}_done", child.person):
            return Done(because=because("done", child=child.name))
        if today < opens:
            return NotYet(opens=opens, by=by, because=because("soon", child=child.name, opens=opens, by=by))
        asks = (f"{procedure}_done:{child.person}",)
        told = because("now", child=child.name, by=by)
        return Due(by=by, opens=opens, because=told, asks=asks) if everywhere else Open(because=told, asks=asks)

    return _named(procedure, decide)


def _named(procedure: str, decide: ForPerson) -> Rule:
    return Rule(procedure, frozenset(("done", "soon", "now")), for_person=decide)


RULES = (
    _check("check_1_month", by_days),
    _check("check_3_months", by_months("check_3_months")),
    _check("check_6_months", by_months("check_6_months")),
    _check("check_9_months", by_months("check_9_months")),
    _check("check_18_months", by_months("check_18_months")),
    _check("check_3_years", by_months("check_3_years")),
    _check("check_5_years", by_months("check_5_years"), everywhere=False),
)
