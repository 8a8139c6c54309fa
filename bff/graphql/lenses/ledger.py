"""Lenses over who looked at her data, what she asked about it, and what the ward answered."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

import strawberry

from bff.connectors.manifest import Manifest
from bff.connectors.street import manifests
from bff.exchange.texts import basis_text, purpose_text, source_text
from bff.graphql.context import Info
from bff.graphql.lenses.common import PageInfo, TextLens, WardLens
from bff.ledger.listing import Seen
from bff.ledger.questions import ANSWER, BODY, Question
from bff.uploads import bound

One = strawberry.Parent[Seen]
Asked = strawberry.Parent[Question]


@strawberry.enum(
    name="ReadingKind", description="A body was asked about her, told us by itself, or a person looked in the house."
)
class ReadingKindName(enum.Enum):
    ASKED = "out"
    TOLD = "in"
    LOOKED = "within"


@strawberry.enum(name="LedgerQuestionKind")
class LedgerQuestionKindName(enum.Enum):
    QUESTION = "question"
    OBJECTION = "objection"


@strawberry.type(name="HandedFile", description="A picture or PDF of hers, as it was taken: GET /uploads/<id>.")
class HandedFileLens:
    id: strawberry.ID
    media_type: str
    size: int = strawberry.field(description="in bytes")


@strawberry.type(name="LedgerQuestion", description="What she asked the ward about one entry.")
class LedgerQuestionLens:
    id: strawberry.ID
    asked_at: datetime
    due: date = strawberry.field(description="by when the ward is to answer")
    answered_at: datetime | None = strawberry.field(description="null: not answered yet")

    @strawberry.field
    def reading(self, question: Asked) -> strawberry.ID:
        return strawberry.ID(str(question.entry))

    @strawberry.field
    def kind(self, question: Asked) -> LedgerQuestionKindName:
        return LedgerQuestionKindName(question.kind)

    @strawberry.field(description="her own words")
    async def text(self, question: Asked, info: Info) -> str:
        return (await info.context.someone()).key.open(BODY, question.body).decode()

    @strawberry.field(description="what she sent with it, in her order")
    async def files(self, question: Asked, info: Info) -> list[HandedFileLens]:
        async with info.context.house.db.resident(question.resident) as conn:
            return await bound(conn, question.resident, question.id)  # type: ignore[return-value]

    @strawberry.field(description="null: not answered yet")
    async def answer(self, question: Asked, info: Info) -> str | None:
        sealed = question.answer
        return (await info.context.someone()).key.open(ANSWER, sealed).decode() if sealed is not None else None

    @strawberry.field(description="which office answered; null: not answered yet")
    def office(self, question: Asked) -> str | None:
        return question.answered_office

    @strawberry.field(description="who answers")
    def ward(self, question: Asked, info: Info) -> WardLens:
        return info.context.house.catalogue.wards[question.ward]  # type: ignore[return-value]


@strawberry.type(
    name="Reading",
    description="One look at her data or word about her, refused ones too: who, what for, why.",
)
class ReadingLens:
    question: LedgerQuestionLens | None = strawberry.field(description="her newest one about it; null: none")

    @strawberry.field
    def id(self, seen: One) -> strawberry.ID:
        return strawberry.ID(str(seen.row.id))

    @strawberry.field
    def at(self, seen: One) -> datetime:
        return seen.row.at

    @strawberry.field
    def source(self, seen: One) -> strawberry.ID:
        return strawberry.ID(seen.row.source)

    @strawberry.field
    def kind(self, seen: One) -> ReadingKindName:
        return ReadingKindName(seen.row.direction)

    @strawberry.field
    def incoming(self, seen: One) -> bool:
        return seen.row.incoming

    @strawberry.field
    def is_refused(self, seen: One) -> bool:
        return seen.row.is_refused

    @strawberry.field(
        description="who looked or asked: an official by office and role, who acts for her by name; null: told to us"
    )
    async def who(self, seen: One, info: Info) -> TextLens | None:
        wards = {code: ward.name for code, ward in info.context.house.catalogue.wards.items()}
        return seen.who(wards, await info.context.hands())  # type: ignore[return-value]

    @strawberry.field(description="the case or reason a person named; null: no person looked, or `who` says it")
    def case(self, seen: One) -> str | None:
        return seen.case

    @strawberry.field(description="what was asked, told or looked at")
    def source_name(self, seen: One, info: Info) -> TextLens:
        row, asked = seen.row, _asked(seen)
        if seen.what is not None:
            return seen.what  # type: ignore[return-value]
        if row.caller is not None:
            return info.context.house.incoming_name(row.source, row.caller)  # type: ignore[return-value]
        return asked.name if asked else source_text(row.source)  # type: ignore[return-value]

    @strawberry.field(description="who runs what was asked; null: it is not known any more, or told us by itself")
    def operator_name(self, seen: One) -> TextLens | None:
        asked = _asked(seen)
        return asked.operator_name if asked else None  # type: ignore[return-value]

    @strawberry.field(description="the law under which it may answer; null: as above")
    def law(self, seen: One) -> str | None:
        asked = _asked(seen)
        return asked.legal.law if asked else None

    @strawberry.field
    def purpose(self, seen: One) -> TextLens:
        return purpose_text(seen.row.purpose)  # type: ignore[return-value]

    @strawberry.field
    def basis(self, seen: One) -> TextLens:
        return basis_text(seen.row.basis)  # type: ignore[return-value]

    @strawberry.field
    def outcome(self, seen: One) -> TextLens:
        return seen.outcome  # type: ignore[return-value]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Seen)


@strawberry.type(name="ReadingConnection")
class ReadingConnection:
    nodes: list[ReadingLens]
    page_info: PageInfo


def _asked(seen: Seen) -> Manifest | None:
    return manifests().get(seen.row.source) if seen.row.direction == "out" else None
