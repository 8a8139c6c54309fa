"""The map of personal data as Markdown, joined of `personal_data.toml` and what becomes of each table at erasure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bff.accounts.holdings import holdings

SOURCE = Path(__file__).with_suffix(".toml")
AT_ERASURE = {
    "delete": "deleted",
    "goes": "goes with her account",
    "code": "emptied of what is hers",
    "kept": "kept",
}


@dataclass(frozen=True)
class Kind:
    """Why, on what ground, how long, and who sees it."""

    why: str
    basis: str
    kept: str
    seen: str


@dataclass(frozen=True)
class Held:
    """A table with something of people in it."""

    kind: str
    what: str


@dataclass(frozen=True)
class Map:
    """`nobody`: tables that hold nothing of residents, each with what they hold."""

    kinds: Mapping[str, Kind]
    tables: Mapping[str, Held]
    nobody: Mapping[str, str]


def read() -> Map:
    told = tomllib.loads(SOURCE.read_text("utf-8"))
    kinds = {name: Kind(**said) for name, said in told["kind"].items()}
    return Map(kinds, {name: Held(**said) for name, said in told["table"].items()}, told["nobody"])


def page() -> str:
    """Kinds first, then the tables of each."""
    known = read()
    parts = [_HEAD, *(_kind(known, name, kind) for name, kind in known.kinds.items()), _rest(known)]
    return "\n".join(parts)


def _kind(known: Map, name: str, kind: Kind) -> str:
    rows = [
        f"| `{table}` | {held.what} | {_erasure(table)} |" for table, held in known.tables.items() if held.kind == name
    ]
    said: Sequence[tuple[str, str]] = (
        ("Why", kind.why), ("On what ground", kind.basis), ("How long", kind.kept), ("Who sees it", kind.seen)
    )  # fmt: skip
    told = "\n".join(f"- **{label}**: {text}." for label, text in said)
    table = "| table | what | at erasure |\n|---|---|---|\n" + "\n".join(sorted(rows))
    return f"## {name.capitalize()}\n\n{told}\n\n{table}\n"


def _erasure(table: str) -> str:
    held = holdings().get(table)
    if held is None:
        return "–"
    return AT_ERASURE[held.erase] + (f": {held.why[0].lower()}{held.why[1:]}" if held.why else "")


def _rest(known: Map) -> str:
    rows = "\n".join(f"| `{table}` | {what} |" for table, what in sorted(known.nobody.items()))
    return f"## Of nobody\n\n| table | what |\n|---|---|\n{rows}\n"


_HEAD = """\
# Personal data: what lies where, why, how long, and who sees it

Made by `make proof` from `infra/security/personal_data.toml` and `bff/accounts/holdings.toml`; a test holds it to the
tables of the database. "Sealed" is AES-256-GCM under the resident's, the school's or the paper's own key, which is
wrapped by the master key. The 12-digit 個人番号 stands in no table: input that holds one is refused. In the log are
pseudonyms alone. What lies on her phone is said at `/storage` and in `infra/decisions/0054-the-device-is-hers.md`.
"""
