"""What stands in a hand-over sheet: no more than the counter of the receiving ward needs to begin.

Names and birth dates of who moves, the ward left, the planned day, and codes of what to do there. No 個人番号, no
address, no number of any record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from life_events import Difference, Member, MoveChange, Text, Ward, contains_individual_number


@dataclass(frozen=True)
class Listed:
    """One thing to do at the counter."""

    code: str
    name: Text


@dataclass(frozen=True)
class Mover:
    """A person on the sheet; `id` stays in the house and is not written on it."""

    id: str
    name: str
    birth_date: date
    items: Sequence[Listed]


@dataclass(frozen=True)
class Sheet:
    """Shown to her before it is signed; `contents` names exactly this sheet, so that she agrees to what she saw."""

    ward: Ward
    leaving: str
    leaving_name: Text
    planned: date
    household: Sequence[Listed]
    people: Sequence[Mover]

    @property
    def contents(self) -> str:
        return hashlib.sha256(msgspec.json.encode(self.claims)).hexdigest()

    @property
    def holds_individual_number(self) -> bool:
        """Whether a record tells a name with a 個人番号 in it, which may stand on no sheet (番号法19条, 20条)."""
        return any(contains_individual_number(one.name) for one in self.people)

    @property
    def claims(self) -> dict[str, object]:
        """As they are signed, but for times and ids: codes run together, birth dates as YYYYMMDD."""
        return {
            "aud": self.ward.code,
            "from": self.leaving,
            "on": f"{self.planned:%Y%m%d}",
            "all": _codes(self.household),
            "who": [[one.name, f"{one.birth_date:%Y%m%d}", _codes(one.items)] for one in self.people],
        }


def sheet_of(found: Difference) -> Sheet | None:
    """The sheet of this difference; None when the receiving counter is not one of the 23 wards'."""
    if found.to.ward is None:
        return None
    return Sheet(
        ward=found.to.ward,
        leaving=found.leaving_ward,
        leaving_name=found.leaving,
        planned=found.planned,
        household=_listed(found.of(None)),
        people=[_mover(found, member) for member in found.people],
    )


def _mover(found: Difference, member: Member) -> Mover:
    return Mover(member.person, member.name, member.birth_date, _listed(found.of(member.person)))


def _listed(changes: Sequence[MoveChange]) -> Sequence[Listed]:
    """Each thing once: what is done at the receiving ward and is known to concern them; an `if` says too much."""
    named = {change.code: change.name for change in changes if change.at == "new" and change.only_if is None}
    return [Listed(code, name) for code, name in named.items()]


def _codes(items: Sequence[Listed]) -> str:
    return "".join(item.code for item in items)
