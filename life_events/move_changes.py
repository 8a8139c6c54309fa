"""What a move changes, as it is told: for each person and for the household."""

from datetime import date

from msgspec import Struct

from life_events.catalogue import Ward
from life_events.facts import Member
from life_events.law import Confidence
from life_events.ripple import Move, MoveKind, MovePhase, MovePlace
from life_events.terms import Person, Text


class Destination(Struct, frozen=True):
    """`id`: a ward's code, or `tokyo` or `beyond`. `ward` None: not one of the 23."""

    id: str
    move: Move
    name: Text
    ward: Ward | None


class MoveChange(Struct, frozen=True, kw_only=True):
    """One thing for one person, or for the household when `subject` is None.

    `order` counts from 1 over the whole family. `last_day` None: the law sets none, or none that can be told yet.
    `only_if`: nobody can tell whether it concerns them; the text says when it does. `ward_says`: what the receiving
    ward does otherwise than others. `papers`: ids of what to take.
    """

    id: str
    ripple: str
    code: str
    order: int
    kind: MoveKind
    phase: MovePhase
    at: MovePlace
    procedure: str | None
    subject: Person | None
    name: Text
    because: Text
    only_if: Text | None
    office: Text | None
    opens: date | None
    last_day: date | None
    late: Text | None
    ward_says: Text | None
    law: str | None
    confidence: Confidence
    sources: tuple[str, ...]
    papers: tuple[str, ...]

    def days_left(self, today: date) -> int | None:
        return None if self.last_day is None else (self.last_day - today).days


class Paper(Struct, frozen=True):
    """Something to take to a counter, once however many need it; `changes` names them by id."""

    id: str
    name: Text
    at: MovePlace
    changes: tuple[str, ...]


class Spared(Struct, frozen=True):
    """A paper that need not be taken, and why."""

    name: Text
    why: Text


class Difference(Struct, frozen=True, kw_only=True):
    """`changes` in the order to do them; `people`: who moves."""

    leaving: Text
    leaving_ward: str
    to: Destination
    planned: date
    people: tuple[Member, ...]
    changes: tuple[MoveChange, ...]
    papers: tuple[Paper, ...]
    spared: tuple[Spared, ...]

    def of(self, person: str | None) -> tuple[MoveChange, ...]:
        """What concerns one person, or with None the household as a whole."""
        return tuple(change for change in self.changes if _subject_id(change) == person)


def _subject_id(change: MoveChange) -> str | None:
    return change.subject.id if change.subject else None
