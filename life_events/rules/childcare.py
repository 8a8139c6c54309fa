"""Rules of the childcare bundle."""

from datetime import date, timedelta

from life_events.dates import attained_age, fiscal_year_end_from_age
from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.rules.rule import PLAN_AND_REALITY, household_rule, person_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Due, NotYours, Open, Verdict, ask, because, not_concerned, unheard

NEWBORN = timedelta(days=365)
"""How long the first steps of a child are shown."""
JUST_BORN = timedelta(days=60)
PARENTS_OF_BABIES = range(18, 50)
"""Ages at which the question about a baby is put; nobody has to answer it."""


def child_allowance_claim(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """児童手当法7条・8条: paid from the month after the claim; 15 days from the day after birth or move-in count."""
    if not _raised_by_me(home, child) or today > fiscal_year_end_from_age(child.birth_date, 18):
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    if record := facts.childcare.allowance_of(child.person):
        return Done(because=because("paid", child=child.name, since=record.since))
    if facts.national is not UNKNOWN and facts.national.public_servant:
        return NotYours(because=because("public_servant"))
    return _unpaid_child(facts, law, today, home, child)


def _unpaid_child(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """A silent national source does not hide the last day: the form asks about public service itself."""
    by = law.last_day("child_allowance_claim", max(child.birth_date, _moved_in(facts, home)))
    if today <= by:
        key = "moved" if home.since > child.birth_date else _newborn_key(facts, home, child)
        return Due(by=by, because=because(key, child=child.name, birth=child.birth_date, since=home.since))
    elsewhere = facts.answers.yes("allowance_elsewhere", child.person)
    if elsewhere is None:
        fact = f"allowance_elsewhere:{child.person}"
        return Ask(because=because("ask_elsewhere", child=child.name), asks=(fact,))
    if elsewhere:
        return NotYours(because=because("paid_elsewhere"))
    return Open(because=because("late", child=child.name))


def birth_notice(facts: Facts, law: Law, today: date) -> Verdict:
    """戸籍法49条: 14 days, the day of birth counted (43条); a closed last day gives way to the next open one."""
    if facts.registry is UNKNOWN:
        return unheard("registry")
    home, born = facts.registry, facts.answers.day("birth_date")
    waiting = facts.answers.yes("baby_born")
    recorded = _newest(home, today, born if waiting else None)
    if recorded is not None:
        return Done(because=because("recorded", child=recorded.name))
    if waiting is None and _young_family(home, today):
        return ask("baby_born")
    if not waiting:
        return not_concerned()
    if born is None:
        return ask("birth_date", "ask_birth_date")
    return Due(by=law.last_day("birth_notice", born), because=because("born", birth=born))


def child_health_insurance(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """健康保険法施行規則38条 (employer, 5 days); 国民健康保険法9条 (ward, together with the birth notice)."""
    if not _newborn(child, today) or not _raised_by_me(home, child):
        return not_concerned()
    if facts.answers.yes("child_insured", child.person):
        return Done(because=because("insured", child=child.name))
    if facts.childcare is not UNKNOWN and facts.childcare.medical_of(child.person):
        return Done(because=because("insured", child=child.name))
    if facts.national is UNKNOWN:
        return unheard("national")
    by_ward = facts.national.pension in ("category1", "none")
    by = law.last_day("child_insurance_ward" if by_ward else "child_insurance_employer", child.birth_date)
    return Due(
        by=by,
        because=because("by_ward" if by_ward else "by_employer", child=child.name, birth=child.birth_date),
        asks=(f"child_insured:{child.person}",),
        way=None if by_ward else "employer",
    )


def child_medical_certificate(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """Ward ordinance (マル乳・マル子・マル青): 15 days from the day after birth or move-in; later it starts late."""
    if not _raised_by_me(home, child) or today > fiscal_year_end_from_age(child.birth_date, 18):
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    record = facts.childcare.medical_of(child.person)
    if record and today <= record.until:
        return Done(because=because("held", child=child.name, until=record.until))
    by = law.last_day("child_medical_certificate", max(child.birth_date, home.since))
    if today <= by:
        return Due(by=by, because=because("newborn", child=child.name, by=by))
    return Open(because=because("late", child=child.name))


def metropolitan_018_support(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """東京都018サポート: asked for once; every later year is automatic."""
    if not _raised_by_me(home, child) or today > fiscal_year_end_from_age(child.birth_date, 18):
        return not_concerned()
    if facts.answers.yes("support_018", child.person):
        return Done(because=because("asked_for", child=child.name))
    if today - max(child.birth_date, home.since) > NEWBORN:
        return not_concerned()
    return Open(because=because("new_child", child=child.name), asks=(f"support_018:{child.person}",))


def nursery_use(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """児童福祉法24条, 子ども・子育て支援法20条: from birth until school begins; the ward sets the days."""
    if not _raised_by_me(home, child) or today > fiscal_year_end_from_age(child.birth_date, 6):
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    place = facts.childcare.nursery_of(child.person)
    if place and today <= place.certified_until:
        return Done(because=because("has_place", child=child.name, facility=place.facility))
    wish = facts.answers.yes("nursery_wish", child.person)
    if wish is None:
        return Ask(because=because("ask_wish", child=child.name), asks=(f"nursery_wish:{child.person}",))
    return Open(because=because("wished", child=child.name)) if wish else not_concerned()


def _raised_by_me(home: Household, child: Member) -> bool:
    return child.relation == "child" and home.me is not None and home.me.relation in ("head", "spouse")


def _moved_in(facts: Facts, home: Household) -> date:
    """On a move the days count from the day told to the old ward (転出予定日), not from the real one."""
    planned = facts.answers.day("move_date") if facts.answers.yes("moving") else None
    if planned is None or abs(home.since - planned) > PLAN_AND_REALITY:
        return home.since
    return min(home.since, planned)


def _newborn(child: Member, today: date) -> bool:
    return today - child.birth_date <= NEWBORN


def _newborn_key(facts: Facts, home: Household, child: Member) -> str:
    """A family that is already paid for another child asks for a change of the amount (児童手当法9条)."""
    paid = facts.childcare.allowance if facts.childcare is not UNKNOWN else ()
    return "newborn_sibling" if paid else "newborn"


def _newest(home: Household, today: date, born: date | None) -> Member | None:
    """The child whose birth is on record: the one asked about, else one just born."""
    for member in home.members:
        recent = today - member.birth_date <= JUST_BORN
        if member.birth_date == born if born else recent:
            return member
    return None


def _young_family(home: Household, today: date) -> bool:
    return any(attained_age(member.birth_date, today) in PARENTS_OF_BABIES for member in home.members)


RULES = (
    person_rule(
        child_allowance_claim,
        *("paid", "public_servant", "moved", "newborn", "newborn_sibling", "ask_elsewhere", "paid_elsewhere", "late"),
    ),
    household_rule(birth_notice, "recorded", "born", "ask", "ask_birth_date"),
    person_rule(child_health_insurance, "insured", "by_ward", "by_employer"),
    person_rule(child_medical_certificate, "held", "newborn", "late"),
    person_rule(metropolitan_018_support, "asked_for", "new_child"),
    person_rule(nursery_use, "has_place", "ask_wish", "wished"),
)
