"""The move a person has told, or the one the register lets be seen; and rules that hang on it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps

from msgspec import Struct
from msgspec.structs import replace

from life_events.facts import Answers, Facts, Household, Member
from life_events.law import Law
from life_events.rules.rule import PLAN_AND_REALITY, Rule, household_rule, person_rule
from life_events.terms import UNKNOWN
from life_events.verdict import NotYours, Verdict, ask, not_concerned, unheard

SETTLING_IN = timedelta(days=120)
"""How long after a move the steps of the new ward are shown: the longest of their terms is 90 days and some grace."""
MOVED_AFTER_ALL = "moved_after_all"
"""Asked once of a move that was told and that the register does not show long after its day."""
OTHER = "other"
"""The answer to `move_to` and `moved_from` for a place in Japan outside of the 23 wards."""
ABROAD = "abroad"
"""The same for a place outside of Japan: nothing is filed there, and no notice of moving out comes from there."""
OUTSIDE = (OTHER, ABROAD)
EVERYBODY, MOVES = "everybody_moves", "moves"
"""Asked of a family; of each member only where not all of them move."""


class Move(Struct, frozen=True, kw_only=True):
    """`planned`: the day told to the old ward (転出予定日). `on`: the real day, as far as known; else the planned one.

    `came_from`, `to`: six-digit codes, OTHER or ABROAD. `arrived`: the register shows the new address. `within`: both
    ends lie in one ward (転居); from one of the 23 wards to another is a full move (転出 and 転入).
    """

    planned: date
    on: date
    came_from: str
    to: str
    arrived: bool
    within: bool

    @property
    def way(self) -> str | None:
        """The way of a step that is done where she moves to."""
        return "elsewhere" if self.to == OTHER else None

    @property
    def ward(self) -> str | None:
        """The ward that takes such a step in; None: not one of the 23."""
        return None if self.to in OUTSIDE else self.to

    @property
    def abroad(self) -> bool:
        return self.to == ABROAD

    @property
    def from_abroad(self) -> bool:
        return self.came_from == ABROAD

    def told_day(self, answers: Answers, fact: str) -> date | None:
        """A day she told, unless it belongs to an earlier move."""
        day = answers.day(fact)
        return day if day is not None and day >= self.planned - 2 * PLAN_AND_REALITY else None


def told_move(answers: Answers) -> tuple[date, str] | None:
    """The planned day and the place, once both are told; None also for a move that did not come about."""
    planned, to = answers.day("move_date"), answers.word("move_to")
    called_off = answers.yes(MOVED_AFTER_ALL) is False
    return (planned, to) if answers.yes("moving") and planned and to and not called_off else None


def the_move(facts: Facts, today: date) -> Move | Verdict:
    """The move under way; else what a step that hangs on it answers meanwhile."""
    told = told_move(facts.answers)
    if facts.registry is UNKNOWN:
        return unheard("registry") if told else not_concerned()
    home = facts.registry
    told = told if told and not outlived(home, *told) else None
    move = _told(facts.answers, home, *told) if told else _seen(facts.answers, home, today)
    if move is None and not came_untold(facts, today) and (missing := _untold(facts.answers)):
        return ask(missing, "ask_first")
    if move is None or _settled(move, today):
        return not_concerned()
    if not move.arrived and today - move.on > SETTLING_IN and not facts.answers.yes(MOVED_AFTER_ALL):
        return ask(MOVED_AFTER_ALL, "ask_first")
    return move


def _untold(answers: Answers) -> str | None:
    """The next of the three questions about a move; None: all are told, or she does not move."""
    moving = answers.yes("moving")
    if moving is None:
        return "moving"
    if not moving or told_move(answers) or answers.yes(MOVED_AFTER_ALL) is False:
        return None
    return "move_date" if answers.day("move_date") is None else "move_to"


def came_untold(facts: Facts, today: date) -> bool:
    """The register shows that she came not long ago, and nobody knows from where."""
    if facts.registry is UNKNOWN or facts.answers.word("moved_from") is not None:
        return False
    home, told = facts.registry, told_move(facts.answers)
    another = told is not None and outlived(home, *told)
    if told and not another:
        return _recorded(home, *told) and today - home.since <= SETTLING_IN
    unsaid = another or facts.answers.yes("moving") is None
    return unsaid and timedelta(0) <= today - home.since <= SETTLING_IN


def outlived(home: Household, planned: date, to: str) -> bool:
    """The register shows a later move than the one she told: long after its day, or after it and to another place."""
    return home.since > planned + SETTLING_IN or (home.ward != to and home.since > planned)


def goes(answers: Answers, move: Move, person: str) -> bool | None:
    """Whether that member moves too; None: only some do, and nobody has said whether this one does."""
    return True if move.arrived or answers.yes(EVERYBODY) is not False else answers.yes(MOVES, person)


def ask_mover(person: str) -> Verdict:
    return ask(f"{MOVES}:{person}", "ask_moves")


def unsaid_movers(facts: Facts) -> tuple[str, ...]:
    """The question whether all move, where more than one lives and nobody has answered it."""
    alone = facts.registry is UNKNOWN or len(facts.registry.members) == 1
    return () if alone or facts.answers.yes(EVERYBODY) is not None else (EVERYBODY,)


ForMover = Callable[[Facts, Law, date, Move], Verdict]
ForMovingMember = Callable[[Facts, Law, date, Move, Member], Verdict]


def mover_rule(decide: ForMover, *reasons: str, to_abroad: bool = False, from_abroad: bool = True) -> Rule:
    """A rule of the household that is asked only while a move is under way; the last two: also of such a move."""

    @wraps(decide)
    def judge(facts: Facts, law: Law, today: date) -> Verdict:
        move = the_move(facts, today)
        if not isinstance(move, Move):
            return move
        foreign = (move.abroad and not to_abroad) or (move.from_abroad and not from_abroad)
        return not_concerned() if foreign else decide(facts, law, today, move)

    return household_rule(judge, *reasons)


def moving_member_rule(decide: ForMovingMember, *reasons: str, to_abroad: bool = False, of_movers: bool = True) -> Rule:
    """The same, asked for every member of the household, or only `of_movers` among them."""

    @wraps(decide)
    def judge(facts: Facts, law: Law, today: date, home: Household, member: Member) -> Verdict:
        move = the_move(facts, today)
        if not isinstance(move, Move):
            return move
        going = goes(facts.answers, move, member.person) if of_movers else True
        if going is False or (move.abroad and not to_abroad):
            return not_concerned()
        verdict = decide(facts, law, today, move, member)
        concerns = not isinstance(verdict, NotYours)
        return ask_mover(member.person) if going is None and concerns else verdict

    return replace(person_rule(judge, *reasons), quiet=True)


def visit_day(law: Law, move: Move) -> date:
    """The day of the move, or the first after it on which the office where she moves to takes a visit."""
    day = move.on
    while not law.opens_office_of(move.ward, day):
        day += timedelta(days=1)
    return day


def papers_ready(law: Law, filed: date) -> date:
    """住民基本台帳法24条の2: the old ward hands the notice on; some open days after the day of filing pass first."""
    day = filed
    for _ in range(law.number("move_out_ready_open_days", filed)):
        day += timedelta(days=1)
        while not law.opens_office(day):
            day += timedelta(days=1)
    return day


def _told(answers: Answers, home: Household, planned: date, to: str) -> Move | None:
    if not _recorded(home, planned, to):
        within = home.ward == to
        real = answers.day("moved_on")
        on = real if real and abs(real - planned) <= SETTLING_IN else planned
        return Move(planned=planned, on=on, came_from=home.ward, to=to, arrived=False, within=within)
    came_from = answers.word("moved_from")
    if came_from is None:
        return None
    within = came_from == to
    return Move(planned=planned, on=home.since, came_from=came_from, to=to, arrived=True, within=within)


def _seen(answers: Answers, home: Household, today: date) -> Move | None:
    """Nothing was told beforehand; she came not long ago and has said from where."""
    came_from = answers.word("moved_from")
    if came_from is None or home.since > today:
        return None
    within, since = came_from == home.ward, home.since
    return Move(planned=since, on=since, came_from=came_from, to=home.ward, arrived=True, within=within)


def _recorded(home: Household, planned: date, to: str) -> bool:
    """Whether the register shows this move; the planned day and the real one may differ."""
    return home.ward == to and home.since >= planned - PLAN_AND_REALITY


def _settled(move: Move, today: date) -> bool:
    """Long past: known to be recorded, or gone where nobody here can see it."""
    return (move.arrived or move.to in OUTSIDE) and today - move.on > SETTLING_IN
