"""Lenses over what each body holds about her."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

import strawberry

from bff.exchange.silence import Why
from bff.exchange.texts import basis_text, outcome_text, purpose_text, why_text
from bff.graphql.context import Info
from bff.graphql.lenses.common import TextLens
from bff.graphql.lenses.sources import OutageLens
from bff.records.asking import MOST_AT_ONCE
from bff.records.content import Entry, Group, Kind, Line, Value
from bff.records.records import Record, Records
from bff.texts import say
from life_events import Operator
from life_events.terms import Text

strawberry.enum(Kind, name="RecordValueKind")


MASKED = Value(Kind.WORD, "", word=say("masked"))
CLOSED = (Why.SWITCHED_OFF, Why.PLANNED_OUTAGE, Why.NOT_STARTED)


@strawberry.enum(name="RecordState")
class RecordStateName(enum.Enum):
    NOT_YET = strawberry.enum_value("not_yet", description="she has not been asked for her yes")
    WAITING = strawberry.enum_value("waiting", description="she said yes, and it has not been heard yet")
    KNOWN = "known"
    GAP = strawberry.enum_value("gap", description="silent; what it told before still stands")
    NO_RECORD = strawberry.enum_value("no_record", description="it answered that it found no record of her")
    NOT_ASKED = strawberry.enum_value("not_asked", description="cannot be asked for her: no ward or no address")
    STOPPED = strawberry.enum_value("stopped", description="she said no; nothing of it is kept")
    NOT_CONNECTED = strawberry.enum_value("not_connected", description="never asked from here; the note says why")


@strawberry.enum(name="Confidence", description="How sure we are of a citation: A read, B likely, C unconfirmed.")
class ConfidenceName(enum.Enum):
    A = "A"
    B = "B"
    C = "C"


@strawberry.type(name="RecordValue")
class RecordValueLens:
    kind: Kind
    text: str = strawberry.field(
        description="by kind: YYYY-MM-DD, YYYY-MM, an ISO moment, digits, true or false, or the text itself"
    )
    word: TextLens | None = strawberry.field(description="what a code means; null: it is no code")
    unit: TextLens | None = strawberry.field(description="what a number counts; null: nothing, or its kind says it")

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Value)


@strawberry.type(name="RecordLine")
class RecordLineLens:
    label: TextLens

    @strawberry.field(description="empty: nothing is held under this label")
    def values(self, line: strawberry.Parent[Line], info: Info) -> list[RecordValueLens]:
        shown: Any = [MASKED] if _is_masked(line, info) else line.values
        return shown  # type: ignore[no-any-return]

    @strawberry.field(description="a value is known, and shown when she has proved once more who she is")
    def masked(self, line: strawberry.Parent[Line], info: Info) -> bool:
        return _is_masked(line, info)

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Line)


@strawberry.type(name="RecordEntry")
class RecordEntryLens:
    lines: list[RecordLineLens]
    groups: list[RecordGroupLens]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Entry)


@strawberry.type(name="RecordGroup")
class RecordGroupLens:
    label: TextLens | None = strawberry.field(description="null: its lines say enough")
    entries: list[RecordEntryLens] = strawberry.field(description="empty: the body holds none of this kind")

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Group)


@strawberry.type(name="Record", description="One body, or one service of it, and what it holds about her.")
class RecordLens:
    @strawberry.field
    def id(self, record: strawberry.Parent[Record]) -> strawberry.ID:
        return strawberry.ID(record.manifest.id)

    @strawberry.field
    def name(self, record: strawberry.Parent[Record]) -> TextLens:
        return record.manifest.name  # type: ignore[return-value]

    @strawberry.field
    def operator(self, record: strawberry.Parent[Record]) -> Operator:
        return Operator(record.manifest.operator)

    @strawberry.field
    def operator_name(self, record: strawberry.Parent[Record]) -> TextLens:
        return record.manifest.operator_name  # type: ignore[return-value]

    @strawberry.field(description="what of her leaves the house when it is asked; empty: it is not asked from here")
    def sends(self, record: strawberry.Parent[Record]) -> list[TextLens]:
        return [say(f"sends_{item}") for item in record.manifest.sends]  # type: ignore[misc]

    @strawberry.field(description="what it is asked for")
    def purpose(self, record: strawberry.Parent[Record]) -> TextLens:
        return purpose_text(record.manifest.purpose)  # type: ignore[return-value]

    @strawberry.field(description="on what our question rests")
    def basis(self, record: strawberry.Parent[Record]) -> TextLens:
        return basis_text(record.manifest.basis)  # type: ignore[return-value]

    @strawberry.field(description="the only grounds on which it may be called, by bodies the law names; empty: any")
    def only_for(self, record: strawberry.Parent[Record]) -> list[TextLens]:
        return [basis_text(basis) for basis in record.manifest.bases]  # type: ignore[misc]

    @strawberry.field(description="the law under which it may answer")
    def law(self, record: strawberry.Parent[Record]) -> str:
        return record.manifest.legal.law

    @strawberry.field
    def confidence(self, record: strawberry.Parent[Record]) -> ConfidenceName:
        return ConfidenceName(record.manifest.legal.confidence)

    @strawberry.field(description="whether its owner has published the interface; if not, the note says what is spoken")
    def is_public(self, record: strawberry.Parent[Record]) -> bool:
        return record.manifest.is_public

    @strawberry.field
    def note(self, record: strawberry.Parent[Record]) -> TextLens:
        return record.manifest.note  # type: ignore[return-value]

    @strawberry.field(description="its official page; null: none is known")
    def link(self, record: strawberry.Parent[Record]) -> str | None:
        return record.manifest.link

    @strawberry.field
    def state(self, record: strawberry.Parent[Record]) -> RecordStateName:
        return RecordStateName(record.state)

    is_asked_with_home: bool = strawberry.field(description="home is judged from it, and asks it whenever it refreshes")
    as_of: datetime | None = strawberry.field(description="when it told what is kept; null: nothing is kept")
    kept_until: datetime | None = strawberry.field(description="when that is dropped; null: nothing is kept")
    stopped_at: datetime | None = strawberry.field(description="when she last said no; null: never")

    @strawberry.field(description="null: it is not silent, or it was we who did not ask")
    def silent_since(self, record: strawberry.Parent[Record]) -> datetime | None:
        if record.why in CLOSED:
            return None
        return record.held.gap.since if record.held and record.held.gap and record.grant else None

    @strawberry.field(description="null: it is not silent")
    def why(self, record: strawberry.Parent[Record]) -> TextLens | None:
        return _said(record, record.why) if record.why else None  # type: ignore[return-value]

    @strawberry.field(description="that it is or will be closed for planned work, told from a week before; null: not")
    async def outage(self, record: strawberry.Parent[Record], info: Info) -> OutageLens | None:
        house, me = info.context.house, await info.context.someone()
        known = await house.board.now()
        return known.announced(record.manifest.id, me.ward, house.clock())  # type: ignore[return-value]

    @strawberry.field(description="why nobody can ask it at all now; null: it can be asked")
    async def shut(self, record: strawberry.Parent[Record], info: Info) -> TextLens | None:
        house, me = info.context.house, await info.context.someone()
        closed = (await house.board.now()).closed(record.manifest.id, me.ward, house.clock())
        return why_text(closed.why) if closed else None  # type: ignore[return-value]

    @strawberry.field(description="when she said yes; null: there is no yes that holds")
    def agreed_at(self, record: strawberry.Parent[Record]) -> datetime | None:
        return record.grant.given_at if record.grant else None

    content: RecordEntryLens

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Record)


@strawberry.type(name="Records")
class RecordsLens:
    answered_at: datetime
    records: list[RecordLens]

    @strawberry.field(description="how many may be asked at once")
    def most_at_once(self) -> int:
        return MOST_AT_ONCE

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Records)


@strawberry.type(name="RecordUpdate", description="One source that has just settled.")
class RecordUpdateLens:
    record: RecordLens
    remaining: int


def _is_masked(line: Line, info: Info) -> bool:
    return bool(line.values) and info.context.is_masked(line.field)


def _said(record: Record, why: Why) -> Text:
    """Nobody but home asks again by itself, so only for its sources may the words promise that."""
    return why_text(why) if record.is_asked_with_home or why in CLOSED else outcome_text(why)
