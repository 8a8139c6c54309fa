"""The notices of a move and the card. Only the first step asks; the others keep silent until a move is told."""

from datetime import date

from life_events.facts import Answers, Facts
from life_events.law import Law
from life_events.rules.move import (
    MOVED_AFTER_ALL,
    Move,
    came_untold,
    mover_rule,
    papers_ready,
    the_move,
    told_move,
    unsaid_movers,
    visit_day,
)
from life_events.rules.rule import household_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Due, NotYet, Open, Verdict, ask, because, late_now, not_concerned, unheard


def move_out_notice(facts: Facts, law: Law, today: date) -> Verdict:
    """住民基本台帳法24条・24条の2: online from 30 days before to 10 days after the move; then at the counter."""
    if told_move(facts.answers) is None:
        return _ask_about_move(facts.answers)
    move = the_move(facts, today)
    if isinstance(move, Ask) and move.asks == (MOVED_AFTER_ALL,):
        return ask(MOVED_AFTER_ALL, "ask_moved")
    if not isinstance(move, Move):
        return move
    if move.arrived or move.within:
        return not_concerned()
    if filed := move.told_day(facts.answers, "move_out_filed"):
        return Done(because=because("filed", filed=filed))
    asks = ("move_out_filed", *unsaid_movers(facts))
    return _leaving_japan(law, today, move.on, asks) if move.abroad else _move_out(law, today, move.on, asks)


def _leaving_japan(law: Law, today: date, moved: date, asks: tuple[str, ...]) -> Verdict:
    """住民基本台帳法24条: before she leaves, at the counter or by post; マイナポータル takes no move abroad."""
    opens = moved - law.days("move_out_abroad_before", moved)
    if today < opens:
        told = because("abroad_soon", move=moved, opens=opens)
        return NotYet(opens=opens, by=moved, because=told, asks=asks[1:], way="abroad")
    if today > moved:
        return late_now(moved, asks=asks, way="abroad")
    return Due(by=moved, because=because("abroad", move=moved), asks=asks, way="abroad")


def _ask_about_move(answers: Answers) -> Verdict:
    moving = answers.yes("moving")
    if moving is None:
        return ask("moving")
    if not moving or answers.yes(MOVED_AFTER_ALL) is False:
        return not_concerned()
    return ask("move_date", "ask_day") if answers.day("move_date") is None else ask("move_to", "ask_place")


def _move_out(law: Law, today: date, moved: date, asks: tuple[str, ...]) -> Verdict:
    opens = moved - law.days("move_out_online_before", moved)
    online_until = moved + law.days("move_out_online_after", moved)
    if today < opens:
        return NotYet(opens=opens, by=online_until, because=because("soon", opens=opens, move=moved), asks=asks[1:])
    if today <= online_until:
        return Due(by=online_until, because=because("online", move=moved, by=online_until), asks=asks)
    by = law.last_day("move_out_counter", moved)
    return Due(by=by, because=because("counter_only", move=moved), way="counter", asks=asks)


def move_in_notice(facts: Facts, law: Law, today: date) -> Verdict:
    """住民基本台帳法22条: 14 days from the day after the move; with the card also 30 from the day told before."""
    if came_untold(facts, today):
        return ask("moved_from", "ask_from")
    move = the_move(facts, today)
    if not isinstance(move, Move):
        return move
    if move.within or move.abroad:
        return not_concerned()
    if move.arrived:
        return Done(because=because("recorded", since=move.on))
    if filed := move.told_day(facts.answers, "move_in_filed"):
        return Done(because=because("filed", filed=filed))
    return _move_in(facts.answers, law, today, move)


def _move_in(answers: Answers, law: Law, today: date, move: Move) -> Verdict:
    by, first = card_lives_until(law, move), visit_day(law, move)
    filed = move.told_day(answers, "move_out_filed")
    ready = min(papers_ready(law, filed), by) if filed else first
    if today < first or today < ready:
        opens = max(first, ready)
        why = (
            because("papers", filed=filed, opens=opens)
            if filed and ready > first
            else because("after_move", move=move.on)
        )
        return NotYet(opens=opens, by=by, because=why, way=move.way, ward=move.ward)
    key = "late" if today > by else "moved" if by == law.last_day("move_in_notice", move.on) else "planned"
    why = because(key, move=move.on, by=by, planned=move.planned)
    return Due(by=by, because=why, asks=("move_in_filed", "moved_on"), way=move.way, ward=move.ward)


