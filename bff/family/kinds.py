"""The rules as a file: what each kind of mandate may see and do, and what is hidden from it (`kinds.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from life_events import Catalogue, Text

FOLDER = Path(__file__).parent
Item = Literal["steps", "applications", "notices", "form", "task"]
Act = Literal["submit", "do_task"]
Side = Literal["represented", "representative", "about", "official"]


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of mandate. `about`: whom of a household it may be about; `longest_days`: the furthest end date;
    `officials`: how many a ward's confirmation takes."""

    given_by: Literal["resident", "official"]
    about: Literal["child", "adult", "anybody", "nobody"]
    bundles: tuple[str, ...]
    items: tuple[Item, ...]
    acts: tuple[Act, ...]
    purposes: tuple[str, ...]
    basis: str
    ended_by: tuple[Side, ...]
    hides: tuple[str, ...]
    longest_days: int
    name: Text
    officials: Literal[1, 2] = 1


class Sensitive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`told`: whether the screen may say that this class is hidden; `protected_kinds`: who sees nothing at all of an
    account under protection."""

    told: bool
    procedures: tuple[str, ...]
    protected_kinds: tuple[str, ...] = ()
    name: Text | None = None


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kinds: dict[str, Kind]
    purposes: dict[str, Text]
    items: dict[str, Text]


@cache
def _rules() -> _Rules:
    return msgspec.convert(tomllib.loads((FOLDER / "kinds.toml").read_text("utf-8")), _Rules)


@cache
def sensitive() -> Mapping[str, Sensitive]:
    """The classes of what is hidden, by name."""
    return msgspec.convert(tomllib.loads((FOLDER / "sensitive.toml").read_text("utf-8")), dict[str, Sensitive])


def kinds() -> Mapping[str, Kind]:
    """Every kind of mandate, in the order of the file."""
    return _rules().kinds


def purpose_name(purpose: str) -> Text:
    return _rules().purposes[purpose]


def item_name(item: str) -> Text:
    return _rules().items[item]


def hidden_from(kind: str) -> frozenset[str]:
    """Ids of the procedures that this kind never sees."""
    return frozenset(id for one in kinds()[kind].hides for id in sensitive()[one].procedures)


def told_hidden(kind: str) -> tuple[Text, ...]:
    """Names of the classes that its screen says are hidden: always the same ones, so they tell nothing of her."""
    classes = (sensitive()[one] for one in kinds()[kind].hides)
    return tuple(one.name for one in classes if one.told and one.name is not None)


def within(catalogue: Catalogue, kind: str, bundles: Collection[str]) -> frozenset[str]:
    """Ids of the procedures that a mandate of this kind over these bundles reaches; never more than the kind allows."""
    reached = set(bundles) & set(kinds()[kind].bundles)
    return frozenset(id for one in catalogue.bundles if one.id in reached for id in one.procedures) - hidden_from(kind)
