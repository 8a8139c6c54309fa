"""Which reminders a plan has on a day, by the keys under which each is told once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from bff.reminders.due import Rules, reminders, shipped
from life_events import Bundle, Change, ChangeKind, Step, StepState, Text, load_catalogue
from life_events.steps import Person

TODAY = date(2026, 11, 27)
RULES = Rules(due=(14, 3, 0), lapses=(30,), health=frozenset({"check_3_years"}), health_ends=(7,))
WORDS = Text(ja="語", easy="ことば", en="words")


def step(procedure: str, state: StepState, due: date | None = None, *, category: str = "notification") -> Step:
    plain = dict.fromkeys(("official_name", "name", "because", "operator_name", "how"), WORDS)
    nothing = dict.fromkeys(("known", "asks", "reads", "heard", "after"), ())
    none = dict.fromkeys(("law", "late", "unheard", "form", "opens"))
    told = {"id": f"{procedure}:m-1", "procedure": procedure, "subject": Person("m-1", "はな"), "category": category}
    return Step(**plain, **nothing, **none, **told, state=state, due=due, reason="", operator="ward", channel="app")  # type: ignore[arg-type]


def keys(steps: Sequence[Step], changes: Sequence[Change] = (), today: date = TODAY) -> list[str]:
    bundle = msgspec.structs.replace(EMPTY, steps=tuple(steps))
    return [one.key for one in reminders([bundle, bundle], changes, today, RULES)]


def changed(kind: ChangeKind, procedure: str) -> Change:
    return Change(step=f"{procedure}:m-1", kind=kind, subject=None, name=WORDS, text=WORDS)


EMPTY = Bundle(**{name: () if name in ("steps", "more") else "" for name in Bundle.__struct_fields__})


def test_a_last_day_reminds_at_each_stage_once_and_not_when_it_is_done() -> None:
    due = TODAY + timedelta(days=14)
    told = [keys([step("move_in", StepState.DUE, due)], today=TODAY + timedelta(days=days)) for days in range(-1, 16)]
    assert told[0] == []
    assert [len(set(map(tuple, told[a:b]))) for a, b in ((1, 12), (12, 15), (15, 16))] == [1, 1, 1]
    assert len({key for keys_ in told for key in keys_}) == 3
    assert told[16] == [], "after the last day nobody is reminded"
    assert keys([step("move_in", StepState.DONE, due)]) == []
    assert keys([step("move_in", StepState.NOT_YET, TODAY)]) == []
    moved = keys([step("move_in", StepState.DUE, due - timedelta(days=1))])
    assert moved != told[1], "another last day is another reminder"


def test_a_chance_that_ends_and_a_check_that_comes_have_their_own() -> None:
    support = step("leave_pay", StepState.OPEN, TODAY + timedelta(days=30), category="support")
    assert keys([support]) == [f"lapses:leave_pay:m-1:{support.due}:30"]
    check = step("check_3_years", StepState.DUE, TODAY + timedelta(days=90), category="support")
    first = keys([check])
    assert [one.partition(":")[0] for one in first] == ["health"]
    assert keys([check], today=TODAY + timedelta(days=60)) == first
    last = keys([check], today=TODAY + timedelta(days=85))
    assert [one.partition(":")[0] for one in last] == ["health_ends", "health"]


def test_what_opens_or_moves_is_told_but_for_support_which_judging_counts() -> None:
    open_now = step("seal", StepState.OPEN)
    assert keys([open_now], [changed(ChangeKind.NOW_POSSIBLE, "seal")]) == ["opened:seal:m-1:now_possible:"]
    assert keys([open_now], [changed(ChangeKind.NEW, "seal")]) == []
    far = TODAY + timedelta(days=99)
    later = step("seal", StepState.DUE, far)
    assert keys([later], [changed(ChangeKind.LATER, "seal")]) == [f"changed:seal:m-1:{far}"]
    support = step("leave_pay", StepState.OPEN, category="benefit")
    assert keys([support], [changed(ChangeKind.NOW_POSSIBLE, "leave_pay")]) == []
    assert keys([], [changed(ChangeKind.GONE, "seal")]) == []


def test_every_check_that_is_named_is_a_procedure_of_ours() -> None:
    assert shipped().health <= load_catalogue().procedures.keys()
