"""Lenses over parts asked of others: as she sees them, and as whoever holds a link does."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import strawberry

from bff.family import task as mandates
from bff.graphql.context import Info
from bff.graphql.lenses.common import TextLens
from bff.handover.square import Square, square
from bff.school.asks import LONGEST
from bff.school.by_letter import Letter
from bff.tasks import papers
from bff.tasks.link import Opened
from bff.tasks.papers import Choice, Field
from bff.tasks.task import Hers
from life_events import Part, Text


@strawberry.enum(name="TaskFieldKind")
class TaskFieldKindName(enum.Enum):
    TEXT = "text"
    PHONE = "phone"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    OFFICE_NUMBER = "office_number"
    CHOICE = "choice"
    AGREEMENT = "agreement"


@strawberry.type(name="TaskChoice")
class TaskChoiceLens:
    value: str
    label: TextLens

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Choice)


@strawberry.type(name="TaskField")
class TaskFieldLens:
    id: strawberry.ID
    label: TextLens
    longest: int
    required: bool
    choices: list[TaskChoiceLens]

    @strawberry.field
    def kind(self, one: strawberry.Parent[Field]) -> TaskFieldKindName:
        return TaskFieldKindName(one.kind)


@dataclass(frozen=True)
class Shown:
    """One paper by one link. `procedure`, `to`: for which procedure, as whom she asks; None, '': not said."""

    about: str
    procedure: Text | None
    to: str
    title: Text
    intro: Text
    until: date
    may_decline: bool
    fields: Sequence[Field]

    @classmethod
    def of_part(cls, one: Opened) -> Shown:
        paper = one.paper
        return cls(one.about, one.procedure, one.to, paper.title, paper.intro, one.until, True, paper.fields)

    @classmethod
    def of_mandate(cls, one: mandates.Task) -> Shown:
        fields = [Field(id=it.id, kind=it.kind, longest=it.longest, label=it.label) for it in one.paper.fields]
        return cls(one.about, None, "", one.paper.title, one.paper.intro, one.mandate.ends_on, False, fields)

    @classmethod
    def of_letter(cls, one: Letter) -> Shown:
        """What depends on another answer is asked of everybody here, and needed of those whom it concerns."""
        fields = [
            Field(
                id=it.id,
                kind="choice" if it.choices else "text",
                longest=LONGEST,
                label=Text(**it.label),
                required=it.required and not it.when,
                choices=tuple(Choice(value=each.id, label=Text(**each.label)) for each in it.choices),
            )
            for it in one.questions
        ]
        return cls(one.pupil.named.name, None, "", one.title, one.told.body, one.until, False, fields)


@strawberry.type(name="Task", description="One paper asked of somebody by one link; nothing else of her is shown.")
class TaskLens:
    about: str = strawberry.field(description="her name")
    procedure: TextLens | None = strawberry.field(description="what it is for; null: the paper says it")
    to: str = strawberry.field(description="as whom she asks; empty: she named nobody")
    title: TextLens
    intro: TextLens
    until: date
    may_decline: bool
    fields: list[TaskFieldLens]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Shown)


@strawberry.enum(name="PartState")
class PartStateName(enum.Enum):
    ASKED = "asked"
    DONE = "done"
    DECLINED = "declined"
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"
    LEFT_OUT = strawberry.enum_value("left_out", description="she sent the application without it")


@strawberry.type(name="WrittenEntry")
class WrittenEntryLens:
    label: TextLens
    value: TextLens


@strawberry.type(name="LinkSquare", description="QR code as one SVG path in strokes of one module")
class LinkSquareLens:
    path: str
    side: int = strawberry.field(description="modules, with the quiet zone")

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Square)


@strawberry.type(name="Part", description="What she asked somebody else to write, and how it stands.")
class PartLens:
    @strawberry.field
    def id(self, one: strawberry.Parent[Hers]) -> strawberry.ID:
        return strawberry.ID(str(one.task.id))

    @strawberry.field(description="`procedure` or `procedure:person`")
    def step(self, one: strawberry.Parent[Hers]) -> strawberry.ID:
        return strawberry.ID(one.task.step)

    @strawberry.field(description="null: asked before the application was sent")
    def application(self, one: strawberry.Parent[Hers]) -> strawberry.ID | None:
        return strawberry.ID(str(one.task.application)) if one.task.application else None

    @strawberry.field
    def part(self, one: strawberry.Parent[Hers]) -> strawberry.ID:
        return strawberry.ID(one.task.part)

    @strawberry.field
    def title(self, one: strawberry.Parent[Hers]) -> TextLens:
        return one.task.form.title  # type: ignore[return-value]

    @strawberry.field
    def procedure(self, one: strawberry.Parent[Hers], info: Info) -> TextLens:
        return info.context.house.catalogue.procedures[one.task.procedure].name  # type: ignore[return-value]

    @strawberry.field
    def to(self, one: strawberry.Parent[Hers]) -> str:
        return one.asked.to

    @strawberry.field(description="of the link `/task#…`; null: it opens nothing any more")
    def code(self, one: strawberry.Parent[Hers], info: Info) -> str | None:
        return one.asked.code if one.task.is_open(info.context.house.today()) else None

    @strawberry.field(description="the link as a square for a camera; null: it opens nothing any more")
    def square(self, one: strawberry.Parent[Hers], info: Info) -> LinkSquareLens | None:
        if not one.task.is_open(info.context.house.today()):
            return None
        return square(f"{info.context.house.settings.origin}/task#{one.asked.code}")  # type: ignore[return-value]

    @strawberry.field
    def state(self, one: strawberry.Parent[Hers], info: Info) -> PartStateName:
        over = one.task.state == "asked" and not one.task.is_open(info.context.house.today())
        return PartStateName.EXPIRED if over else PartStateName(one.task.state)

    @strawberry.field(description="the last day")
    def ends_on(self, one: strawberry.Parent[Hers]) -> date:
        return one.task.ends_on

    @strawberry.field
    def longest_days(self, one: strawberry.Parent[Hers]) -> int:
        return one.task.form.longest_days

    @strawberry.field
    def asked_at(self, one: strawberry.Parent[Hers]) -> datetime:
        return one.task.made_at

    @strawberry.field(description="null: the link was not opened yet")
    def opened_at(self, one: strawberry.Parent[Hers]) -> datetime | None:
        return one.task.opened_at

    @strawberry.field(description="null: it is asked still")
    def settled_at(self, one: strawberry.Parent[Hers]) -> datetime | None:
        return one.task.settled_at

    @strawberry.field(description="why it was declined; null: it was not")
    def reason(self, one: strawberry.Parent[Hers]) -> str | None:
        return one.reason

    @strawberry.field(description="what was written, label and value; empty until it is done")
    def written(self, one: strawberry.Parent[Hers]) -> list[WrittenEntryLens]:
        entries = papers.shown(one.task.form, one.written)
        return [WrittenEntryLens(label=label, value=value) for label, value in entries]  # type: ignore[arg-type]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Hers)


@strawberry.type(name="AskablePart", description="What others may add to a step.")
class AskablePartLens:
    id: strawberry.ID
    name: TextLens
    asked_of: TextLens

    @strawberry.field
    def longest_days(self, one: strawberry.Parent[Part]) -> int:
        return papers.papers()[one.paper].longest_days

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Part)
