"""Who looked at her data, and her questions to the ward about it."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry
from graphql import GraphQLError

from bff.errors import NotFound
from bff.exchange.message_log import Only, reading
from bff.graphql.context import Info
from bff.graphql.lenses.common import FieldsRefusedLens, NotFoundLens, PageInfo, SignInNeededLens
from bff.graphql.lenses.ledger import (
    LedgerQuestionKindName,
    LedgerQuestionLens,
    ReadingConnection,
    ReadingKindName,
    ReadingLens,
)
from bff.graphql.pages import cursor, how_many, place
from bff.graphql.refusals import told
from bff.identity.residents import Resident
from bff.ledger import listing, questions, wishes
from bff.ledger.questions import Kind, Limits
from bff.texts import say
from bff.uploads import bind

Me = strawberry.Parent[Resident]
LONGEST_NUMBER = 18
"""Digits that a bigint always holds."""


@strawberry.enum(
    name="ToldOfLooks",
    description="Of nobody; of each person once a day; also, once a day, of whatever else she did not begin herself.",
)
class ToldOfLooksName(enum.Enum):
    NOBODY = "nobody"
    PERSONS = "persons"
    EVERYTHING = "everything"


@strawberry.type(name="LookWish", description="Of which looks at her data she is told in her inbox.")
class LookWish:
    told: ToldOfLooksName


AskResult = Annotated[
    ReadingLens | FieldsRefusedLens | NotFoundLens | SignInNeededLens, strawberry.union("AskAboutReadingResult")
]
WishResult = Annotated[LookWish | SignInNeededLens, strawberry.union("LookWishResult")]


@strawberry.type
class LedgerViewer:
    @strawberry.field(
        description="who looked at her data, newest first; of one source, one kind, or the refused ones alone"
    )
    async def readings(
        self,
        me: Me,
        info: Info,
        first: int = 30,
        after: str | None = None,
        source: strawberry.ID | None = None,
        kind: ReadingKindName | None = None,
        refused: bool = False,
    ) -> ReadingConnection:
        before = place(after)
        since = (before[0], _known_number(before[1])) if before else None
        only = Only(source=source, direction=kind.value if kind else None, refused=refused)
        db = info.context.house.db
        seen = await listing.page(db, me.id, first=how_many(first) + 1, after=since, only=only)
        nodes: Any = seen[:first]
        last = cursor(nodes[-1].row.at, nodes[-1].row.id) if nodes else None
        return ReadingConnection(nodes=nodes, page_info=PageInfo(has_next_page=len(seen) > first, end_cursor=last))

    @strawberry.field(description="what she asked the wards about entries of that list, newest first")
    async def ledger_questions(self, me: Me, info: Info) -> list[LedgerQuestionLens]:
        async with info.context.house.db.resident(me.id) as conn:
            return await questions.of_resident(conn, me.id)  # type: ignore[return-value]

    @strawberry.field(description="of which looks at her data she is told")
    async def told_of_looks(self, me: Me, info: Info) -> ToldOfLooksName:
        async with info.context.house.db.resident(me.id) as conn:
            return ToldOfLooksName(await wishes.told_of(conn, me.id))


@strawberry.type
class LedgerMutation:
    @strawberry.mutation(description="her question or objection about an entry, to the ward that answers for it")
    @told
    async def ask_about_reading(
        self,
        info: Info,
        reading: strawberry.ID,
        kind: LedgerQuestionKindName,
        text: str,
        files: list[strawberry.ID] | None = None,
    ) -> AskResult:
        me, house = await info.context.someone(), info.context.house
        await _ask(info, me, reading, _Words(kind.value, text, files or ()))
        return await listing.one(house.db, me.id, int(reading))  # type: ignore[return-value]

    @strawberry.mutation(description="of which looks at her data she is told in her inbox")
    @told
    async def tell_of_looks(self, info: Info, told: ToldOfLooksName) -> WishResult:
        me, house = await info.context.someone(), info.context.house
        async with house.db.resident(me.id) as conn:
            await wishes.choose(conn, me.id, told=told.value, now=house.clock())
        return LookWish(told=told)


@dataclass(frozen=True)
class _Words:
    """`files`: ids of what she sent to /uploads before."""

    kind: Kind
    text: str
    files: Sequence[str]


async def _ask(info: Info, me: Resident, entry: str, words: _Words) -> None:
    """The question and its files in one transaction: either all of it is kept, or nothing."""
    house = info.context.house
    limits = Limits(days=house.settings.identity.question_days, open=house.settings.identity.questions_open)
    async with house.db.resident(me.id) as conn:
        row = await reading(conn, me.id, int(entry)) if _is_number(entry) else None
        if row is None:
            raise NotFound(say("not_found"))
        made, now = house.new_id(), house.clock()
        await questions.ask(conn, me, row, id=made, kind=words.kind, text=words.text, limits=limits, now=now)
        await bind(conn, me, made, words.files, now)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


def _known_number(text: str) -> int:
    if not _is_number(text):
        raise GraphQLError("after is not a cursor of this list")
    return int(text)
