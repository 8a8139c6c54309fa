"""Which provider speaks for the officials of which ward, by a TOML table: ward's code = id of the provider.

131121 = "staff-setagaya"

What is not in it is spoken for by the one realm `staff`, as all wards are without a table. No provider ever speaks for
a ward that is another's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import msgspec

from bff.identity.providers import STAFF

_Ward = Annotated[str, msgspec.Meta(pattern=r"^13[0-9]{4}$")]
_Provider = Annotated[str, msgspec.Meta(pattern=r"^staff-[a-z0-9-]{1,34}$")]


class WrongRealms(Exception):
    """The table names a ward or a provider that is none."""


@dataclass(frozen=True)
class StaffRealms:
    """`table`: wards that have a provider of their own."""

    table: Mapping[str, str] = field(default_factory=dict)

    def of(self, ward: str) -> str:
        """The id of the provider at which officials of `ward` log in."""
        return self.table.get(ward, STAFF)

    def has(self, provider: str) -> bool:
        return provider in self.table.values()


def read(file: Path | None, *, wards: Collection[str], providers: Collection[str]) -> StaffRealms:
    """Raises `WrongRealms`."""
    if file is None:
        return StaffRealms()
    try:
        table = msgspec.convert(tomllib.loads(file.read_text("utf-8")), dict[_Ward, _Provider])
    except (OSError, ValueError, msgspec.MsgspecError) as wrong:
        raise WrongRealms(f"{file}: {wrong}") from wrong
    if strange := (set(table) - set(wards)) | (set(table.values()) - set(providers)):
        raise WrongRealms(f"{file}: no ward or provider of ours: {', '.join(sorted(strange))}")
    return StaffRealms(table)
