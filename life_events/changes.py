"""What changed in a plan since it was last looked at, said in words."""

import enum
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from life_events.catalogue import Catalogue
from life_events.facts import Facts
from life_events.paths import household
from life_events.steps import Plan, Step
from life_events.terms import Person, StepState, Text
from life_events.wording import say


class Mark(Struct, frozen=True):
    """What is remembered of a step of the plan before: enough to see a change, and nothing of why."""

    step: str
    state: StepState
    due: date | None = None


class ChangeKind(enum.Enum):
    """GONE: does not concern her any more. SOONER and LATER: the last day moved."""

    NEW = "new"
    GONE = "gone"
    SOONER = "sooner"
    LATER = "later"
    NOW_POSSIBLE = "now_possible"
    REOPENED = "reopened"
    DONE = "done"


class Change(Struct, frozen=True, kw_only=True):
    """`step`: its id, which the plan of today may not hold any more (GONE)."""

    step: str
    kind: ChangeKind
    subject: Person | None
    name: Text
    text: Text


UNTOLD = frozenset({StepState.UNHEARD, StepState.ASK})
"""A silent source or an open question changes nothing: the next answer may bring everything back."""
CAN_BE_DONE = frozenset({StepState.DUE, StepState.OPEN})


def marks(plan: Plan) -> tuple[Mark, ...]:
    """What to remember of `plan`, in its order."""
    return tuple(Mark(step.id, step.state, step.due) for bundle in plan.bundles for step in bundle.steps)


def changes(before: Sequence[Mark], now: Plan, catalogue: Catalogue, facts: Facts) -> tuple[Change, ...]:
    """Every change that is news to a person, in the order of the plan; nothing when there was no plan before."""
    if not before:
        return ()
    steps = {step.id: step for bundle in now.bundles for step in bundle.steps}
    remembered = {mark.step: mark for mark in before}
    silent = {step.procedure for step in steps.values() if step.state is StepState.UNHEARD}
    found = [
        _change(catalogue, step, kind, remembered.get(step.id))
        for step in steps.values()
        if (kind := _kind(step, remembered.get(step.id))) is not None
    ]
    gone = (mark for mark in before if mark.step not in steps and mark.state not in {*UNTOLD, StepState.DONE})
    return (*found, *_gone(gone, silent, catalogue, facts))


def _kind(step: Step, mark: Mark | None) -> ChangeKind | None:
    if step.state in UNTOLD:
        return None
    if mark is None or mark.state in UNTOLD:
        return None if step.state is StepState.DONE else ChangeKind.NEW
    if step.state is not mark.state:
        return _turn(mark.state, step.state)
    if step.due is None or mark.due is None or step.due == mark.due:
        return None
    return ChangeKind.SOONER if step.due < mark.due else ChangeKind.LATER


def _turn(before: StepState, now: StepState) -> ChangeKind | None:
    if now is StepState.DONE:
        return ChangeKind.DONE
    if before is StepState.DONE:
        return ChangeKind.REOPENED
    return ChangeKind.NOW_POSSIBLE if before is StepState.NOT_YET and now in CAN_BE_DONE else None


def _change(catalogue: Catalogue, step: Step, kind: ChangeKind, mark: Mark | None) -> Change:
    params = {"due": step.due, "before": mark.due if mark else None}
    dated = f"{kind.value}_due" if step.due is not None else kind.value
    texts = catalogue.words.changes
    text = say(texts.get(dated, texts[kind.value]), {key: value for key, value in params.items() if value is not None})
    return Change(step=step.id, kind=kind, subject=step.subject, name=step.name, text=text)


def _gone(gone: Iterator[Mark], silent: set[str], catalogue: Catalogue, facts: Facts) -> Iterator[Change]:
    """What is not hers any more; a silent source, or a member who left, says nothing of it."""
    home = household(facts)
    for mark in gone:
        id, _, person = mark.step.partition(":")
        procedure = catalogue.procedures.get(id)
        member = home.member(person) if home and person else None
        if procedure is None or id in silent or home is None or (person and member is None):
            continue
        subject = Person(member.person, member.name) if member else None
        text = catalogue.words.changes[ChangeKind.GONE.value]
        yield Change(step=mark.step, kind=ChangeKind.GONE, subject=subject, name=procedure.name, text=text)
