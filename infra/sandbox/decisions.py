"""What the wards' core systems keep: decisions, each once for its key, and the files that belong to it."""

import hashlib
import tomllib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from infra.sandbox.services import Subject
from infra.sandbox.settings import Clock

NAMES: Final = Path(__file__).parent / "data" / "core_procedures.toml"
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]


class Certificate(msgspec.Struct, frozen=True):
    """What a decision is issued as beside its notice; it holds `days` from then, None: for good."""

    title: str
    days: int | None = None


class Known(msgspec.Struct, frozen=True):
    names: dict[str, str]
    certificates: dict[str, Certificate]


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that belongs to a decision and has come before it."""

    kind: Literal["paper", "part"]
    name: str
    media_type: str
    digest: Digest


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of POST /files; `content` is base64, `digest` the SHA-256 of it in hex."""

    key: uuid.UUID
    subject: Subject
    kind: Literal["paper", "part"]
    name: str
    media_type: str
    digest: Digest
    content: bytes

    @property
    def is_whole(self) -> bool:
        return hashlib.sha256(self.content).hexdigest() == self.digest


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of POST /. `key` makes a repeated POST harmless."""

    key: uuid.UUID
    subject: Subject
    receipt_number: str
    procedure: str
    version: str
    outcome: Literal["decided", "rejected"]
    decided_on: date
    answers: dict[str, object]
    automatic: bool
    grounds: str | None = None
    files: tuple[Listed, ...] = ()


@dataclass(frozen=True)
class Taken:
    decision: Decision
    number: str
    at: str


class Decisions:
    """Of all 23 wards; each sees its own."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._taken: dict[tuple[str, uuid.UUID], Taken] = {}
        self._files: dict[tuple[str, uuid.UUID], dict[str, File]] = {}

    def keep_file(self, ward: str, file: File) -> None:
        self._files.setdefault((ward, file.key), {})[file.digest] = file

    def missing(self, ward: str, decision: Decision) -> list[str]:
        """Digests of files that are named and have not come."""
        there = self._files.get((ward, decision.key), {})
        return [one.digest for one in decision.files if one.digest not in there]

    def take(self, ward: str, decision: Decision) -> tuple[Taken, bool]:
        """As it was taken in first, and whether that was now; the caller tells whether it is the same."""
        found = self._taken.get((ward, decision.key))
        if found is not None:
            return found, False
        taken = Taken(decision, f"R-{len(self._taken) + 1:06}", self._clock.now().isoformat())
        self._taken[ward, decision.key] = taken
        return taken, True

    def of(self, ward: str, subject: str) -> Sequence[Taken]:
        return [one for (at, _), one in self._taken.items() if at == ward and one.decision.subject.id == subject]

    def newest_first(self) -> list[tuple[str, Taken, list[File]]]:
        """Ward, decision, files: as the desk shows them."""
        return [
            (ward, one, list(self._files.get((ward, key), {}).values()))
            for (ward, key), one in reversed(self._taken.items())
        ]


@cache
def known() -> Known:
    return msgspec.convert(tomllib.loads(NAMES.read_text("utf-8")), Known)


def name_of(procedure: str) -> str:
    return known().names.get(procedure, procedure)
