"""What a mandate is: who may do what for whom, how long, and on what it rests. Frozen values; rows are in `store`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from bff.family.kinds import Kind, kinds

State = Literal["asked", "offered", "accepted", "refused", "revoked", "ended"]
OVER: Final = frozenset({"refused", "revoked", "ended"})
OFFERED: Final = "mandate.offered"
HELD: Final = "mandate.held"
DONE: Final = "mandate.done"
"""The kinds under which names and papers are sealed."""


@dataclass(frozen=True)
class Mandate:
    """`represented` None: a ward has not confirmed yet whom it is about. `person`: the household member it is about, by
    the register's own id; None: the represented herself. `ends_on` is the last day. `ended_by`: a side, `law`,
    `date`, `death`, `tries` or `merged`. `about`: the digest of a grown person whom it is about and who did not give
    it (`people.digest_of`)."""

    id: UUID
    kind: str
    state: State
    represented: UUID | None
    representative: UUID | None
    person: str | None
    bundles: tuple[str, ...]
    purpose: str
    ward: str | None
    case_number: str | None
    made_at: datetime
    accepted_at: datetime | None
    ends_on: date
    ended_at: datetime | None
    ended_by: str | None
    code_until: datetime | None
    offered: bytes | None
    held: bytes | None
    done: bytes | None
    about: bytes | None

    @property
    def rules(self) -> Kind:
        return kinds()[self.kind]

    def holds(self, today: date) -> bool:
        """Who acted and has left the house since acts no more; what was done stays told."""
        return self.state == "accepted" and self.representative is not None and today <= self.ends_on

    def is_open(self, now: datetime) -> bool:
        """Whether its code may still be used."""
        return self.state == "offered" and self.code_until is not None and now < self.code_until


class Offered(msgspec.Struct, frozen=True):
    """As who is represented knows it: the name of who acts, and whom it is about. `agreed`: she stated that another
    grown person, whom it is about, agrees."""

    to: str
    about: str
    agreed: bool = False


class Held(msgspec.Struct, frozen=True):
    """As who acts knows it: whom it is about, and who gave it. `wanted` is what was asked of a ward to confirm."""

    about: str
    giver: str
    wanted: str = ""


def seen_as(name: str) -> str:
    """A name as two people may write it: without spaces, wide or small letters alike."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
