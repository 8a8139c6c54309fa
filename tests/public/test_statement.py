"""What the accessibility statement says was tested, was: each test it names is there."""

from __future__ import annotations

from pathlib import Path

from bff.public.statement import statement


def test_whatever_is_said_to_be_tested_names_a_test_that_exists() -> None:
    told = statement()
    every = [*told.criterion, *told.beyond]
    assert len({one.number for one in every}) == len(every)
    assert [one.number for one in every if one.state in ("met", "machine") and not one.shown] == []
    assert [test for one in every for test in one.shown if not _exists(test)] == []
    assert [one.where for one in told.method if not Path(one.where).exists()] == []


def test_what_is_known_not_to_hold_is_no_criterion_that_is_met() -> None:
    told = statement()
    failing = {number for one in told.failing for number in one.criteria}
    assert failing == {one.number for one in told.criterion if one.state == "fails"}


def _exists(test: str) -> bool:
    path, _, name = test.partition("::")
    text = Path(path).read_text("utf-8")
    return f"def {name}(" in text or f"test('{name}'" in text
