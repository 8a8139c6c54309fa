"""Her inbox: read, sorted, and how she wishes to be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Annotated, Any
from uuid import UUID

import strawberry
from graphql import GraphQLError

from bff import contacts, home
from bff.errors import NotFound
from bff.graphql.context import Info
from bff.graphql.lenses.common import FieldsRefusedLens, NotFoundLens, PageInfo, SignInNeededLens
from bff.graphql.lenses.family import identifier
from bff.graphql.lenses.mail import (
    MailWishesLens,
    NoticeConnection,
    NoticeLens,
    NoticeShowName,
    NoticesSorted,
    SortActName,
)
from bff.graphql.pages import how_many
from bff.graphql.refusals import told
from bff.identity.residents import Resident
from bff.mail import finding, owing, sorting
from bff.mail.wishing import wishes_from
from bff.texts import say
from notifications import inbox
from notifications.push.digests import look_again
from notifications.wishes.store import keep_wishes, wishes_of

Me = strawberry.Parent[Resident]
OpenResult = Annotated[NoticeLens | NotFoundLens | SignInNeededLens, strawberry.union("OpenResult")]
SortResult = Annotated[NoticesSorted | SignInNeededLens, strawberry.union("SortResult")]
WishesResult = Annotated[MailWishesLens | FieldsRefusedLens | SignInNeededLens, strawberry.union("WishesResult")]


@strawberry.input
class MailWishesInput:
    """Hours of a clock in Japan. `mutes`: `sender:<senderKey>` and `topic:<topic>`. `byEvent` null: as it was."""

    quiet_from: time | None = None
    quiet_until: time | None = None
    digest_at: time | None = None
    mutes: list[strawberry.ID]
    by_event: bool | None = None


@strawberry.input
class NoticeWordInput:
    """`children`: the keys of those of her children whose names have it; a notice that concerns one of them fits."""

    text: str
    children: list[strawberry.ID] = strawberry.field(default_factory=list)


@strawberry.input
class NoticeFilterInput:
    """`child`: a key, or `me` for what concerns no child. Null: all. Every word must be found, in any language."""

    show: NoticeShowName = NoticeShowName.ALL
    child: strawberry.ID | None = None
    sender: strawberry.ID | None = None
    topic: strawberry.ID | None = None
    words: list[NoticeWordInput] = strawberry.field(default_factory=list)


@strawberry.type
class MailViewer:
    @strawberry.field(description="the newest first; what she has archived is among them")
    async def inbox(self, me: Me, info: Info, first: int = 20, after: str | None = None) -> NoticeConnection:
        house = info.context.house
        async with house.db.resident(me.id) as conn:
            try:
                page = await inbox.page(conn, house.live, resident=me.id, first=how_many(first), after=after)
            except inbox.BadCursor as error:
                raise GraphQLError("after is not a cursor of this list") from error
        return _connection(page)

    @strawberry.field(
        description="older ones that fit, for who has reached the end of what her phone holds; a bounded number is"
        " looked through, so fewer than `first` do not say that there are no more: `hasNextPage` does"
    )
    async def find_notices(
        self, me: Me, info: Info, filter: NoticeFilterInput | None = None, first: int = 20, after: str | None = None
    ) -> NoticeConnection:
        house, wanted = info.context.house, _wanted(filter or NoticeFilterInput())
        async with house.db.resident(me.id) as conn:
            try:
                page = await finding.find(
                    conn,
                    house.live,
                    resident=me.id,
                    wanted=wanted,
                    first=how_many(first),
                    after=after,
                    now=house.clock(),
                )
            except inbox.BadCursor as error:
                raise GraphQLError("after is not a cursor of this list") from error
        return _connection(page)

    @strawberry.field(description="null: no such notice of this person")
    async def notice(self, me: Me, info: Info, id: strawberry.ID) -> NoticeLens | None:
        wanted = identifier(id)
        if wanted is None:
            return None
        async with info.context.house.db.resident(me.id) as conn:
            return await inbox.one(conn, info.context.house.live, resident=me.id, notice=wanted)  # type: ignore[return-value]

    @strawberry.field
    async def unread(self, me: Me, info: Info) -> int:
        async with info.context.house.db.resident(me.id) as conn:
            return await inbox.unread(conn, info.context.house.live, resident=me.id)

    @strawberry.field(description="how she wishes to be told of notices")
    async def mail_wishes(self, me: Me, info: Info) -> MailWishesLens:
        async with info.context.house.db.resident(me.id) as conn:
            return MailWishesLens.shown(await wishes_of(conn, me.id))


@strawberry.type
class MailMutation:
    @strawberry.mutation(description="she has opened a notice: it counts as reached")
    @told
    async def open_notice(self, info: Info, id: strawberry.ID) -> OpenResult:
        me, house, wanted = await info.context.someone(), info.context.house, identifier(id)
        if wanted is not None:
            async with house.db.resident(me.id) as conn:
                letter = await inbox.open_notice(conn, house.live, resident=me.id, notice=wanted, now=house.clock())
            if letter is not None:
                return letter  # type: ignore[return-value]
        raise NotFound(say("not_found"))

    @strawberry.mutation(
        description="many at once; the same again changes nothing. ARCHIVE leaves what she still owes an answer"
    )
    @told
    async def sort_notices(self, info: Info, act: SortActName, ids: list[strawberry.ID]) -> SortResult:
        me, house = await info.context.someone(), info.context.house
        if len(ids) > sorting.MOST:
            raise GraphQLError(f"at most {sorting.MOST} at once")
        wanted = [id for id in map(identifier, ids) if id is not None]
        owed = await owing.among(house, me, wanted) if act is SortActName.ARCHIVE else set()
        rest = [id for id in wanted if id not in owed]
        async with house.db.resident(me.id) as conn:
            done = await sorting.sort(conn, house.live, me.id, sorting.Act(act.value), rest, house.clock())
        return NoticesSorted(ids=_ids(done), owed=_ids(sorted(owed)))

    @strawberry.mutation(description="how she wishes to be told from now on, in place of what she chose before")
    @told
    async def choose_mail_wishes(self, info: Info, input: MailWishesInput) -> WishesResult:
        me, house = await info.context.someone(), info.context.house
        async with house.db.resident(me.id) as conn:
            before = await wishes_of(conn, me.id)
            was = before.by_event
            by_event = was if input.by_event is None else input.by_event
            wishes = wishes_from(input.quiet_from, input.quiet_until, input.digest_at, input.mutes, by_event)
            await keep_wishes(conn, resident=me.id, wishes=wishes, now=house.clock())
        if (before.digest_at, before.quiet) != (wishes.digest_at, wishes.quiet):
            async with house.db.house() as conn:
                await look_again(conn, me.id, house.clock())
        if was or by_event:
            async with house.db.house() as conn:
                shown = await home.of(conn, me, house.catalogue, today=house.today(), now=house.clock())
                await contacts.events_of(conn, me, shown.facts, house.catalogue, house.today())
        return MailWishesLens.shown(wishes)


MOST_WORDS, LONGEST_WORD = 10, 100


def _wanted(filter: NoticeFilterInput) -> finding.Wanted:
    if len(filter.words) > MOST_WORDS or any(len(one.text) > LONGEST_WORD for one in filter.words):
        raise GraphQLError(f"at most {MOST_WORDS} words of {LONGEST_WORD} characters")
    is_hers = filter.child == "me"
    child = None if filter.child is None or is_hers else identifier(filter.child)
    if filter.child is not None and not is_hers and child is None:
        raise GraphQLError("child is no key of a child")
    words = [
        finding.Word(one.text, frozenset(key for key in map(identifier, one.children) if key)) for one in filter.words
    ]
    return finding.Wanted(finding.Show(filter.show.value), child, is_hers, filter.sender, filter.topic, words)


def _connection(page: inbox.LetterPage) -> NoticeConnection:
    nodes: Any = page.nodes
    return NoticeConnection(nodes=nodes, page_info=PageInfo(has_next_page=page.has_next, end_cursor=page.end_cursor))


def _ids(notices: Iterable[UUID]) -> list[strawberry.ID]:
    return [strawberry.ID(str(one)) for one in notices]
