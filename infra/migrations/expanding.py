"""Whether a migration may run while the release before still answers: it adds and takes nothing away (expand), or it
says since which release nobody uses what it takes (contract).

A migration runs before the first process of its release starts and while those of the former one go on. So in one
release nothing is dropped, renamed or made stricter that the former one reads or writes. What a release no longer uses
is taken by a later one, whose migration says `CONTRACTS = "0.3.0"`: the release since which nothing of it is used.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Final

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

VERSIONS: Final = Path(__file__).parent / "versions"
LAST_UNJUDGED: Final = "0056"
"""Those until this one were made before there was a release in service."""
_NEVER: Final = (
    (r"\bDROP (TABLE|COLUMN|TYPE|VIEW|FUNCTION|SCHEMA)\b", "takes away what the former release may use"),
    (r"\bALTER TABLE [^;]*?\bDROP (?!CONSTRAINT|DEFAULT|NOT NULL|EXPRESSION|IDENTITY)\w", "takes a column away"),
    (r"\bRENAME\b", "renames what the former release knows by its old name"),
    (r"\bALTER (COLUMN )?\S+ (SET DATA )?TYPE\b", "changes a type under the former release, and writes the table anew"),
    (r"\bSET NOT NULL\b", "refuses what the former release may write"),
    (r"\bTRUNCATE\b", "empties a table"),
    (
        r"\bADD (COLUMN )?(IF NOT EXISTS )?(?!CONSTRAINT)\w+ [^,;]*\bNOT NULL\b(?![^,;]*\b(DEFAULT|GENERATED)\b)",
        "adds a column that the former release leaves out",
    ),
    (
        r"\bADD (CONSTRAINT \w+ )?(CHECK|UNIQUE|FOREIGN KEY|PRIMARY KEY|EXCLUDE)\b(?![^;]*\bNOT VALID\b)",
        "makes stricter what the former release writes, and reads the whole table under a lock",
    ),
)


@dataclass(frozen=True)
class Fault:
    migration: str
    why: str
    statement: str


def faults(folder: Path, release: str) -> Iterator[Fault]:
    """Of every migration after `LAST_UNJUDGED` in `folder`; `release`: the one that is being made."""
    for file in sorted(folder.glob("[0-9]*.py")):
        if file.stem[:4] > LAST_UNJUDGED:
            yield from of_one(file, release)


def of_one(file: Path, release: str) -> Iterator[Fault]:
    migration = _module(file)
    contracts = getattr(migration, "CONTRACTS", None)
    if contracts is not None:
        if not _numbers(str(contracts)) <= _numbers(release):
            yield Fault(file.stem, f"contracts since {contracts}, and this is {release}", "")
        return
    told = _statements(migration)
    made = {name.lower() for name in re.findall(r"\bCREATE TABLE (?:IF NOT EXISTS )?(\w+)", told)}
    locked: set[str] = set()
    for statement in told.split(";"):
        said = " ".join(statement.split())
        if said == "COMMIT":
            locked.clear()
        if _table_of(said) in made:
            continue  # a table of this very migration is used by nobody yet
        for pattern, why in _NEVER:
            if re.search(pattern, said):
                yield Fault(file.stem, why, said[:120])
        if re.search(r"\bCREATE (UNIQUE )?INDEX (?!CONCURRENTLY)", said):
            yield Fault(file.stem, "locks a table in use while its index is made", said[:120])
        if re.search(r"^UPDATE|\bVALIDATE CONSTRAINT\b", said) and _table_of(said) in locked:
            yield Fault(file.stem, "reads the whole table under the lock of its change: autocommit_block", said[:120])
        if said.startswith("ALTER TABLE"):
            locked.add(_table_of(said))


def _table_of(statement: str) -> str:
    found = re.search(r"\b(?:ALTER TABLE (?:ONLY )?|^UPDATE (?:ONLY )?|INDEX \w+ ON |POLICY \w+ ON )(\w+)", statement)
    return found[1].lower() if found else ""


def _statements(migration: ModuleType) -> str:
    """What its `upgrade` says to PostgreSQL, without one; keywords in capitals, as all of ours are written."""
    said = io.StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": said})
    with Operations.context(context):
        migration.upgrade()
    without = re.sub(r"--[^\n]*|'[^']*'", " ", said.getvalue())
    return re.sub(r"\$\$.*?\$\$", " ", without, flags=re.DOTALL)


def _module(file: Path) -> ModuleType:
    spec = util.spec_from_file_location(f"migration_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(map(int, release.split(".")))
