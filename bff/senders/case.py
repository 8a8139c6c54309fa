"""A case is what its steps say, and nothing else: built anew at each look, so order and repeats are nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bff.senders.event import CaseStep, Lines


@dataclass(frozen=True)
class Step:
    at: datetime
    state: str
    label: Lines


@dataclass(frozen=True)
class Case:
    """As it stands now; `steps`: the oldest first, each once. `act_by` only while it is hers to act."""

    sender: str
    case: str
    title: Lines
    state: str
    label: Lines
    begun_at: datetime
    changed_at: datetime
    act_by: date | None
    part_of: str | None
    steps: Sequence[Step]


def rebuilt(sender: str, told: Iterable[tuple[str, CaseStep]]) -> Case | None:
    """`told`: (the sender's id of the event, what it says); of two at the same moment the id decides. None: nothing."""
    once = sorted(dict(told).items(), key=lambda one: (one[1].at, one[0]))
    steps = [step for _, step in once]
    if not steps:
        return None
    last = steps[-1]
    return Case(
        sender=sender,
        case=last.case,
        title=last.title,
        state=last.state,
        label=last.label,
        begun_at=steps[0].at,
        changed_at=last.at,
        act_by=last.act_by if last.state == "yours" else None,
        part_of=next((step.part_of for step in reversed(steps) if step.part_of), None),
        steps=[Step(step.at, step.state, step.label) for step in steps],
    )
