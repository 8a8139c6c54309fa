"""The table of OWASP ASVS 5.0.0: what each line of levels 1 and 2 asks, and the test that shows it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("asvs")
ROOT = FOLDER.parents[2]
CHAPTERS = (
    *("Encoding and sanitization", "Validation and business logic", "Web frontend", "API and web service"),
    *("Files", "Authentication", "Sessions", "Authorization", "Self-contained tokens", "OAuth and OIDC"),
    *("Cryptography", "Secure communication", "Configuration", "Data protection", "Coding and architecture"),
    *("Logging and errors", "WebRTC"),
)


@dataclass(frozen=True)
class Line:
    """`by`: tests; `written`: documents, where the line asks for one; `not_here`: why it does not apply; `open`: what
    of it does not hold, or is not shown here."""

    id: str
    level: int
    asks: str
    by: Sequence[str] = ()
    written: Sequence[str] = ()
    not_here: str = ""
    open: str = ""

    @property
    def place(self) -> tuple[int, ...]:
        return tuple(map(int, self.id.split(".")))


def lines() -> list[Line]:
    """In their order."""
    return sorted((line for told in _told() for line in _read(told)), key=lambda line: line.place)


def left_out() -> list[str]:
    """Ids of level 3, which is not aimed at."""
    return [id for told in _told() for id in told["level_3"]]


def _told() -> Iterator[Mapping[str, Any]]:
    return (tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml")))


def _read(told: Mapping[str, Any]) -> Iterator[Line]:
    return (Line(id, **said) for id, said in told["line"].items())


def is_there(test: str) -> bool:
    """Whether there is such a test: of pytest by file and function, of the phone by file and beginning of its title."""
    file, _, name = test.partition("::")
    path = ROOT / (file if file.startswith("pwa/") else f"tests/{file}")
    if not path.is_file():
        return False
    said = path.read_text("utf-8")
    if file.startswith("pwa/"):
        return any(f"test({quote}{name}" in said for quote in "'\"`")
    return re.search(rf"^(async )?def {re.escape(name)}\(", said, re.MULTILINE) is not None


def page() -> str:
    """The table as Markdown."""
    every = lines()
    parts = [_head(every)]
    for chapter, some in groupby(every, key=lambda line: line.place[0]):
        rows = [f"| {line.id} | {line.level} | {line.asks} | {_shown(line)} |" for line in some]
        parts.append(
            f"## V{chapter} {CHAPTERS[chapter - 1]}\n\n| line | level | asks | shown by |\n|---|---|---|---|\n"
        )
        parts[-1] += "\n".join(rows) + "\n"
    return "\n".join(parts)


def _head(every: Sequence[Line]) -> str:
    shown = [line for line in every if (line.by or line.written) and not line.open]
    opened = [line for line in every if line.open]
    not_here = [line for line in every if line.not_here]
    told = "\n".join(f"- {line.id}: {line.open}" for line in opened)
    return _HEAD.format(
        all=len(every), shown=len(shown), not_here=len(not_here), open=len(opened), three=len(left_out()), told=told
    )


def _shown(line: Line) -> str:
    parts = [f"`{test}`" for test in line.by] + [f"written: `{path}`" for path in line.written]
    parts += [f"not here: {line.not_here}"] if line.not_here else []
    parts += [f"**open**: {line.open}"] if line.open else []
    return "<br>".join(parts)


_HEAD = """\
# OWASP ASVS 5.0.0, levels 1 and 2

Made by `make proof` from `infra/security/asvs/*.toml`; a test holds both together and looks that every test named here
exists. Paths of tests are below `tests/`. Ids and levels are those of the English edition 5.0.0 as OWASP publishes it
(the file `5.0/docs_en/…_5.0.0_en.csv` of its repository, read in a stored copy in November 2026); what a line asks is
said in our own words and shortened, so the standard itself decides. That a test is named says that it tries this, not
that somebody from outside has judged so: no assessor has looked at this table yet.

{all} lines of levels 1 and 2: {shown} shown whole, {open} with something open, {not_here} that do not apply here.
The {three} lines of level 3 are not aimed at and stand by their ids in the sources.

## Open

{told}
"""
