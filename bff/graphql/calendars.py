"""Feeds of her dates: one for the family and one for each child, each by an address that is told once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from bff.calendars import feeds
from bff.calendars.feeds import FAMILY, Feed
from bff.errors import NotFound
from bff.family.children import children_of
from bff.graphql.context import Info
from bff.graphql.lenses.common import NotFoundLens, SignInNeededLens
from bff.graphql.refusals import told
from bff.identity.residents import Resident
from bff.texts import say
from bff.wiring import House

Me = strawberry.Parent[Resident]


@strawberry.type(name="CalendarFeed", description="A feed that some calendar reads; its address is not kept.")
class FeedLens:
    full_words: bool
    made_at: datetime
    read_at: datetime | None = strawberry.field(description="null: nobody has read it")

    @strawberry.field
    def id(self, feed: strawberry.Parent[Feed]) -> strawberry.ID:
        return strawberry.ID(str(feed.id))

    @strawberry.field(description="the child it is about; null: the whole family")
    def about(self, feed: strawberry.Parent[Feed]) -> strawberry.ID | None:
        return strawberry.ID(feed.about) if feed.about else None

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Feed)


@strawberry.type(name="CalendarChild")
class CalendarChildLens:
    id: strawberry.ID
    name: str


@strawberry.type(name="Calendars")
class CalendarsLens:
    feeds: list[FeedLens]
    children: list[CalendarChildLens] = strawberry.field(description="for whom there may be a feed of their own")


@strawberry.type(name="CalendarAddress", description="told this once; who holds it sees the dates")
class CalendarAddressLens:
    url: str
    calendars: CalendarsLens


MakeFeedResult = Annotated[CalendarAddressLens | NotFoundLens | SignInNeededLens, strawberry.union("MakeFeedResult")]
EndFeedResult = Annotated[CalendarsLens | NotFoundLens | SignInNeededLens, strawberry.union("EndFeedResult")]


async def calendars_of(house: House, me: Resident) -> CalendarsLens:
    async with house.db.resident(me.id) as conn:
        found: Any = await feeds.of(conn, me.id)
    children = [CalendarChildLens(id=strawberry.ID(one.person), name=one.name) for one in await children_of(house, me)]
    return CalendarsLens(feeds=list(found), children=children)


@strawberry.type
class CalendarViewer:
    @strawberry.field
    async def calendars(self, me: Me, info: Info) -> CalendarsLens:
        return await calendars_of(info.context.house, me)


@strawberry.type
class CalendarMutation:
    @strawberry.mutation(description="a feed, or a new address for the one there is: the old address is dead at once")
    @told
    async def make_feed(
        self, info: Info, about: strawberry.ID | None = None, full_words: bool = False
    ) -> MakeFeedResult:
        me, house = await info.context.someone(), info.context.house
        if about is not None and about not in {one.person for one in await children_of(house, me)}:
            raise NotFound(say("calendar_no_child"))
        secret, whose = house.new_token(), about or FAMILY
        async with house.db.resident(me.id) as conn:
            await feeds.make(
                conn,
                me.id,
                id=house.new_id(),
                about=whose,
                full_words=full_words,
                secret=secret,
                now=house.clock(),
            )
        url = f"{house.origin}/calendar/{secret}.ics"
        return CalendarAddressLens(url=url, calendars=await calendars_of(house, me))

    @strawberry.mutation(description="nobody reads it any more")
    @told
    async def end_feed(self, info: Info, id: strawberry.ID) -> EndFeedResult:
        me, house = await info.context.someone(), info.context.house
        try:
            wanted = UUID(id)
        except ValueError as error:
            raise NotFound(say("not_found")) from error
        async with house.db.resident(me.id) as conn:
            if not await feeds.end(conn, me.id, wanted):
                raise NotFound(say("not_found"))
        return await calendars_of(house, me)