def card_lives_until(law: Law, move: Move) -> date:
    """番号法17条・住民基本台帳法24条の2: both terms hold, so the one that ends first."""
    return min(law.last_day("move_in_notice", move.on), law.last_day("special_move_in", move.planned))


def address_change_notice(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """住民基本台帳法23条: a move inside one ward; 14 days, counted from the day after the move."""
    if not move.within:
        return not_concerned()
    if move.arrived:
        return Done(because=because("recorded", since=move.on))
    by = law.last_day("move_in_notice", move.on)
    if today < move.on:
        return NotYet(opens=visit_day(law, move), by=by, because=because("after_move", move=move.on))
    if today > by:
        return late_now(by, asks=("moved_on",))
    return Due(by=by, because=because("moved", move=move.on, by=by), asks=("moved_on",))


def card_continuity(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """番号法17条 (継続利用): 90 days from the day the move-in notice is filed; inside a ward only the text changes."""
    if facts.answers.yes("card_renewed"):
        return Done(because=because("renewed"))
    filed = move.told_day(facts.answers, "move_in_filed")
    if filed and not move.within:
        return _card_after_filing(law, today, move, filed)
    if move.arrived and not move.within:
        by = law.last_day("card_continuity", move.on)
        if today > by:
            return late_now(by, asks=("move_in_filed", "card_renewed"))
        told = because("recorded", since=move.on, by=by)
        return Due(by=by, because=told, asks=("move_in_filed", "card_renewed"))
    if today < move.on:
        return NotYet(opens=visit_day(law, move), because=because("after_move"), way=move.way, ward=move.ward)
    asks = ("card_renewed",) if move.within else ("move_in_filed", "card_renewed")
    return Open(because=because("same_visit"), asks=asks, way=move.way, ward=move.ward)


def _card_after_filing(law: Law, today: date, move: Move, filed: date) -> Verdict:
    if filed > card_lives_until(law, move):
        return Open(because=because("lapsed", filed=filed), way=move.way, ward=move.ward)
    by = law.last_day("card_continuity", filed)
    if today > by:
        return late_now(by, asks=("card_renewed",), way=move.way, ward=move.ward)
    told = because("filed", filed=filed, by=by)
    return Due(by=by, because=told, asks=("card_renewed",), way=move.way, ward=move.ward)


def signing_certificate(facts: Facts, law: Law, today: date, move: Move) -> Verdict:
    """公的個人認証法12条: the signing certificate lapses when the new address is written; the login one lives on."""
    if not move.arrived:
        opens = visit_day(law, move)
        if today < opens:
            return NotYet(opens=opens, because=because("will_lapse", move=move.on), way=move.way, ward=move.ward)
        return Open(because=because("same_visit"), way=move.way, ward=move.ward)
    if facts.national is UNKNOWN:
        return unheard("national")
    until = facts.national.signing_certificate_until
    if until and today <= until:
        return Done(because=because("valid", until=until))
    return Open(because=because("lapsed", since=move.on))


RULES = (
    household_rule(
        move_out_notice,
        *("ask", "ask_day", "ask_place", "ask_moved", "soon", "online", "counter_only", "filed"),
        *("abroad_soon", "abroad"),
    ),
    household_rule(move_in_notice, "ask_from", "recorded", "filed", "after_move", "papers", "moved", "planned", "late"),
    mover_rule(address_change_notice, "after_move", "moved", "recorded"),
    mover_rule(
        card_continuity, "renewed", "filed", "recorded", "after_move", "same_visit", "lapsed", from_abroad=False
    ),
    mover_rule(signing_certificate, "will_lapse", "same_visit", "valid", "lapsed", from_abroad=False),
)
