"""A school (or nursery), its pupils, and who answers for them: frozen values. Rows are in `store`."""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, Literal
from uuid import UUID

import msgspec

from bff.identity.keys import DataKey

Kind = Literal["nursery", "kindergarten", "elementary", "junior"]
Role = Literal["guardian", "helper"]
KINDS: Final[tuple[Kind, ...]] = ("nursery", "kindergarten", "elementary", "junior")


@dataclass(frozen=True)
class School:
    """`id`: the name by which the ward's realm and its service of schools call it; `cut_off`: until when an absence of
    the day is asked for, told and never enforced. `key` seals what names a child or a family."""

    ward: str
    id: str
    kind: Kind
    cut_off: time
    key: DataKey

    @property
    def sender_key(self) -> str:
        return f"school:{self.ward}:{self.id}"

    @property
    def topic(self) -> str:
        return "nursery" if self.kind == "nursery" else "school"

    @property
    def mark(self) -> str:
        return f"school:{self.id}"

    def year_mark(self, year: int) -> str:
        return f"year:{self.id}:{year}"

    def class_mark(self, name: str) -> str:
        return f"class:{self.id}:{''.join(name.split())}"

    def club_mark(self, name: str) -> str:
        return f"club:{self.id}:{''.join(name.split())}"


class Named(msgspec.Struct, frozen=True):
    """What is sealed of a pupil. `birth_date` None: the school's list does not say."""

    name: str
    kana: str
    birth_date: date | None


@dataclass(frozen=True)
class Pupil:
    """`number`: in the class. `paper`: letters of this child go home on paper too."""

    id: UUID
    ward: str
    school: str
    year: int
    class_name: str
    clubs: tuple[str, ...]
    number: int | None
    named: Named
    paper: bool
    left_at: datetime | None

    def marks(self, school: School) -> frozenset[str]:
        clubs = (school.club_mark(one) for one in self.clubs)
        return frozenset({school.mark, school.year_mark(self.year), school.class_mark(self.class_name), *clubs})


@dataclass(frozen=True)
class Guardian:
    """One account that hears of one pupil. A `helper` (a grandparent) sees and may pick up; she consents to nothing."""

    pupil: UUID
    resident: UUID
    child: UUID
    role: Role
    name: str


def in_order(pupils: Sequence[Pupil]) -> list[Pupil]:
    return sorted(pupils, key=lambda one: (one.year, one.class_name, one.number or 999, one.named.kana))


def digest_of(secret: bytes, ward: str, school: str, named: Named) -> bytes:
    """By which a row of a new list finds the child; widths and spaces of a name do not matter."""
    born = named.birth_date.isoformat() if named.birth_date else ""
    said = f"pupil|{ward}|{school}|{same_name(named.name)}|{born}"
    return hmac.digest(secret, said.encode(), "sha256")


def same_name(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
