"""Lenses over how an application stands."""

from __future__ import annotations

import enum
from datetime import date

import strawberry

from bff.cases.standing import Standing
from bff.graphql.lenses.common import TextLens
from life_events import Appeal


@strawberry.enum(name="Turn", description="Who has to do something now.")
class TurnName(enum.Enum):
    HERS = "hers"
    ANOTHER = "another"
    HOUSE = "house"
    WARD = "ward"
    NOBODY = "nobody"


@strawberry.type(name="ReturnedField", description="What the ward wants corrected, and why.")
class ReturnedFieldLens:
    field: strawberry.ID = strawberry.field(description="of the form; empty: it concerns the whole")
    label: TextLens
    why: TextLens


@strawberry.type(name="Appeal", description="審査請求: until when and how the decision may be contested.")
class AppealLens:
    until: date = strawberry.field(description="counted from the day she is told here; a later letter gives more days")
    latest: date
    perhaps: date | None = strawberry.field(description="offices are closed on the last day; unsure if this is in time")
    suit_until: date | None = strawberry.field(description="取消訴訟; null: only after the ruling on an objection")

    @strawberry.field
    def to(self, appeal: strawberry.Parent[Appeal]) -> TextLens:
        return appeal.body.name  # type: ignore[return-value]

    @strawberry.field
    def how(self, appeal: strawberry.Parent[Appeal]) -> TextLens:
        return appeal.body.how  # type: ignore[return-value]

    @strawberry.field
    def law(self, appeal: strawberry.Parent[Appeal]) -> str:
        return appeal.body.law


@strawberry.type(name="Standing", description="Whose turn it is, and what is expected by when.")
class StandingLens:
    text: TextLens
    by: date | None = strawberry.field(description="null: no standard time is published, or it is not the ward's turn")
    is_late: bool
    returned: list[ReturnedFieldLens]
    settled_on: date | None = strawberry.field(description="null: it goes on")
    appeal: AppealLens | None = strawberry.field(
        description="null: no decision, or none that is known to be contestable"
    )

    @strawberry.field
    def turn(self, standing: strawberry.Parent[Standing]) -> TurnName:
        return TurnName(standing.turn)
