"""What can wait, and from when on: `waits.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

_NAMED: Final = re.compile(r"\s*(?:query|subscription|mutation)\s+(\w+)")


class Rank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """It waits from the share `at` of what is bearable on, and then at least `seconds`."""

    at: float
    seconds: float
    documents: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


@cache
def ranks() -> Mapping[str, Rank]:
    """By name; who waits first stands first."""
    return msgspec.convert(tomllib.loads(Path(__file__).with_name("waits.toml").read_text("utf-8")), dict[str, Rank])


def rank_of(document: str) -> str | None:
    """Of a GraphQL document by the name of its operation; None: it never waits."""
    named = _NAMED.match(document)
    return _documents().get(named[1]) if named else None


def rank_at(path: str) -> str | None:
    """Of an address; None: it never waits."""
    return next((rank for at, rank in _paths() if path == at or path.startswith(f"{at}/")), None)


@cache
def _documents() -> Mapping[str, str]:
    return {document: name for name, rank in ranks().items() for document in rank.documents}


@cache
def _paths() -> tuple[tuple[str, str], ...]:
    return tuple((path, name) for name, rank in ranks().items() for path in rank.paths)
