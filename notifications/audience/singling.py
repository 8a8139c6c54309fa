"""So that nobody is singled out: not by a size, not by the difference of two, not by who else is asked about.

A size is told from a floor on, moved by up to SHIFT and rounded to STEP; near the floor the same shift decides whether
it is told. The shift is drawn, with a secret, from who is counted, what was asked, of which ward and on which day. The
same question gives the same number until somebody is added or the day ends. Another question, or another day, draws
another shift even where it holds the same people, so that two unlike numbers prove as little as two like ones. Where
a care level or a life event is asked about, birthdays count by whole months (`as_counted`), so that no single birthday
can be asked for.

What stays: whoever asks many questions that hold the same people, in words that `canonical` does not see through or on
many days, can average the shifts away, for which the house lets an official ask few that are sensitive; and a number
that changes within a day tells that somebody came or went.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Final

from pyroaring import BitMap

from notifications.audience.audience import Audience
from notifications.audience.canonical import canonical, in_whole_months, written
from notifications.audience.headcount import Headcount
from notifications.audience.rules import Marked, Rule

FLOOR: Final = 5
STEP: Final = 5
SHIFT: Final = 2
COARSE: Final = ((100_000, 1000), (1000, 100), (100, 10))
"""(from how many on, rounded to)"""
SENSITIVE: Final = ("care:", "event:")
FEWEST_FOR_SHARES: Final = 20


@dataclass(frozen=True, slots=True)
class Counted:
    """Whom a question holds, and what the shifts of everything told of them are drawn from."""

    members: BitMap
    drawn: bytes

    def size(self) -> Headcount:
        """Under FLOOR it is never told, and of those just over it not always."""
        count = len(self.members)
        moved = count + self._shift("size")
        if min(count, moved) < FLOOR:
            return Headcount(None, FLOOR)
        step = next((step for least, step in COARSE if count >= least), STEP)
        return Headcount(max(FLOOR, (moved + step // 2) // step * step), FLOOR)

    def share(self, part: int, what: str) -> int | None:
        """In tens of a hundred; None: of too few to tell any. `what` it is a share of: each has a shift of its own."""
        whole = len(self.members)
        if min(whole, whole + self._shift("shares")) < FEWEST_FOR_SHARES:
            return None
        moved = min(max(part + self._shift(f"share|{what}"), 0), whole)
        return round(moved * 10 / whole) * 10

    def _shift(self, what: str) -> int:
        return hmac.digest(self.drawn, what.encode(), "sha256")[0] % (2 * SHIFT + 1) - SHIFT


def as_counted(audience: Audience, today: date) -> Audience:
    """Whose size is told in its place."""
    if not is_sensitive(audience.rule):
        return audience
    return Audience(audience.ward, in_whole_months(audience.rule, today))


def counted(members: BitMap, asked: Audience, today: date, secret: bytes) -> Counted:
    """`members`: of `asked`, which is `as_counted` already."""
    question = written(canonical(asked.rule, today))
    told = f"size|{asked.ward}|{today}|{len(question)}|".encode() + question + _plain(members)
    return Counted(members, hmac.digest(secret, told, "sha256"))


def is_sensitive(rule: Rule) -> bool:
    return any(mark.startswith(SENSITIVE) for mark in _marks(rule))


def question_of(asked: Audience, today: date) -> bytes:
    """The same bytes for the same question, however it is written; `asked`: `as_counted`."""
    return asked.ward.encode() + b"|" + written(canonical(asked.rule, today))


def asks_too_closely(rule: Rule) -> bool:
    """Who made a list knows who is on it, and would learn of each what she may only ask of the many."""
    return is_of_list(rule) and is_sensitive(rule)


def is_of_list(rule: Rule) -> bool:
    return any(mark.startswith("list:") for mark in _marks(rule))


def marks_outside(rule: Rule, school: str) -> frozenset[str]:
    """Marks in it that are none of this school's own."""
    own = {f"{kind}:{school}" for kind in ("school", "year", "class", "club")}
    return frozenset(mark for mark in _marks(rule) if ":".join(mark.split(":")[:2]) not in own)


def _marks(rule: Rule) -> frozenset[str]:
    if isinstance(rule, Marked):
        return frozenset({rule.mark})
    return frozenset().union(*(_marks(part) for part in rule.parts))


def _plain(members: BitMap) -> bytes:
    """The same bytes for the same members, however they came together."""
    same = BitMap(members)
    same.run_optimize()
    return bytes(same.serialize())
