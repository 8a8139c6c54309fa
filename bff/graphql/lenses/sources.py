"""Lenses over the sources of a home: how each stands, and when it is closed."""

from __future__ import annotations

import enum
from datetime import datetime

import strawberry

from bff.exchange.texts import why_text
from bff.graphql.context import Context, Info
from bff.graphql.lenses.common import TextLens
from bff.home.home import HomeSource
from life_events import Operator


@strawberry.enum(name="SourceState")
class SourceStateName(enum.Enum):
    WAITING = "waiting"
    KNOWN = "known"
    GAP = "gap"
    NOT_ASKED = "not_asked"
    NO_RECORD = strawberry.enum_value("no_record", description="it answered that it has no record of her")


@strawberry.type(name="Outage", description="A source closed for planned work; nobody asks it meanwhile.")
class OutageLens:
    begins: datetime
    ends: datetime
    text: TextLens


@strawberry.type(name="Source")
class SourceLens:
    @strawberry.field
    def id(self, source: strawberry.Parent[HomeSource]) -> strawberry.ID:
        return strawberry.ID(source.source.id)

    @strawberry.field
    def name(self, source: strawberry.Parent[HomeSource]) -> TextLens:
        return source.source.name  # type: ignore[return-value]

    @strawberry.field(description="whom to tell when the record itself is wrong")
    def correction(self, source: strawberry.Parent[HomeSource]) -> TextLens:
        return source.source.correction  # type: ignore[return-value]

    @strawberry.field
    def operator(self, source: strawberry.Parent[HomeSource]) -> Operator:
        return source.source.operator

    @strawberry.field
    def state(self, source: strawberry.Parent[HomeSource]) -> SourceStateName:
        return SourceStateName(source.state)

    as_of: datetime | None = strawberry.field(description="when the facts kept were told; null: nothing is kept")

    @strawberry.field(description="null: the source is not silent")
    def silent_since(self, source: strawberry.Parent[HomeSource]) -> datetime | None:
        return source.held.gap.since if source.held and source.held.gap else None

    @strawberry.field(description="null: the source is not silent")
    def why(self, source: strawberry.Parent[HomeSource]) -> TextLens | None:
        return why_text(source.held.gap.why) if source.held and source.held.gap else None  # type: ignore[return-value]

    @strawberry.field(description="that it is or will be closed for planned work, told from a week before; null: not")
    def outage(self, source: strawberry.Parent[HomeSource], info: Info) -> OutageLens | None:
        context = info.context
        return context.board.announced(source.source.id, _ward(context), context.home.answered_at)  # type: ignore[return-value]

    @strawberry.field(description="why nobody asks it at all now; null: it is asked when its facts are old")
    def shut(self, source: strawberry.Parent[HomeSource], info: Info) -> TextLens | None:
        context = info.context
        closed = context.board.closed(source.source.id, _ward(context), context.home.answered_at)
        return why_text(closed.why) if closed else None  # type: ignore[return-value]


def _ward(context: Context) -> str | None:
    return context.found.resident.ward if context.found else None
