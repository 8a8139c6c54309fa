"""One way of writing a rule for many ways of asking the same, so that asking in other words draws no other shift.

It knows the order of parts, parts said twice, an all within an all, a not of a not, and ages for birthdays. Where two
rules hold the same people for deeper reasons, it does not see it.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

import msgspec

from notifications.audience.rules import All, Any, ChildAge, ChildBorn, Not, Rule

A_DAY: Final = timedelta(days=1)


def canonical(rule: Rule, today: date) -> Rule:
    match rule:
        case ChildAge():
            return _born(rule, today)
        case Not(inner):
            denied = canonical(inner, today)
            return denied.rule if isinstance(denied, Not) else Not(denied)
        case All():
            ordered = _ordered(rule, today)
            return ordered[0] if len(ordered) == 1 else All(ordered)
        case Any():
            ordered = _ordered(rule, today)
            return ordered[0] if len(ordered) == 1 else Any(ordered)
        case _:
            return rule


def in_whole_months(rule: Rule, today: date) -> Rule:
    """With each range of birthdays widened to whole months."""
    match rule:
        case ChildAge():
            return in_whole_months(_born(rule, today), today)
        case ChildBorn(since, until):
            return ChildBorn(since.replace(day=1), until.replace(day=monthrange(until.year, until.month)[1]))
        case Not(inner):
            return Not(in_whole_months(inner, today))
        case All(of):
            return All(tuple(in_whole_months(part, today) for part in of))
        case Any(of):
            return Any(tuple(in_whole_months(part, today) for part in of))
        case _:
            return rule


def written(rule: Rule) -> bytes:
    return msgspec.json.encode(rule, order="deterministic")


def _ordered(rule: All | Any, today: date) -> tuple[Rule, ...]:
    """Its parts, each once, and those of parts of its own kind among them."""
    parts = [canonical(part, today) for part in rule.parts]
    flat = [one for part in parts for one in (part.parts if type(part) is type(rule) else (part,))]
    told = {written(one): one for one in flat}
    return tuple(told[key] for key in sorted(told))


def _born(rule: ChildAge, today: date) -> ChildBorn:
    after, until = rule.range.births(today)
    return ChildBorn(after + A_DAY, until)
