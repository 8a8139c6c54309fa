"""`columns.toml`, read once: which columns a dataset may have, under which names, and when too much is wrong."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from bff.facilities.facility import Kind


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bad_at_least: int
    bad_percent: int
    shrink_percent: int
    most_rows: int
    most_bytes: int


@dataclass(frozen=True)
class Dataset:
    """`columns`: our name of a column → the names it may have in a file, the first found counts."""

    id: str
    name: str
    kind: Kind
    columns: Mapping[str, tuple[str, ...]]

    def places(self, header: Sequence[str]) -> Mapping[str, int]:
        """Our name → where it stands in this file; spaces, widths and case of a heading do not matter."""
        heads = {folded(head): place for place, head in reversed(list(enumerate(header)))}
        found = {}
        for ours, names in self.columns.items():
            place = next((heads[folded(name)] for name in names if folded(name) in heads), None)
            if place is not None:
                found[ours] = place
        return found

    def missing(self, places: Mapping[str, int]) -> list[str]:
        """Columns that are nowhere, by their first name."""
        return [names[0] for ours, names in self.columns.items() if ours not in places]


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def datasets() -> Mapping[str, Dataset]:
    common = {name: tuple(names) for name, names in _read()["common"].items()}
    return {id: _dataset(id, dict(told), common) for id, told in _read()["datasets"].items()}


def _dataset(id: str, told: dict[str, Any], common: Mapping[str, tuple[str, ...]]) -> Dataset:
    name, kind, changed = told.pop("name"), told.pop("kind"), told.pop("columns", {})
    own = {column: tuple(names) for column, names in {**told, **changed}.items()}
    return Dataset(id, name, kind, {**common, **own})


def kind_of_poi(code: str) -> Kind | None:
    """What a resident looks for at a point with this GIF POI code; None: we have no word for it."""
    found: Kind | None = _read()["poi"].get(code)
    return found


@cache
def limits() -> Limits:
    return msgspec.convert(_read()["limits"], Limits)


def folded(heading: str) -> str:
    return "".join(unicodedata.normalize("NFKC", heading).split()).casefold()
