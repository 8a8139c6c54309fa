"""What each kind of try allows: `kinds.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path

import msgspec


class Allowance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`tries` at once and, spread evenly, again in `minutes`; `lease` of them without asking the database."""

    tries: int
    minutes: float
    lease: int = 1

    def times(self, factor: float) -> Allowance:
        return msgspec.structs.replace(self, tries=max(self.lease, int(self.tries * factor)))

    @property
    def whole(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def step(self) -> timedelta:
        """After so long one more is free."""
        return self.whole / self.tries


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    account: Allowance | None = None
    address: Allowance | None = None


@cache
def kinds() -> Mapping[str, Kind]:
    return msgspec.convert(tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8")), dict[str, Kind])
