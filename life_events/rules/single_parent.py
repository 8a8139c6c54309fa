"""児童扶養手当 and 児童育成手当: for whoever raises children alone; one question opens both."""

from datetime import date
from typing import Literal

from life_events.allowance_months import written
from life_events.dates import months_after
from life_events.facts import Facts
from life_events.law import Law
from life_events.parents import has_partner
from life_events.rules.family import my_children, school_year_until
from life_events.rules.move import Move, the_move
from life_events.rules.rule import household_rule
from life_events.rules.yearly import in_season, report
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Open, Verdict, ask, because, not_concerned, unheard


def rearing_allowance_report(facts: Facts, law: Law, today: date) -> Verdict:
    """児童扶養手当法28条, 施行規則4条: August. Sent beforehand it is half done: the interview in person ends it."""
    window = law.yearly("rearing_allowance_report", today)
    if not in_season(window, today):
        return not_concerned()
    alone = _raises_alone(facts, law, today)
    if alone is not True:
        return alone
    received = facts.answers.yes("single_parent_allowance")
    if received is None:
        return ask("single_parent_allowance", "ask_received")
    if not received:
        return not_concerned()
    return report(window, facts.answers.day("rearing_interview_done"), today, asks="rearing_interview_done")


def rearing_allowance_claim(facts: Facts, law: Law, today: date) -> Verdict:
    """児童扶養手当法4条・6条・7条: paid from the month after the claim, and for none before it."""
    alone = _raises_alone(facts, law, today)
    if alone is not True:
        return alone
    if facts.answers.yes("single_parent_allowance"):
        if _moves_away(facts, today) and not facts.answers.yes("single_parent_moved"):
            return Open(because=because("moving"), asks=("single_parent_moved",), way="moving")
        return Done(because=because("received"))
    first = written(months_after(today.replace(day=1), 1))
    told = because("may_claim_apart" if _partner_stands(facts) else "may_claim", first=first)
    return Open(because=told, asks=("single_parent_allowance",))


def metropolitan_single_parent_allowance(facts: Facts, law: Law, today: date) -> Verdict:
    """各区の児童育成手当条例 (東京都の制度): below a line of income; once received it is reported on every June."""
    alone = _raises_alone(facts, law, today)
    if alone is not True:
        return alone
    if not facts.answers.yes("metropolitan_allowance_received"):
        told = because("may_claim_apart" if _partner_stands(facts) else "may_claim")
        return Open(because=told, asks=("metropolitan_allowance_received",))
    if _moves_away(facts, today) and not facts.answers.yes("metropolitan_allowance_moved"):
        return Open(because=because("moving"), asks=("metropolitan_allowance_moved",), way="moving")
    window = law.yearly("metropolitan_allowance_report", today)
    return report(window, facts.answers.day("metropolitan_report_filed"), today, asks="metropolitan_report_filed")


def _raises_alone(facts: Facts, law: Law, today: date) -> Verdict | Literal[True]:
    """True, or what to say instead: asked only where the register shows children and one parent.

    Who says it herself is believed: violence, talks of divorce or custody leave a spouse in the register.
    """
    if facts.registry is UNKNOWN:
        return unheard("registry") if facts.answers.yes("raises_alone") else not_concerned()
    home = facts.registry
    alone = facts.answers.yes("raises_alone")
    if not my_children(facts, home, lambda one: school_year_until("single_parent_until_age", law, one, today)):
        return not_concerned()
    if alone is None and has_partner(home):
        return not_concerned()
    if alone is None:
        return Ask(because=because("ask_alone"), asks=("raises_alone",))
    return True if alone else not_concerned()


def _partner_stands(facts: Facts) -> bool:
    return facts.registry is not UNKNOWN and has_partner(facts.registry)


def _moves_away(facts: Facts, today: date) -> bool:
    """Into another municipality; both allowances have to hear of it (C)."""
    move = the_move(facts, today)
    return isinstance(move, Move) and not move.within


_REPORT = ("due", "late", "filed", "soon")

RULES = (
    household_rule(rearing_allowance_claim, "ask_alone", "may_claim", "may_claim_apart", "received", "moving"),
    household_rule(rearing_allowance_report, "ask_alone", "ask_received", *_REPORT),
    household_rule(
        metropolitan_single_parent_allowance, "ask_alone", "may_claim", "may_claim_apart", "moving", *_REPORT
    ),
)
