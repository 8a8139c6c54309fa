"""A baby whose birth was told and that is on no register yet: its days run all the same."""

from datetime import date, timedelta

from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.rules.family import JUST_BORN
from life_events.rules.pregnancy import ended
from life_events.terms import UNKNOWN

SLIP = timedelta(days=14)
"""How far the day she told and that of the register may lie apart and still be those of one child."""
TOLD = "told_baby"
ABROAD = "born_abroad"


def told_baby(facts: Facts, law: Law, today: date) -> date | None:
    """The day it was born; None: nobody told of one, it is on record, or the record has been silent for long.

    One born abroad lives there until the register shows it; nothing is paid for it here before.
    """
    born, home = facts.answers.day("birth_date"), facts.registry
    if born is None or not facts.answers.yes("baby_born") or home is UNKNOWN or today - born > JUST_BORN:
        return None
    if facts.answers.yes(ABROAD):
        return None
    return None if on_record(home, born) or ended(facts, law, today) else born


def on_record(home: Household, born: date) -> Member | None:
    return next((member for member in home.members if abs(member.birth_date - born) <= SLIP), None)
