"""Rules of the moving bundle. Only the first step asks; the others keep silent until a move is told."""

from datetime import date

from life_events.facts import Answers, Facts, Household
from life_events.law import Law
from life_events.rules.rule import PLAN_AND_REALITY, household_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Done, Due, NotYet, Open, Verdict, ask, because, not_concerned, unheard

OTHER = "other"
"""The answer to `move_to` for a place outside of the 23 wards."""


def move_out_notice(facts: Facts, law: Law, today: date) -> Verdict:
    """住民基本台帳法24条・24条の2: online from 30 days before to 10 days after the move; then at the counter."""
    move = _move(facts.answers)
    if move is None:
        return _ask_about_move(facts.answers)
    moved, to = move
    if facts.registry is UNKNOWN:
        return unheard("registry")
    if facts.registry.ward == to:
        return not_concerned()
    return _move_out(law, today, moved)


def _ask_about_move(answers: Answers) -> Verdict:
    moving = answers.yes("moving")
    if moving is None:
        return ask("moving")
    if not moving:
        return not_concerned()
    return ask("move_date", "ask_day") if answers.day("move_date") is None else ask("move_to", "ask_place")


def _move_out(law: Law, today: date, moved: date) -> Verdict:
    opens = moved - law.days("move_out_online_before", moved)
    online_until = moved + law.days("move_out_online_after", moved)
    if today < opens:
        return NotYet(opens=opens, by=online_until, because=because("soon", opens=opens, move=moved))
    if today <= online_until:
        return Due(by=online_until, because=because("online", move=moved, by=online_until))
    by = law.last_day("move_out_counter", moved)
    return Due(by=by, because=because("counter_only", move=moved), way="counter")


def move_in_notice(facts: Facts, law: Law, today: date) -> Verdict:
    """住民基本台帳法22条: 14 days, counted from the day after the move; not before the move."""
    move = _move(facts.answers)
    if move is None:
        return not_concerned()
    moved, to = move
    if facts.registry is UNKNOWN:
        return unheard("registry")
    home = facts.registry
    if home.ward == to:
        return Done(because=because("recorded", since=home.since)) if _recorded(home, moved) else not_concerned()
    if filed := facts.answers.day("move_in_filed"):
        return Done(because=because("filed", filed=filed))
    return _move_in(law, today, moved, to)


def _move_in(law: Law, today: date, moved: date, to: str) -> Verdict:
    by = law.last_day("move_in_notice", moved)
    way, ward = ("elsewhere", None) if to == OTHER else (None, to)
    if today < moved:
        return NotYet(opens=moved, by=by, because=because("after_move", move=moved), way=way, ward=ward)
    told = because("moved", move=moved, by=by)
    return Due(by=by, because=told, asks=("move_in_filed",), way=way, ward=ward)


def address_change_notice(facts: Facts, law: Law, today: date) -> Verdict:
    """住民基本台帳法23条: a move inside one ward; 14 days, counted from the day after the move."""
    move = _move(facts.answers)
    if move is None:
        return not_concerned()
    moved, to = move
    if facts.registry is UNKNOWN:
        return unheard("registry")
    if facts.registry.ward != to or _recorded(facts.registry, moved):
        return not_concerned()
    by = law.last_day("move_in_notice", moved)
    if today < moved:
        return NotYet(opens=moved, by=by, because=because("after_move", move=moved))
    return Due(by=by, because=because("moved", move=moved, by=by))


def card_continuity(facts: Facts, law: Law, today: date) -> Verdict:
    """番号法17条 (継続利用): 90 days from the day the move-in notice is filed."""
    move = _move(facts.answers)
    if move is None:
        return not_concerned()
    moved, to = move
    if facts.registry is UNKNOWN:
        return unheard("registry")
    way, ward = ("elsewhere", None) if to == OTHER else (None, to)
    filed = facts.answers.day("move_in_filed")
    if filed:
        by = law.last_day("card_continuity", filed)
        return Due(by=by, because=because("filed", filed=filed, by=by), way=way, ward=ward)
    if today < moved:
        return NotYet(opens=moved, because=because("after_move"), way=way, ward=ward)
    return Open(because=because("same_visit"), asks=("move_in_filed",), way=way, ward=ward)


def school_transfer(facts: Facts, law: Law, today: date) -> Verdict:
    """学校教育法施行令5条・6条: before the first day at the new school."""
    move = _move(facts.answers)
    if move is None:
        return not_concerned()
    if facts.school is UNKNOWN:
        return unheard("school")
    pupils = [pupil for pupil in facts.school.pupils if pupil.kind != "nursery"]
    if not pupils:
        return not_concerned()
    return Open(because=because("pupil", school=pupils[0].facility))


def water(facts: Facts, law: Law, today: date) -> Verdict:
    """東京都給水条例: tell the Bureau of Waterworks some days before."""
    return _before_move(facts, law, today, opens="water_opens_before", last="water_days_before")


def electricity_move(facts: Facts, law: Law, today: date) -> Verdict:
    """A private contract: no law, the companies ask for about a week."""
    if _move(facts.answers) is None:
        return not_concerned()
    if facts.electricity is UNKNOWN:
        return unheard("electricity")
    return _before_move(facts, law, today, opens="electricity_opens_before", last="electricity_days_before")


def mail_forwarding(facts: Facts, law: Law, today: date) -> Verdict:
    """日本郵便 e転居: starts some days after the request."""
    return _before_move(facts, law, today, opens="mail_opens_before", last="mail_days_before")


def pension_address(facts: Facts, law: Law, today: date) -> Verdict:
    """国民年金法12条: nothing to file when the My Number is linked; employees tell their employer."""
    if _move(facts.answers) is None:
        return not_concerned()
    if facts.national is UNKNOWN:
        return unheard("national")
    if facts.national.pension == "none":
        return not_concerned()
    if facts.national.pension == "category1":
        return Done(because=because("automatic"))
    return Open(because=because(facts.national.pension), way="employer")


def _before_move(facts: Facts, law: Law, today: date, *, opens: str, last: str) -> Verdict:
    move = _move(facts.answers)
    if move is None:
        return not_concerned()
    moved = move[0]
    first, by = moved - law.days(opens, moved), moved - law.days(last, moved)
    if today < first:
        return NotYet(opens=first, by=by, because=because("soon", opens=first, by=by))
    if today <= by:
        return Due(by=by, because=because("before_move", move=moved, by=by))
    return Open(because=because("late", move=moved))


def _move(answers: Answers) -> tuple[date, str] | None:
    """The day and the place, once both are told."""
    moved, to = answers.day("move_date"), answers.word("move_to")
    return (moved, to) if answers.yes("moving") and moved and to else None


def _recorded(home: Household, moved: date) -> bool:
    """Whether the register shows this move; the planned day and the real one may differ."""
    return home.since >= moved - PLAN_AND_REALITY


_BEFORE_MOVE = ("soon", "before_move", "late")

RULES = (
    household_rule(move_out_notice, "ask", "ask_day", "ask_place", "soon", "online", "counter_only"),
    household_rule(move_in_notice, "recorded", "filed", "after_move", "moved"),
    household_rule(address_change_notice, "after_move", "moved"),
    household_rule(card_continuity, "filed", "after_move", "same_visit"),
    household_rule(school_transfer, "pupil"),
    household_rule(water, *_BEFORE_MOVE),
    household_rule(electricity_move, *_BEFORE_MOVE),
    household_rule(mail_forwarding, *_BEFORE_MOVE),
    household_rule(pension_address, "automatic", "category2", "category3"),
)
