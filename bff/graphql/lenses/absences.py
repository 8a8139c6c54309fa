"""Lenses over reports of absence, hers and the other home's."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import strawberry

from bff.school.absences import Absence


@strawberry.enum(name="AbsenceKind")
class AbsenceKindName(enum.Enum):
    SICK = "sick"
    PRIVATE = "private"
    LATE = "late"
    EARLY = "early"
    OTHER = "other"


@strawberry.enum(name="AbsenceState")
class AbsenceStateName(enum.Enum):
    SENT = "sent"
    LOOKING = strawberry.enum_value("looking", description="a teacher has opened it")
    ACCEPTED = "accepted"
    SENT_BACK = strawberry.enum_value("sent_back", description="with a reason; she corrects it")
    WITHDRAWN = strawberry.enum_value("withdrawn", description="she took it back; the school sees that")


@dataclass(frozen=True)
class Seen:
    """An absence as she sees it: `mine` False, it is the other home's, and its reason stays there."""

    absence: Absence
    mine: bool


@strawberry.type(name="Absence", description="A report of absence; a correction is its next version.")
class AbsenceLens:
    @strawberry.field
    def id(self, one: strawberry.Parent[Seen]) -> strawberry.ID:
        return strawberry.ID(str(one.absence.id))

    @strawberry.field
    def version(self, one: strawberry.Parent[Seen]) -> int:
        return one.absence.version

    @strawberry.field
    def pupil(self, one: strawberry.Parent[Seen]) -> strawberry.ID:
        return strawberry.ID(str(one.absence.pupil))

    @strawberry.field
    def kind(self, one: strawberry.Parent[Seen]) -> AbsenceKindName:
        return AbsenceKindName(one.absence.kind)

    @strawberry.field
    def state(self, one: strawberry.Parent[Seen]) -> AbsenceStateName:
        return AbsenceStateName(one.absence.state)

    @strawberry.field
    def from_on(self, one: strawberry.Parent[Seen]) -> date:
        return one.absence.from_on

    @strawberry.field
    def to_on(self, one: strawberry.Parent[Seen]) -> date:
        return one.absence.to_on

    @strawberry.field(description="it came after the closing time of its day, and was taken all the same")
    def is_late(self, one: strawberry.Parent[Seen]) -> bool:
        return one.absence.is_late

    @strawberry.field(description="false: the other home's, without its reason")
    def is_mine(self, one: strawberry.Parent[Seen]) -> bool:
        return one.mine

    @strawberry.field(description="HH:MM of coming late or leaving early; empty: none")
    def time(self, one: strawberry.Parent[Seen]) -> str:
        return one.absence.said.time

    @strawberry.field
    def reason(self, one: strawberry.Parent[Seen]) -> str:
        return one.absence.said.reason if one.mine else ""

    @strawberry.field
    def symptoms(self, one: strawberry.Parent[Seen]) -> list[strawberry.ID]:
        return [strawberry.ID(each) for each in one.absence.said.symptoms] if one.mine else []

    @strawberry.field
    def note(self, one: strawberry.Parent[Seen]) -> str:
        return one.absence.said.note if one.mine else ""

    @strawberry.field
    def pick_up(self, one: strawberry.Parent[Seen]) -> str:
        return one.absence.said.pick_up

    @strawberry.field(description="why the school sent it back; null: it did not")
    def reply(self, one: strawberry.Parent[Seen]) -> str | None:
        return one.absence.reply if one.mine else None

    @strawberry.field
    def sent_at(self, one: strawberry.Parent[Seen]) -> datetime:
        return one.absence.came_at

    @strawberry.field(description="null: the school has not settled it")
    def settled_at(self, one: strawberry.Parent[Seen]) -> datetime | None:
        return one.absence.settled_at

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Seen)
