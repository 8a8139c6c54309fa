"""Lenses over the difference between two places to live, and over the sheet that a counter reads."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import strawberry

from bff.graphql.context import Info
from bff.graphql.lenses.common import PersonLens, TextLens, WardLens
from bff.handover.seal import Sealed
from bff.handover.sheet import Mover, Sheet, sheet_of
from bff.handover.square import Square
from life_events import UNKNOWN, Difference, Member, MoveChange, MoveKind, MovePhase, Paper

strawberry.enum(MoveKind, name="MoveKind")
strawberry.enum(MovePhase, name="MovePhase")


@strawberry.enum(name="MovePlace")
class MovePlaceName(enum.Enum):
    OLD = "old"
    NEW = "new"
    ELSEWHERE = "elsewhere"
    NOWHERE = "nowhere"


@strawberry.type(name="MoveChange", description="What a move does to one thing, for one person or the household.")
class MoveChangeLens:
    id: strawberry.ID
    order: int
    kind: MoveKind
    phase: MovePhase
    procedure: strawberry.ID | None = strawberry.field(description="null: no procedure of the catalogue")
    subject: PersonLens | None = strawberry.field(description="null: concerns the whole household")
    name: TextLens
    because: TextLens
    only_if: TextLens | None = strawberry.field(description="when it concerns them; null: it certainly does")
    office: TextLens | None = strawberry.field(description="null: it happens by itself")
    opens: date | None = strawberry.field(description="null: no first day")
    last_day: date | None = strawberry.field(description="null: no last day")
    late: TextLens | None = strawberry.field(description="what happens when it is late; null: nothing is known")
    ward_says: TextLens | None = strawberry.field(
        description="what the receiving ward does otherwise than others; null: nothing is known"
    )
    law: str | None = strawberry.field(description="null: no law stands behind it")
    confidence: str = strawberry.field(description="A: official page, B: third party or one town, C: to be confirmed")

    @strawberry.field
    def at(self, change: strawberry.Parent[MoveChange]) -> MovePlaceName:
        return MovePlaceName(change.at)

    @strawberry.field(description="null: no last day")
    def days_left(self, change: strawberry.Parent[MoveChange], info: Info) -> int | None:
        return change.days_left(info.context.house.today())


@strawberry.type(name="MovePaper", description="Something to take to a counter.")
class MovePaperLens:
    id: strawberry.ID
    name: TextLens
    changes: list[strawberry.ID]

    @strawberry.field
    def at(self, paper: strawberry.Parent[Paper]) -> MovePlaceName:
        return MovePlaceName(paper.at)


@strawberry.type(name="SparedPaper", description="A paper that need not be taken, and why.")
class SparedPaperLens:
    name: TextLens
    why: TextLens


@strawberry.type(name="Mover", description="Somebody of the household who may move.")
class MoverLens:
    name: str
    birth_date: date

    @strawberry.field
    def id(self, member: strawberry.Parent[Member]) -> strawberry.ID:
        return strawberry.ID(member.person)


@strawberry.type(name="SheetItem")
class SheetItemLens:
    code: str
    name: TextLens


@strawberry.type(name="SheetPerson")
class SheetPersonLens:
    name: str
    birth_date: date

    @strawberry.field
    def items(self, mover: strawberry.Parent[Mover]) -> list[SheetItemLens]:
        return mover.items  # type: ignore[return-value]


@strawberry.type(name="HandoverContents", description="Everything the hand-over sheet would say, and nothing else.")
class HandoverContentsLens:
    contents: strawberry.ID
    ward: WardLens
    leaving_name: TextLens
    planned: date

    @strawberry.field
    def household(self, sheet: strawberry.Parent[Sheet]) -> list[SheetItemLens]:
        return sheet.household  # type: ignore[return-value]

    @strawberry.field
    def people(self, sheet: strawberry.Parent[Sheet]) -> list[SheetPersonLens]:
        return sheet.people  # type: ignore[return-value]

    @strawberry.field(description="how long it lives once it is made")
    def minutes(self, info: Info) -> int:
        return int(info.context.house.seal.lives.total_seconds() // 60)


@strawberry.type(name="Difference", description="What a move changes, in the order to do it.")
class DifferenceLens:
    leaving: TextLens
    planned: date
    changes: list[MoveChangeLens]
    papers: list[MovePaperLens]
    spared: list[SparedPaperLens]

    @strawberry.field
    def to_ward(self, found: strawberry.Parent[Difference]) -> strawberry.ID:
        return strawberry.ID(found.to.id)

    @strawberry.field
    def to(self, found: strawberry.Parent[Difference]) -> TextLens:
        return found.to.name  # type: ignore[return-value]

    @strawberry.field(description="who moves")
    def people(self, found: strawberry.Parent[Difference]) -> list[MoverLens]:
        return found.people  # type: ignore[return-value]

    @strawberry.field(description="everyone of her household, whether they move or not")
    def family(self, info: Info) -> list[MoverLens]:
        registry = info.context.home.facts.registry
        return [] if registry is UNKNOWN else list(registry.members)  # type: ignore[arg-type]

    @strawberry.field(description="null: the receiving counter is not one of the 23 wards'")
    def handover(self, found: strawberry.Parent[Difference]) -> HandoverContentsLens | None:
        return sheet_of(found)  # type: ignore[return-value]


@dataclass(frozen=True)
class Drawn:
    """A sheet under its seal, and its square."""

    sealed: Sealed
    square: Square
    sheet: Sheet


@strawberry.type(name="Handover", description="The sheet for the counter; it is kept on the phone only.")
class HandoverLens:
    @strawberry.field(description="compact JWS (RFC 7515)")
    def token(self, drawn: strawberry.Parent[Drawn]) -> str:
        return drawn.sealed.token

    @strawberry.field
    def made_at(self, drawn: strawberry.Parent[Drawn]) -> datetime:
        return drawn.sealed.made_at

    @strawberry.field
    def expires_at(self, drawn: strawberry.Parent[Drawn]) -> datetime:
        return drawn.sealed.expires_at

    @strawberry.field(description="strokes of one module, for an SVG path")
    def path(self, drawn: strawberry.Parent[Drawn]) -> str:
        return drawn.square.path

    @strawberry.field(description="modules of a side, with the quiet zone")
    def side(self, drawn: strawberry.Parent[Drawn]) -> int:
        return drawn.square.side

    @strawberry.field
    def ward(self, drawn: strawberry.Parent[Drawn]) -> WardLens:
        return drawn.sheet.ward  # type: ignore[return-value]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Drawn)
