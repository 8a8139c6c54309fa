"""The tree itself: small files, locks without addresses, no word that belongs to one machine."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = {".py", ".ts", ".tsx", ".css", ".html", ".sql"}
MOST_LINES = 300
LONGEST_FUNCTION = 30
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


def own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, without docstring and inner functions; a value spelled out field by field counts as one."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    lines = {number for one in body for number in range(one.lineno, (one.end_lineno or one.lineno) + 1)}
    for one in (inner for part in body for inner in ast.walk(part)):
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            lines -= set(range(one.lineno, (one.end_lineno or one.lineno) + 1))
        elif isinstance(one, ast.Call | ast.Dict | ast.List | ast.Tuple | ast.Constant):
            lines -= set(range(one.lineno + 1, (one.end_lineno or one.lineno) + 1))
    return len(lines)


def test_no_function_is_longer_than_30_lines() -> None:
    """But for the tests: a journey is told from its beginning to its end."""
    long = {
        f"{path.relative_to(ROOT)}: {one.name}": lines
        for path in tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] != "tests"
        for one in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and (lines := own_lines(one)) > LONGEST_FUNCTION
    }
    assert long == {}


def test_locks_carry_hashes_and_no_addresses() -> None:
    beside = ("infra/benefits/requirements.lock", "infra/benefits/build.lock", "infra/security/proof.lock")
    for lock in ("requirements.lock", *beside, "infra/security/wapiti.lock"):
        python = (ROOT / lock).read_text("utf-8")
        assert python.count("--hash=sha256:") > python.count("==")
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", python)
    node = (ROOT / "pwa" / "package-lock.json").read_text("utf-8")
    assert '"integrity"' in node
    assert '"resolved"' not in node


def test_the_top_level_is_the_one_agreed_upon() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    rooms = {"pyproject.toml", "bff", "pwa", "life_events", "notifications", "tests", "infra"}
    beside = {"README.md", "Makefile", "CHANGELOG.md", "LICENSE", "requirements.lock", ".ci", ".gitignore", ".github"}
    carry_on = {"CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "SECURITY.md", ".pre-commit-config.yaml"}
    assert top == rooms | beside | carry_on


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


def test_the_project_and_the_app_are_of_the_version_that_the_changelog_released_last() -> None:
    released = re.search(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert released
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    app, lock = (json.loads((ROOT / "pwa" / name).read_text("utf-8")) for name in ("package.json", "package-lock.json"))
    assert {project["version"], app["version"], lock["version"], lock["packages"][""]["version"]} == {released[1]}
