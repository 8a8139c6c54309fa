"""Where the facts of the catalogue were read, and until which day they were looked up."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from life_events.loading import DATA


class Reference(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A page that was read; `address` None: only a stored copy without one was seen."""

    id: str
    publisher: str
    address: str | None = None


class References(Struct, frozen=True, forbid_unknown_fields=True):
    """The file data/references.toml."""

    as_of: date
    references: tuple[Reference, ...]

    @property
    def by_id(self) -> Mapping[str, Reference]:
        return {reference.id: reference for reference in self.references}


def load_references(path: Path = DATA / "references.toml") -> References:
    return msgspec.toml.decode(path.read_bytes(), type=References)
