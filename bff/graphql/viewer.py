"""The person who asks, and everything of hers. Every resolver goes through her own door of the database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry
from graphql import GraphQLError

from bff import home
from bff.applications import store as applications
from bff.applications.application import Application
from bff.graphql.account import AccountViewer
from bff.graphql.bookings import BookingsViewer
from bff.graphql.calendars import CalendarViewer
from bff.graphql.consents import ConsentViewer
from bff.graphql.context import Info
from bff.graphql.devices import devices_of
from bff.graphql.family import FamilyViewer
from bff.graphql.folders_viewer import FolderViewer
from bff.graphql.issued import DocumentsViewer
from bff.graphql.ledger import LedgerViewer
from bff.graphql.lenses.applications import ApplicationConnection, ApplicationLens
from bff.graphql.lenses.common import LanguageName, PageInfo, TextLens, WardLens
from bff.graphql.lenses.devices import DevicesLens
from bff.graphql.lenses.difference import DifferenceLens
from bff.graphql.lenses.forms import NeedLens, need_of
from bff.graphql.lenses.home import HomeLens
from bff.graphql.lenses.records import RecordsLens
from bff.graphql.links import LinksViewer
from bff.graphql.mail import MailViewer
from bff.graphql.pages import cursor, how_many, place
from bff.graphql.payments import PaymentViewer
from bff.graphql.pushes import PushViewer
from bff.graphql.reach import ReachViewer
from bff.graphql.records import records_of
from bff.graphql.school import SchoolViewer
from bff.graphql.senders import SendersViewer
from bff.graphql.tasks import TasksViewer
from bff.home import moving
from bff.home.home import Home
from bff.identity.residents import Resident
from bff.texts import LANGUAGES, say
from bff.watch import HOME_SECONDS, HOMES, SHOWN, STALE
from bff.wiring import House
from life_events import grace_hours

Me = strawberry.Parent[Resident]


async def home_of(house: House, resident: Resident) -> Home:
    """The resident's home from what is kept."""
    with HOME_SECONDS.time():
        answered = await home.read(house.db, resident, house.catalogue, today=house.today(), now=house.clock())
    HOMES.inc()
    for source in answered.heard:
        SHOWN.labels(source).inc()
    for source in answered.stale:
        STALE.labels(source).inc()
    return answered


def identifier(text: str) -> UUID | None:
    """An id the phone sent; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


@strawberry.type(name="Viewer")
class Viewer(
    AccountViewer,
    ConsentViewer,
    LinksViewer,
    FamilyViewer,
    FolderViewer,
    LedgerViewer,
    BookingsViewer,
    TasksViewer,
    PaymentViewer,
    CalendarViewer,
    PushViewer,
    ReachViewer,
    SendersViewer,
    DocumentsViewer,
    MailViewer,
    SchoolViewer,
):
    id: strawberry.ID

    @strawberry.field
    def name(self, me: Me) -> str:
        return me.basics.name

    @strawberry.field(description="null: she lives outside of the 23 wards, or declined to give the address")
    def ward(self, me: Me, info: Info) -> WardLens | None:
        return info.context.house.catalogue.wards.get(me.ward or "")  # type: ignore[return-value]

    @strawberry.field(description="which moment counts as the filing of what is completed without a network")
    def filed_rule(self, me: Me, info: Info) -> TextLens:
        house = info.context.house
        hours = grace_hours(house.catalogue.law_in(me.ward), house.clock())
        return say("filing_rule_grace", hours=str(hours)) if hours else say("filing_rule")  # type: ignore[return-value]

    @strawberry.field(description="when she is to log in again whatever she does; null: her session has just ended")
    async def session_ends_at(self, info: Info) -> datetime | None:
        visitor = await info.context.visitor()
        return visitor.expires_at if visitor else None

    @strawberry.field(description="minutes without a request after which her session ends before that")
    def session_rests_after(self, info: Info) -> int:
        return int(info.context.house.lifetimes.idle.total_seconds() // 60)

    @strawberry.field(description="an app that does not say which language it is read in knows the first three only")
    def language(self, me: Me, info: Info) -> LanguageName:
        is_known = info.context.language is not None or me.language in LANGUAGES
        return LanguageName(me.language) if is_known else LanguageName.EN

    @strawberry.field(description="false: she has never said in which language she reads")
    def language_chosen(self, me: Me) -> bool:
        return me.language_chosen

    @strawberry.field
    async def home(self, me: Me, info: Info) -> HomeLens:
        return await info.context.show(await home_of(info.context.house, me))  # type: ignore[return-value]

    @strawberry.field(
        description="what a move to a ward (its code), `tokyo` or `beyond` changes; the day is her answer when none is"
        " given. null: the register has not been heard, no day is known, or there is no such place or person"
    )
    async def difference(
        self,
        me: Me,
        info: Info,
        to_ward: strawberry.ID,
        moves_on: date | None = None,
        people: list[strawberry.ID] | None = None,
    ) -> DifferenceLens | None:
        shown = await info.context.show(await home_of(info.context.house, me))
        found = moving.difference_of(shown, to_ward, moves_on, people)
        return found  # type: ignore[return-value]

    @strawberry.field
    async def applications(
        self, me: Me, info: Info, first: int = 20, after: str | None = None
    ) -> ApplicationConnection:
        before = place(after)
        since = (before[0], _known_id(before[1])) if before else None
        async with info.context.house.db.resident(me.id) as conn:
            found = await applications.page(conn, me.id, how_many(first), since)
        nodes: Any = found[:first]
        last = cursor(nodes[-1].accepted_at, nodes[-1].id) if nodes else None
        return ApplicationConnection(nodes=nodes, page_info=PageInfo(has_next_page=len(found) > first, end_cursor=last))

    @strawberry.field(description="null: no such application of this person")
    async def application(self, me: Me, info: Info, id: strawberry.ID) -> ApplicationLens | None:
        wanted = identifier(id)
        if wanted is None:
            return None
        async with info.context.house.db.resident(me.id) as conn:
            found: Application | None = await applications.one(conn, me.id, wanted)
        return found  # type: ignore[return-value]

    @strawberry.field(description="what sending this procedure needs of her session, as it stands now")
    async def needs(self, me: Me, info: Info, procedure: strawberry.ID) -> NeedLens:
        return need_of(info.context, procedure)

    @strawberry.field(description="where she is logged in, by which passkeys she may, and how this session stands")
    async def devices(self, info: Info) -> DevicesLens:
        return await devices_of(info.context)

    @strawberry.field(description="what each body holds about her, and those that are not asked from here")
    async def records(self, me: Me, info: Info) -> RecordsLens:
        return await records_of(info.context.house, me)  # type: ignore[return-value]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Resident)


def _known_id(text: str) -> UUID:
    found = identifier(text)
    if found is None:
        raise GraphQLError("after is not a cursor of this list")
    return found
