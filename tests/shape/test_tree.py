"""The tree itself: small files, locks without addresses, no word that belongs to one machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = {".py", ".ts", ".tsx", ".css", ".html", ".sql"}
MOST_LINES = 300
GENERATED = {"requirements.lock", "package-lock.json"}


def tracked() -> list[Path]:
    """Every file of the project, as git has it or would have it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def test_no_source_file_is_longer_than_300_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked()
        if path.suffix in SOURCES and (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_locks_carry_hashes_and_no_addresses() -> None:
    for lock in ("requirements.lock", "infra/benefits/requirements.lock", "infra/benefits/build.lock"):
        python = (ROOT / lock).read_text("utf-8")
        assert python.count("--hash=sha256:") > python.count("==")
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", python)
    node = (ROOT / "pwa" / "package-lock.json").read_text("utf-8")
    assert '"integrity"' in node
    assert '"resolved"' not in node


def test_the_top_level_is_the_one_agreed_upon() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    rooms = {"pyproject.toml", "bff", "pwa", "life_events", "notifications", "tests", "infra"}
    beside = {"README.md", "Makefile", "CHANGELOG.md", "LICENSE", "requirements.lock", ".ci", ".gitignore"}
    assert top == rooms | beside


def test_no_mark_of_unfinished_work_is_left() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error", "pytest.sk" + "ip", "mark.sk" + "ip")
    marks = re.compile(r"\b(" + "|".join(map(re.escape, (*words, "xf" + "ail"))) + r")\b")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix in SOURCES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []
