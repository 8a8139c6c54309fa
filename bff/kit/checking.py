"""Runs the contract over one connector, or over all, and says in plain words which rules it breaks."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

CONTRACT: Final = tuple(f"tests/connectors/test_{name}.py" for name in ("contract", "shown", "stand_ins"))


@dataclass(frozen=True)
class Judged:
    """`kept`: how many times a rule held; `broken`: a line each; `trouble`: what kept the rules from being tried."""

    kept: int
    broken: tuple[str, ...]
    trouble: str = ""


def judge(root: Path, ids: Sequence[str] = (), files: Sequence[str] = CONTRACT) -> Judged:
    """The tests themselves, in a process of their own, over the connectors of these `ids`; none: over all."""
    if not all((root / file).is_file() for file in files):
        return Judged(0, (), "the contract's tests are not here: run it in the tree of the project")
    with tempfile.TemporaryDirectory(prefix="km-kit-") as folder:
        report = Path(folder) / "report.xml"
        chosen = [f"--connector={id}" for id in ids]
        ran = subprocess.run(  # noqa: S603 - our own tests
            [sys.executable, "-m", "pytest", *files, f"--junit-xml={report}", "-q", "--tb=line", *chosen],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        if not report.is_file():
            return Judged(0, (), (ran.stdout + ran.stderr).strip())
        return _read(report)


def _read(report: Path) -> Judged:
    cases = list(ElementTree.parse(report).getroot().iter("testcase"))  # noqa: S314 - written just now by our tests
    wrong = {case: case.find("failure") if case.find("error") is None else case.find("error") for case in cases}
    broken = tuple(_line(case, why) for case, why in wrong.items() if why is not None)
    return Judged(len(cases) - len(broken), broken, "" if cases else "no rule is written for it")


def _line(case: ElementTree.Element, why: ElementTree.Element) -> str:
    """`a broken answer is one word [seal-broken-day]: …`."""
    rule, bracket, example = case.get("name", "").partition("[")
    first = next(iter(why.get("message", "").splitlines()), "")
    words = rule.removeprefix("test_").replace("_", " ") or case.get("classname", "")
    return f"{words} {bracket}{example}: {first}".strip()
