"""The documentation is true: its examples run or are what stands in their files, and its links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from bff.__main__ import DESKS
from infra.docs.assemble import OWN, assembled, excerpt, filled

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r'title="([^"]+)"')
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PROCESSES = {"run", "web", "inlet", "worker", "migrate", "demo"}


def blocks(kind: str) -> list[tuple[str, str, str]]:
    """(page, what stands beside the kind, content) of every block of a kind in our own pages."""
    return [
        (page.name, found[2], found[3])
        for page in sorted(OWN.glob("*.md"))
        for found in BLOCK.finditer(filled(page.read_text("utf-8")))
        if found[1] == kind or kind == "*"
    ]


def test_every_block_is_of_a_kind_that_is_tried() -> None:
    titled = {page for page, beside, _ in blocks("*") if TITLE.search(beside)}
    bare = {found for page in OWN.glob("*.md") for found in re.findall(r"^```(\w*)\n", page.read_text("utf-8"), re.M)}
    assert bare - {"", "python", "console"} == set()
    assert {page.name for page in OWN.glob("adding-*.md")} - {"adding-a-language.md"} <= titled


@pytest.mark.parametrize(("page", "code"), [(page, code) for page, beside, code in blocks("python") if not beside])
def test_an_example_runs_as_it_stands(page: str, code: str) -> None:
    exec(compile(code, page, "exec"), {"__name__": page})


def test_what_is_shown_of_a_file_stands_in_it() -> None:
    shown = [(page, title[1], code) for page, beside, code in blocks("*") if (title := TITLE.search(beside))]
    assert len(shown) >= 8
    wrong = [(page, path) for page, path, code in shown if code not in (ROOT / path).read_text("utf-8")]
    assert wrong == []
    with pytest.raises(ValueError, match="no line"):
        excerpt("Makefile", "no such line")


def test_every_command_that_is_told_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = [line.removeprefix("$ ") for _, _, code in blocks("console") for line in code.splitlines()]
    assert len(told) >= 8
    for line in told:
        match line.split():
            case ["make", target]:
                assert target in targets, line
            case ["python", "-m", "bff", command, *_]:
                assert command in {*PROCESSES, *DESKS}, line
            case ["python", "-m", "pytest", *paths]:
                assert all((ROOT / path).exists() for path in paths), line
            case _:
                raise AssertionError(f"of which kind is this: {line}")


def test_the_site_has_every_page_that_is_linked_or_listed(tmp_path: Path) -> None:
    assembled(tmp_path)
    pages = sorted(tmp_path.rglob("*.md"))
    assert len(pages) > 60
    missing = {
        f"{page.relative_to(tmp_path)}: {link}"
        for page in pages
        for link in LINK.findall(page.read_text("utf-8"))
        if not re.match(r"[a-z]+:", link) and not (page.parent / link).exists()
    }
    assert missing == set()
    listed = re.findall(r"[\w/.-]+\.md", (OWN.parent / "mkdocs.yml").read_text("utf-8"))
    assert [name for name in listed if not (tmp_path / name).is_file()] == []


def test_every_target_of_make_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    told = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    explained = set(re.findall(r"^  make ([a-z-]+) +\S", told.stdout, re.MULTILINE))
    assert phony - explained == {"ready"}, "a step of `make test` alone"
    assert explained <= phony


def test_who_carries_on_finds_what_is_asked_of_her() -> None:
    for name in ("CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "SECURITY.md"):
        assert len((ROOT / name).read_text("utf-8")) > 1000
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert re.findall(r"repo: (\S+)", hooks) == ["local"]
    locks = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert {"proof", "wapiti"} <= set(locks)
    assert len(list((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))) >= 3
