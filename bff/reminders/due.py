"""Which reminders a home has today, and under which keys each is told once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec

from life_events import Bundle, Change, ChangeKind, Step, StepState

What = Literal["due", "lapses", "health", "health_ends", "opened", "changed"]
CAN_BE_DONE: Final = frozenset({StepState.DUE, StepState.OPEN})
OPENS: Final = frozenset({ChangeKind.NEW, ChangeKind.NOW_POSSIBLE, ChangeKind.REOPENED})
MOVES: Final = frozenset({ChangeKind.SOONER, ChangeKind.LATER})
SUPPORT: Final = frozenset({"benefit", "support"})
"""That it has come within reach is told by judging (bff/journeys), which counts it all together."""


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    due: tuple[int, ...]
    lapses: tuple[int, ...]
    health: frozenset[str]
    health_ends: tuple[int, ...]


@dataclass(frozen=True)
class Reminder:
    """`key` is the same as long as it is the same thing: a last day that moves is another. `person`: the child it is
    about, or empty."""

    key: str
    what: What
    procedure: str
    person: str
    day: date | None


def reminders(
    bundles: Iterable[Bundle], changes: Sequence[Change], today: date, rules: Rules | None = None
) -> Sequence[Reminder]:
    """`changes`: since the plan was last made. Each step once, though it may belong to two events."""
    told = rules or shipped()
    steps = {step.id: step for bundle in bundles for step in bundle.steps}
    found: dict[str, Reminder] = {}
    for step in steps.values():
        if step.state in CAN_BE_DONE:
            for one in (*_before_the_last_day(step, today, told), *_health(step, told)):
                found[one.key] = one
    for change in changes:
        changed = steps.get(change.step)
        news = _news(changed, change.kind, told) if changed else None
        if news is not None:
            found[news.key] = news
    return list(found.values())


def _before_the_last_day(step: Step, today: date, rules: Rules) -> Iterator[Reminder]:
    left = step.days_left(today)
    if left is None or left < 0:
        return
    what: What = "due" if step.state is StepState.DUE else "lapses"
    what = "health_ends" if step.procedure in rules.health else what
    told = {"due": rules.due, "lapses": rules.lapses, "health_ends": rules.health_ends}
    stages = [days for days in told[what] if left <= days]
    if stages:
        yield _reminder(step, what, f"{step.due}:{min(stages)}")


def _health(step: Step, rules: Rules) -> Iterator[Reminder]:
    """Once for each window; of a visit that has no last day, once for its first."""
    if step.procedure in rules.health:
        yield _reminder(step, "health", f"{step.opens or ''}:{step.due or ''}")


def _news(step: Step, kind: ChangeKind, rules: Rules) -> Reminder | None:
    if step.state not in CAN_BE_DONE or step.procedure in rules.health:
        return None
    if kind in OPENS and kind is not ChangeKind.NEW and step.category not in SUPPORT:
        return _reminder(step, "opened", f"{kind.value}:{step.due or ''}")
    return _reminder(step, "changed", f"{step.due}") if kind in MOVES else None


def _reminder(step: Step, what: What, when: str) -> Reminder:
    person = step.subject.id if step.subject else ""
    return Reminder(f"{what}:{step.id}:{when}", what, step.procedure, person, step.due)


@cache
def shipped() -> Rules:
    told = tomllib.loads(Path(__file__).with_name("reminders.toml").read_text("utf-8"))
    return msgspec.convert(told, Rules)
