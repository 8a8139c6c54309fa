"""Insurance, registers and vehicles after a move. What nobody has a source for is asked by one gate question each."""

from datetime import date

from life_events.dates import attained_age
from life_events.facts import Facts, Member
from life_events.law import Law
from life_events.rules.move import OUTSIDE, Move, mover_rule, moving_member_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Done, Due, NotYet, Open, Verdict, ask, because, late_now, not_concerned, unheard


def health_insurance_move(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """国民健康保険法9条: out at the old ward, in at the new one within 14 days; inside a ward it follows by itself."""
    assert facts.registry is not UNKNOWN
    senior = law.number("senior_health_insurance_age", today)
    insurable = [one for one in facts.registry.members if attained_age(one.birth_date, today) < senior]
    if move.within or not insurable:
        return not_concerned()
    insured = facts.answers.yes("uninsured_on_arrival" if move.from_abroad else "ward_health_insurance")
    if insured is None:
        return _ask_insurance(facts, law, today, move, insurable)
    if not insured:
        return not_concerned()
    if move.abroad:
        return Open(because=because("abroad", move=move.on))
    return _within_days(law, today, move, "ward_health_insurance_move")


def _ask_insurance(facts: Facts, law: Law, today: date, move: Move, insurable: list[Member]) -> Verdict:
    """Somebody else who is grown up may be insured by the ward, whatever she is; of herself her pension tells."""
    asking = ask("uninsured_on_arrival", "ask_uninsured") if move.from_abroad else ask("ward_health_insurance")
    grown, retired = law.number("grown_up_age", today), law.number("retired_from_age", today)
    if any(attained_age(one.birth_date, today) >= (retired if one.me else grown) for one in insurable):
        return asking
    if facts.national is UNKNOWN:
        return unheard("national")
    return asking if facts.national.pension in ("category1", "none") else not_concerned()


def senior_health_insurance_move(facts: Facts, law: Law, today: date, move: Move, member: Member) -> Verdict:
    """高齢者の医療の確保に関する法律50条・54条: from 75, one insurer for all of Tokyo (広域連合)."""
    if move.within or attained_age(member.birth_date, today) < law.number("senior_health_insurance_age", today):
        return not_concerned()
    if move.abroad:
        return Open(because=because("abroad", person=member.name, move=move.on))
    if move.came_from in OUTSIDE or move.to in OUTSIDE:
        return _within_days(law, today, move, "senior_health_insurance_move", person=member.name)
    told = because("same_insurer", person=member.name)
    if today < move.on:
        return NotYet(opens=move.on, because=told, way="same_insurer", ward=move.ward)
    return Open(because=told, way="same_insurer", ward=move.ward)


def pension_address(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """国民年金法12条: nothing to file when the My Number is linked; employees tell their employer."""
    if facts.national is UNKNOWN:
        return unheard("national")
    if facts.national.pension in ("none", "category1") and move.from_abroad:
        return Open(because=because("from_abroad"))
    if facts.national.pension == "none":
        return not_concerned()
    if facts.national.pension == "category1" and move.abroad:
        return Open(because=because("abroad"))
    if facts.national.pension == "category1":
        return Done(because=because("automatic"))
    return Open(because=because(facts.national.pension), way="employer")


def residence_card_address(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """入管法19条の9: 14 days; the move-in notice filed with the residence card in hand counts as this."""
    foreign = facts.answers.yes("foreign_resident")
    if foreign is None:
        return ask("foreign_resident")
    return _within_days(law, today, move, "residence_card_address") if foreign else not_concerned()


def household_head_change(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """住民基本台帳法25条: 14 days when another person heads the household; nobody to ask where only one could."""
    assert facts.registry is not UNKNOWN
    from_age = law.number("household_head_from_age", today)
    grown = [one for one in facts.registry.members if attained_age(one.birth_date, today) >= from_age]
    if len(grown) < 2:  # noqa: PLR2004 - one cannot hand it over to nobody
        return not_concerned()
    changes = facts.answers.yes("household_head_changes")
    if changes is None:
        return ask("household_head_changes")
    return _within_days(law, today, move, "household_head_change") if changes else not_concerned()


def seal_registration(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """Ward ordinances: leaving a ward ends it; inside a ward it is carried over. Anew only when she needs one."""
    if move.within:
        return not_concerned()
    return Open(because=because("ended", move=move.on), way=move.way, ward=move.ward)


def driving_licence_address(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """道路交通法94条: promptly, without a count of days; a licence on the card that is linked changes by itself."""
    drives = facts.answers.yes("has_driving_licence")
    if drives is None:
        return ask("has_driving_licence")
    if not drives:
        return not_concerned()
    if facts.answers.yes("licence_linked"):
        return Done(because=because("linked"))
    if today < move.on:
        return NotYet(opens=move.on, because=because("after_move", move=move.on))
    return Open(because=because("promptly", move=move.on), asks=("licence_linked",))


def garage_certificate(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """自動車の保管場所の確保等に関する法律7条: 15 days; it comes before the car's registration."""
    return _of_a_car(facts, law, today, move, "garage_certificate")


def car_registration(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """道路運送車両法12条: 15 days."""
    return _of_a_car(facts, law, today, move, "car_registration")


def _of_a_car(facts: Facts, law: Law, today: date, move: Move, term: str) -> Verdict:
    car = facts.answers.yes("has_car")
    if car is None:
        return ask("has_car")
    return _within_days(law, today, move, term) if car else not_concerned()


def scooter_plate(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """Ward tax ordinances (地方税法463条の19): 15 days; inside a ward the plate stays."""
    if move.within:
        return not_concerned()
    scooter = facts.answers.yes("has_scooter")
    if scooter is None:
        return ask("has_scooter")
    return _within_days(law, today, move, "scooter_plate") if scooter else not_concerned()


def dog_registration(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """狂犬病予防法4条4項・5項: 30 days, also inside a ward."""
    dog = facts.answers.yes("has_dog")
    if dog is None:
        return ask("has_dog")
    return _within_days(law, today, move, "dog_registration") if dog else not_concerned()


def _within_days(law: Law, today: date, move: Move, term: str, **params: object) -> Verdict:
    """Not before the move; then until the last day of the term."""
    by = law.last_day(term, move.on)
    if today < move.on:
        told = because("after_move", move=move.on, by=by, **params)
        return NotYet(opens=move.on, by=by, because=told, way=move.way, ward=move.ward)
    if today > by:
        return late_now(by, way=move.way, ward=move.ward)
    return Due(by=by, because=because("moved", move=move.on, by=by, **params), way=move.way, ward=move.ward)


_TERM = ("after_move", "moved")

RULES = (
    mover_rule(health_insurance_move, "ask", "ask_uninsured", "abroad", *_TERM, to_abroad=True),
    moving_member_rule(senior_health_insurance_move, "same_insurer", "abroad", *_TERM, to_abroad=True),
    mover_rule(pension_address, "automatic", "category2", "category3", "abroad", "from_abroad", to_abroad=True),
    mover_rule(residence_card_address, "ask", *_TERM),
    mover_rule(household_head_change, "ask", *_TERM, to_abroad=True),
    mover_rule(seal_registration, "ended", from_abroad=False),
    mover_rule(driving_licence_address, "ask", "linked", "after_move", "promptly"),
    mover_rule(garage_certificate, "ask", *_TERM),
    mover_rule(car_registration, "ask", *_TERM),
    mover_rule(scooter_plate, "ask", *_TERM),
    mover_rule(dog_registration, "ask", *_TERM),
)
