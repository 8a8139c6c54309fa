"""What the consents of home are for, in groups: one switch over several on the screen, never one consent."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from life_events.terms import Text

REST: Final = "other"


@dataclass(frozen=True)
class Group:
    id: str
    name: Text
    purpose: Text


def group_of(source: str) -> Group:
    """Of a source of home; one that no group names is in the last, so that none is ever left out."""
    groups, of_source = _told()
    return groups[of_source.get(source, REST)]


@cache
def _told() -> tuple[Mapping[str, Group], Mapping[str, str]]:
    told = tomllib.loads(Path(__file__).with_name("consent_groups.toml").read_text("utf-8"))
    groups = {
        id: Group(id, msgspec.convert(one["name"], Text), msgspec.convert(one["purpose"], Text))
        for id, one in told.items()
    }
    return groups, {source: id for id, one in told.items() for source in one["sources"]}
