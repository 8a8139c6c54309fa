"""出生届: from the birth she told, or might tell, to the child on record."""

from datetime import date

from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.rules.family import JUST_BORN, young_family
from life_events.rules.pregnancy import ended, expecting
from life_events.rules.rule import household_rule
from life_events.rules.told_baby import ABROAD, on_record
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Due, Verdict, ask, because, not_concerned, unheard


def birth_notice(facts: Facts, law: Law, today: date) -> Verdict:
    """戸籍法49条: 14 days, the day of birth counted (43条); a closed last day gives way to the next open one."""
    if facts.registry is UNKNOWN:
        return unheard("registry")
    home, born = facts.registry, facts.answers.day("birth_date")
    waiting = facts.answers.yes("baby_born")
    if ended(facts, law, today):
        return not_concerned()
    if recorded := _newest(home, today, born if waiting else None):
        return Done(because=because("recorded", child=recorded.name))
    if waiting is None and _may_be_there(facts, law, today, home):
        return ask("baby_born")
    if not waiting:
        return not_concerned()
    return ask("birth_date", "ask_birth_date") if born is None else _not_on_record(facts, law, today, born)


def _not_on_record(facts: Facts, law: Law, today: date, born: date) -> Verdict:
    """A child that stays off the record for long may have been on it and have died: that is asked, never claimed."""
    filed, old = facts.answers.yes("birth_notice_filed"), today - born > JUST_BORN
    if filed:
        return not_concerned() if old else Done(because=because("filed", birth=born))
    if filed is None and old:
        return Ask(because=because("ask_filed"), asks=("birth_notice_filed", "pregnancy_ended"))
    asks = ("birth_notice_filed",) if filed is None else ()
    if facts.answers.yes(ABROAD):
        by = law.last_day_of_months("birth_notice_abroad_months", born)
        return Due(by=by, because=because("born_abroad", birth=born, by=by), asks=asks, way="abroad")
    by = law.last_day("birth_notice", born)
    unsaid = (ABROAD,) if facts.answers.yes(ABROAD) is None else ()
    late = ("pregnancy_ended",) if today > by else ()
    return Due(by=by, because=because("born", birth=born), asks=(*asks, *unsaid, *late))


def _may_be_there(facts: Facts, law: Law, today: date, home: Household) -> bool:
    """Whether a baby may have been born: to whoever told of a pregnancy, of any age, or to a young family."""
    due = facts.answers.day("due_date")
    earliest = None if due is None else due - law.days("earliest_birth_before_due", today)
    if earliest and today < earliest and expecting(facts, law, today):
        return False
    if not facts.answers.yes("pregnant"):
        return young_family(home, today)
    return earliest is None or all(member.birth_date < earliest for member in home.members)


def _newest(home: Household, today: date, born: date | None) -> Member | None:
    """The child whose birth is on record: the one asked about, else one just born."""
    if born is not None:
        return on_record(home, born)
    return next((member for member in home.members if today - member.birth_date <= JUST_BORN), None)


RULES = (
    household_rule(birth_notice, "recorded", "filed", "born", "born_abroad", "ask", "ask_birth_date", "ask_filed"),
)
