"""What is told to those who serve a home: water, power, gas, lines, mail, rubbish, broadcasting, banks."""

from datetime import date

from life_events.facts import Facts
from life_events.law import Law
from life_events.rules.move import ABROAD, Move, mover_rule, told_move
from life_events.rules.rule import PLAN_AND_REALITY, household_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Due, NotYet, Open, Verdict, ask, because, not_concerned, unheard


def water(facts: Facts, law: Law, today: date) -> Verdict:
    """東京都給水条例: tell the Bureau of Waterworks some days before."""
    return _before_move(facts, law, today, opens="water_opens_before", last="water_days_before")


def electricity_move(facts: Facts, law: Law, today: date) -> Verdict:
    """A private contract: no law, the companies ask for about a week."""
    if told_move(facts.answers) is None:
        return not_concerned()
    if facts.electricity is UNKNOWN:
        return unheard("electricity")
    return _before_move(facts, law, today, opens="electricity_opens_before", last="electricity_days_before")


def gas_move(facts: Facts, law: Law, today: date) -> Verdict:
    """A private contract; somebody has to be at home when the gas is opened, so a day has to be agreed upon."""
    return _before_move(facts, law, today, opens="gas_opens_before", last="gas_days_before")


def internet_move(facts: Facts, law: Law, today: date) -> Verdict:
    """A private contract; work on the line takes about a month to be arranged."""
    return _before_move(facts, law, today, opens="internet_opens_before", last="internet_days_before")


def mail_forwarding(facts: Facts, law: Law, today: date) -> Verdict:
    """日本郵便 e転居: starts some days after the request; nothing is forwarded abroad."""
    told = told_move(facts.answers)
    if told and told[1] == ABROAD:
        return not_concerned()
    return _before_move(facts, law, today, opens="mail_opens_before", last="mail_days_before")


def bulky_waste(facts: Facts, law: Law, today: date) -> Verdict:
    """廃棄物処理法6条の2, ward ordinances: a day is booked weeks ahead, longer in March and April."""
    told = told_move(facts.answers)
    busy = told is not None and law.yearly("busy_moving_season", told[0])[0] <= told[0]
    last = "bulky_waste_days_before_in_spring" if busy else "bulky_waste_days_before"
    return _before_move(facts, law, today, opens="bulky_waste_opens_before", last=last)


def _before_move(facts: Facts, law: Law, today: date, *, opens: str, last: str) -> Verdict:
    """Once the home has been left for a month nobody is reminded any more."""
    told = told_move(facts.answers)
    if told is None or today > told[0] + PLAN_AND_REALITY:
        return not_concerned()
    moved = told[0]
    first, by = moved - law.days(opens, moved), moved - law.days(last, moved)
    if today < first:
        return NotYet(opens=first, by=by, because=because("soon", opens=first, by=by))
    if today <= by:
        return Due(by=by, because=because("before_move", move=moved, by=by))
    return Open(because=because("late", move=moved))


def broadcast_contract(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """放送法64条: what has to be told to NHK depends on who moves; two contracts become one by phone only."""
    case = facts.answers.word("broadcast_case")
    if case is None:
        return ask("broadcast_case")
    if case == "none":
        return not_concerned()
    return Open(because=because(case), way="phone" if case == "merging" else None)


def bank_and_cards_address(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """No law but the contracts; many ask for the new address on the card, so it comes after the office."""
    if today < move.on:
        return NotYet(opens=move.on, because=because("after_move", move=move.on))
    return Open(because=because("moved"))


_BEFORE_MOVE = ("soon", "before_move", "late")

RULES = (
    household_rule(water, *_BEFORE_MOVE),
    household_rule(electricity_move, *_BEFORE_MOVE),
    household_rule(gas_move, *_BEFORE_MOVE),
    household_rule(internet_move, *_BEFORE_MOVE),
    household_rule(mail_forwarding, *_BEFORE_MOVE),
    household_rule(bulky_waste, *_BEFORE_MOVE),
    mover_rule(broadcast_contract, "ask", "whole", "leaving", "merging", to_abroad=True),
    mover_rule(bank_and_cards_address, "after_move", "moved", to_abroad=True),
)
