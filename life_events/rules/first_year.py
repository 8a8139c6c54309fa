"""Rules for what a child is given and offered in its first two years."""

from datetime import date, timedelta

from life_events.dates import birthday, month_end, months_after
from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.parents import raised_by_me
from life_events.rules.family import NEWBORN, arrived_in_tokyo, newborn, school_year_until
from life_events.rules.rule import person_rule
from life_events.verdict import Ask, Done, Due, Open, Verdict, because, not_concerned


def metropolitan_018_support(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """東京都018サポート: asked for once; paid for each month on whose first day the child lives in Tokyo."""
    of_age = school_year_until("metropolitan_018_until_age", law, child, today)
    if not raised_by_me(facts, home, child) or not of_age or not law.in_force("yen_metropolitan_018", today):
        return not_concerned()
    if facts.answers.yes("support_018", child.person):
        return Done(because=because("asked_for", child=child.name))
    start = max(child.birth_date, arrived_in_tokyo(facts, home) or date.min)
    asks = (f"support_018:{child.person}",)
    if today - start > NEWBORN:
        return _not_new(facts, child, asks)
    first = start if start.day == 1 else month_end(start) + timedelta(days=1)
    told = because("new_child", child=child.name, first=f"{first:%Y-%m}")
    return Open(because=told, asks=asks)


def _not_new(facts: Facts, child: Member, asks: tuple[str, ...]) -> Verdict:
    """Once is enough for all years, and no source tells of it; how far back it is paid is not confirmed."""
    if facts.answers.yes("support_018", child.person) is None:
        return Ask(because=because("ask_018", child=child.name), asks=asks)
    return Open(because=because("not_asked_for", child=child.name), asks=asks)


def baby_first_gift(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """赤ちゃんファーストギフト: for a child born in Tokyo; comes with the application for 018サポート."""
    if not newborn(child, today) or not raised_by_me(facts, home, child):
        return not_concerned()
    if not law.in_force("yen_metropolitan_baby_gift", child.birth_date):
        return not_concerned()
    if facts.answers.yes("support_018", child.person):
        return Done(because=because("with_018", child=child.name))
    if (arrived := arrived_in_tokyo(facts, home)) and arrived > child.birth_date:
        unsaid = ("moved_from",) if facts.answers.word("moved_from") is None else ()
        return Open(because=because("moved_since", child=child.name, since=home.since), asks=unsaid)
    return Open(because=because("born_here", child=child.name))


def newborn_visit(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """母子保健法11条・18条, 児童福祉法6条の3第4項: a midwife or nurse comes to every home in the first four months."""
    if not raised_by_me(facts, home, child) or facts.answers.yes("newborn_visited", child.person):
        return not_concerned()
    by = child.birth_date + law.days("newborn_visit_within", today)
    if today > by:
        return not_concerned()
    small = facts.answers.yes("low_birth_weight", child.person)
    asks = (f"low_birth_weight:{child.person}", f"newborn_visited:{child.person}")
    return Due(
        by=by, because=because("small" if small else "newborn", child=child.name), asks=asks[small is not None :]
    )


def premature_infant_care(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """母子保健法20条 (養育医療): asked for while the child is in hospital, until its first birthday."""
    if not newborn(child, today) or not raised_by_me(facts, home, child):
        return not_concerned()
    if not facts.answers.yes("low_birth_weight", child.person):
        return not_concerned()
    return Open(because=because("small", child=child.name))


def first_birthday_support(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """とうきょうママパパ応援事業: a letter around the first birthday; the ward sets its days."""
    if not raised_by_me(facts, home, child) or facts.answers.yes("first_birthday_claimed", child.person):
        return not_concerned()
    opens = birthday(child.birth_date, 1).replace(day=1)
    months = law.number("first_birthday_support_months", today)
    if not opens <= today < months_after(opens, months):
        return not_concerned()
    asks = (f"first_birthday_claimed:{child.person}",)
    return Open(because=because("one_year", child=child.name), asks=asks)


RULES = (
    person_rule(metropolitan_018_support, "asked_for", "new_child", "ask_018", "not_asked_for"),
    person_rule(baby_first_gift, "with_018", "moved_since", "born_here"),
    person_rule(newborn_visit, "newborn", "small"),
    person_rule(premature_infant_care, "small"),
    person_rule(first_birthday_support, "one_year"),
)
