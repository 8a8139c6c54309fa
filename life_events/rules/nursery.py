"""保育: certification, application, yearly report; and what there is besides a place in a nursery."""

from datetime import date, timedelta

from life_events.dates import birthday, fiscal_year_end_from_age, fiscal_year_start, months_after, school_entry
from life_events.facts import Facts, Household, Member, NurseryPlace
from life_events.law import Law
from life_events.parents import raised_by_me
from life_events.rules.family import my_children, newborn
from life_events.rules.pregnancy import expecting
from life_events.rules.rule import household_rule, person_rule
from life_events.rules.yearly import report
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Due, NotYet, Open, Verdict, ask, because, not_concerned, unheard

ENDING = timedelta(days=31)
"""How long before its end a certification is renewed."""


def nursery_certification(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """子ども・子育て支援法20条 (教育・保育給付認定): asked for together with the application, in its days.

    While the ward's records are silent the application says so; a second step would say it twice.
    """
    if not _before_school(facts, home, child, today) or facts.childcare is UNKNOWN:
        return not_concerned()
    if place := _place(facts, child, today):
        return _certified(child, place.certified_until, today)
    return _wished(facts, law, today, child)


def _certified(child: Member, until: date, today: date) -> Verdict:
    """子ども・子育て支援法施行規則8条: one for job search, birth or illness ends early and is renewed before."""
    if today < until - ENDING or _ends_by_age(child, until):
        return Done(because=because("certified", child=child.name, until=until))
    return Due(by=until, because=because("ending", child=child.name, by=until))


def _ends_by_age(child: Member, until: date) -> bool:
    """At three the ward itself goes on to 2号 (法23条4項), at the end of 年長 school begins; neither is renewed."""
    third = birthday(child.birth_date, 3)
    return third - timedelta(days=2) <= until <= third or until >= school_entry(child.birth_date) - timedelta(days=1)


def nursery_use(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """児童福祉法24条, 子ども・子育て支援法42条・54条: from birth until school begins; the ward sets the days."""
    if not _before_school(facts, home, child, today):
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    if place := _place(facts, child, today):
        return Done(because=because("has_place", child=child.name, facility=place.facility))
    return _wished(facts, law, today, child)


def _wished(facts: Facts, law: Law, today: date, child: Member) -> Verdict:
    wish = facts.answers.yes("nursery_wish", child.person)
    if wish is None:
        return Ask(because=because("ask_wish", child=child.name), asks=(f"nursery_wish:{child.person}",))
    if not wish:
        return not_concerned()
    window = law.window("nursery_april", today)
    if window is None or next_april(window.closes) >= school_entry(child.birth_date):
        return Open(because=because("wished", child=child.name))
    told = because("april", child=child.name, opens=window.opens, by=window.closes)
    if today < window.opens:
        return NotYet(opens=window.opens, by=window.closes, because=told)
    return Due(by=window.closes, opens=window.opens, because=told)


def nursery_before_birth(facts: Facts, law: Law, today: date) -> Verdict:
    """A ward's provisional application for a child not yet born; only where the ward has published days for it."""
    window, latest = law.window("nursery_before_birth", today), law.window("nursery_before_birth_due", today)
    if window is None or latest is None or not expecting(facts, law, today):
        return not_concerned()
    due = facts.answers.day("due_date")
    if due is None:
        return ask("due_date", "ask_due_date")
    if due > latest.closes:
        return not_concerned()
    told = because("expecting", opens=window.opens, by=window.closes, due=due)
    if today < window.opens:
        return NotYet(opens=window.opens, by=window.closes, because=told)
    return Due(by=window.closes, opens=window.opens, because=told)


def nursery_status_report(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """子ども・子育て支援法施行規則9条: once a year, in days the ward sets; the usual ones stand in where it has not."""
    if not _before_school(facts, home, child, today) or facts.childcare is UNKNOWN:
        return not_concerned()
    if _place(facts, child, today) is None:
        return not_concerned()
    own = law.window("nursery_status_report", today)
    window = (own.opens, own.closes) if own else law.yearly("nursery_status_report", today)
    fact = f"nursery_report_filed:{child.person}"
    return report(window, facts.answers.day("nursery_report_filed", child.person), today, asks=fact, late=False)


def nursery_fee_waiver(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """東京都と区: no monthly fee in the classes of 0 to 2, from the first child on; a claim only outside 認可."""
    small = today <= fiscal_year_end_from_age(child.birth_date, law.number("nursery_small_classes_age", today))
    if not raised_by_me(facts, home, child) or not small or facts.childcare is UNKNOWN:
        return not_concerned()
    if _place(facts, child, today):
        return Done(because=because("automatic", child=child.name))
    if not facts.answers.yes("nursery_wish", child.person):
        return not_concerned()
    outside = facts.answers.yes("unlicensed_nursery", child.person)
    if outside is None:
        return Ask(because=because("ask_facility", child=child.name), asks=(f"unlicensed_nursery:{child.person}",))
    return Open(because=because("claim", child=child.name), way="claim") if outside else not_concerned()


def nursery_for_all(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """こども誰でも通園制度: small children without a place, whatever their parents' work."""
    if not raised_by_me(facts, home, child) or facts.childcare is UNKNOWN or _place(facts, child, today):
        return not_concerned()
    first = months_after(child.birth_date, law.number("nursery_for_all_from_months", today))
    last = birthday(child.birth_date, law.number("nursery_for_all_until_age", today)) - timedelta(days=1)
    if not first <= today < last:
        return not_concerned()
    return Open(because=because("may_use", child=child.name))


def childcare_help(facts: Facts, law: Law, today: date) -> Verdict:
    """産後ケア (母子保健法17条の2), 一時預かり and ファミリー・サポート・センター: as each family needs them."""
    if facts.registry is UNKNOWN:
        return not_concerned()
    small = my_children(facts, facts.registry, lambda one: today < school_entry(one.birth_date))
    if not small:
        return not_concerned()
    baby = any(newborn(child, today) for child in small)
    return Open(because=because("baby" if baby else "small_child"))


def next_april(day: date) -> date:
    start = fiscal_year_start(day)
    return start.replace(year=start.year + 1)


def _before_school(facts: Facts, home: Household, child: Member, today: date) -> bool:
    return raised_by_me(facts, home, child) and today < school_entry(child.birth_date)


def _place(facts: Facts, child: Member, today: date) -> NurseryPlace | None:
    """Her place, as long as she is certified for it."""
    if facts.childcare is UNKNOWN:
        return None
    place = facts.childcare.nursery_of(child.person)
    return place if place and today <= place.certified_until else None


_WISHED = ("ask_wish", "wished", "april")

RULES = (
    person_rule(nursery_certification, "certified", "ending", *_WISHED),
    person_rule(nursery_use, "has_place", *_WISHED),
    household_rule(nursery_before_birth, "ask_due_date", "expecting"),
    person_rule(nursery_status_report, "due", "filed", "soon"),
    person_rule(nursery_fee_waiver, "automatic", "ask_facility", "claim"),
    person_rule(nursery_for_all, "may_use"),
    household_rule(childcare_help, "baby", "small_child"),
)
