"""What the members of a family carry from ward to ward. Inside one ward nearly all of it stays as it is."""

from datetime import date

from msgspec.structs import replace

from life_events.dates import attained_age, fiscal_year_end_from_age, school_entry
from life_events.facts import Facts, Household, MedicalCertificate, Member, NurseryPlace, Pupil
from life_events.law import Law, Window
from life_events.parents import raised_by_me
from life_events.rules.care_transfer import FACILITY, into_facility
from life_events.rules.family import newborn
from life_events.rules.move import EVERYBODY, OTHER, OUTSIDE, Move, ask_mover, goes, mover_rule, moving_member_rule
from life_events.rules.nursery import next_april
from life_events.rules.pregnancy import expecting
from life_events.rules.recipient import allowance_now, claims_at_work
from life_events.rules.school import COMPULSORY_YEARS, at_school
from life_events.terms import UNKNOWN
from life_events.verdict import Due, NotYet, Open, Verdict, because, late_now, not_concerned, unheard


def school_transfer(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """学校教育法施行令5条・6条: before the first day at the new school."""
    if facts.school is UNKNOWN:
        return unheard("school")
    pupils = [pupil for pupil in facts.school.pupils if pupil.kind != "nursery" and _compulsory(facts, pupil, today)]
    going = {pupil.person: goes(facts.answers, move, pupil.person) for pupil in pupils}
    if unsaid := next((person for person, moves in going.items() if moves is None), None):
        return ask_mover(unsaid)
    pupils = [pupil for pupil in pupils if going[pupil.person]]
    if not pupils:
        return not_concerned()
    key = "within" if move.within else "abroad" if move.abroad else "leaving" if move.to == OTHER else "pupil"
    return Open(because=because(key, school=pupils[0].facility))


def _compulsory(facts: Facts, pupil: Pupil, today: date) -> bool:
    """学校教育法17条: of an age for elementary or junior high school; a high school is no matter of the ward's."""
    member = None if facts.registry is UNKNOWN else facts.registry.member(pupil.person)
    return member is None or at_school(member, today, COMPULSORY_YEARS)


def child_allowance_move(facts: Facts, law: Law, today: date, move: Move, child: Member) -> Verdict:
    """児童手当法8条3項: 15 days from the day told to the old ward; it ends there. Inside a ward nothing is filed."""
    home = facts.registry
    if move.within or move.arrived or home is UNKNOWN or not raised_by_me(facts, home, child):
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    if allowance_now(facts, child.person) is None:
        return _baby_allowance(facts, law, today, move, home, child)
    verdict = _until(law, today, move.planned, "child_allowance_claim", child)
    if not isinstance(verdict, Due) or facts.answers.yes(EVERYBODY) is not False:
        return verdict
    return replace(verdict, because=because("apart", child=child.name, by=verdict.by))


def _baby_allowance(facts: Facts, law: Law, today: date, move: Move, home: Household, child: Member) -> Verdict:
    """A claim for a baby may be under way: it is made where she lives, and once more where she goes."""
    at_work = claims_at_work(facts, home, today) or facts.answers.yes("allowance_elsewhere", child.person)
    if at_work or not newborn(child, today):
        return not_concerned()
    by = law.last_day("child_allowance_claim", move.planned)
    if today > by:
        return late_now(by, asks=(f"allowance_elsewhere:{child.person}",))
    told = because("unclaimed", child=child.name, move=move.planned, by=by)
    return Due(by=by, because=told, asks=(f"allowance_elsewhere:{child.person}",))


def child_medical_move(facts: Facts, law: Law, today: date, move: Move, child: Member) -> Verdict:
    """Ward ordinances (マル乳・マル子・マル青): the old certificate ends, the new one is asked for in 15 days."""
    home = facts.registry
    if move.within or move.arrived or home is UNKNOWN or not raised_by_me(facts, home, child):
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    return _certificate(law, today, move, child, facts.childcare.medical_of(child.person))


def _certificate(law: Law, today: date, move: Move, child: Member, record: MedicalCertificate | None) -> Verdict:
    if move.to in OUTSIDE:
        told = because("abroad" if move.abroad else "leaving", child=child.name, move=move.on)
        return Open(because=told) if record and record.until >= min(today, move.on) else not_concerned()
    if record is None and newborn(child, today):
        by = law.last_day("child_medical_certificate", move.on)
        if today > by:
            return late_now(by)
        return Due(by=by, because=because("without", child=child.name, move=move.on, by=by))
    if record is None or record.until < today:
        return not_concerned()
    return _until(law, today, move.on, "child_medical_certificate", child)


def _until(law: Law, today: date, since: date, term: str, child: Member) -> Verdict:
    by = law.last_day(term, since)
    if today > by:
        return late_now(by)
    key = "before" if today < since else "moved"
    told = because(key, child=child.name, move=since, by=by)
    return Due(by=by, because=told)


def nursery_move(facts: Facts, law: Law, today: date, move: Move, child: Member) -> Verdict:
    """子ども・子育て支援法23条・24条: the recognition ends; how long the seat stays is the ward's rule."""
    if move.within or move.arrived:
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    place = facts.childcare.nursery_of(child.person)
    if place is None or place.certified_until < today:
        return not_concerned()
    return _new_nursery(law, today, move, child, place)


def _new_nursery(law: Law, today: date, move: Move, child: Member, place: NurseryPlace) -> Verdict:
    """The new ward's April intake, when she lives there by then; else no day is known."""
    told = {"child": child.name, "facility": place.facility}
    window = law.window_of(move.ward, "nursery_april", today)
    if window is None or today < window.opens or not _april(window, move, child):
        return Open(because=because("has_place", **told))
    return Due(by=window.closes, opens=window.opens, because=because("april", by=window.closes, **told))


def _april(window: Window, move: Move, child: Member) -> bool:
    start = next_april(window.closes)
    return move.on <= start < school_entry(child.birth_date)


def care_transfer_papers(facts: Facts, law: Law, today: date, move: Move, member: Member) -> Verdict:
    """介護保険法36条: the old ward's paper is handed in at the new one within 14 days, else she starts from zero."""
    if move.within or move.arrived:
        return not_concerned()
    if attained_age(member.birth_date, today) < law.number("care_second_insured_age", today):
        return not_concerned()
    if facts.care is UNKNOWN:
        return unheard("care")
    record = facts.care.of(member.person)
    if record and record.certified_on(move.on):
        by = law.last_day("care_carried_over", move.on)
        due = Due(by=by, because=because("certified", person=member.name, by=by))
        return not_concerned() if today > by else into_facility(facts, member) or due
    senior = attained_age(member.birth_date, today) >= law.number("care_first_insured_age", today)
    return Open(because=because("insured", person=member.name)) if senior else not_concerned()


def vaccination_papers_exchange(facts: Facts, law: Law, today: date, move: Move, child: Member) -> Verdict:
    """予防接種法5条, 母子保健法12条: the old ward's 予診票 are void; check tickets hold in all of Tokyo."""
    ends = fiscal_year_end_from_age(child.birth_date, law.number("routine_vaccination_age", today))
    home = facts.registry
    if home is UNKNOWN or not raised_by_me(facts, home, child):
        return not_concerned()
    if move.within or today > ends:
        return not_concerned()
    came = "from_abroad" if move.from_abroad else "outside" if move.came_from == OTHER else "tokyo"
    key = "leaving" if move.to == OTHER else came
    told = because(key, child=child.name)
    if today < move.on:
        return NotYet(opens=move.on, because=told, way=move.way, ward=move.ward)
    return Open(because=told, way=move.way, ward=move.ward)


def pregnancy_papers_move(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """母子保健法13条, 子ども・子育て支援法10条の2: new tickets; the second payment comes from the new ward."""
    if move.within or not expecting(facts, law, today):
        return not_concerned()
    if today < move.on:
        told = because("after_move", move=move.on)
        return NotYet(opens=move.on, because=told, way=move.way, ward=move.ward)
    return Open(because=because("moved"), way=move.way, ward=move.ward)


RULES = (
    mover_rule(school_transfer, "pupil", "within", "leaving", "abroad", to_abroad=True),
    moving_member_rule(child_allowance_move, "before", "moved", "unclaimed", "apart", of_movers=False),
    moving_member_rule(child_medical_move, "before", "moved", "without", "leaving", "abroad", to_abroad=True),
    moving_member_rule(nursery_move, "has_place", "april", to_abroad=True),
    moving_member_rule(care_transfer_papers, "certified", "insured", *FACILITY),
    moving_member_rule(vaccination_papers_exchange, "tokyo", "outside", "from_abroad", "leaving"),
    mover_rule(pregnancy_papers_move, "after_move", "moved"),
)
