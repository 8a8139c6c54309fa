"""What a resident may change. Every mutation returns a union of its result and its expected refusals."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from bff import contacts
from bff.applications import store as applications
from bff.errors import EndpointRefused, FieldRefused, FieldsRefused, NotFound
from bff.graphql.account import AccountMutation
from bff.graphql.bookings import BookingsMutation
from bff.graphql.calendars import CalendarMutation
from bff.graphql.cases import CaseMutation
from bff.graphql.consents import ConsentMutation
from bff.graphql.context import Info
from bff.graphql.devices import DeviceMutations
from bff.graphql.family import FamilyMutation
from bff.graphql.filings import SubmitApplicationInput, file_with_papers, filing_of
from bff.graphql.folders import FolderMutation
from bff.graphql.issued import DocumentsMutation
from bff.graphql.ledger import LedgerMutation
from bff.graphql.lenses.applications import ApplicationLens, FormChangedLens
from bff.graphql.lenses.common import (
    EndpointRefusedLens,
    FieldsRefusedLens,
    LanguageName,
    NotFoundLens,
    SignInNeededLens,
    StepClosedLens,
    StepUpNeededLens,
)
from bff.graphql.lenses.difference import Drawn, HandoverLens
from bff.graphql.lenses.home import HomeLens
from bff.graphql.lenses.mail import PushDeviceGone, PushDeviceLens
from bff.graphql.lenses.records import RecordsLens
from bff.graphql.lenses.signing import SignatureNeededLens
from bff.graphql.links import LinksMutation
from bff.graphql.mail import MailMutation
from bff.graphql.payments import PaymentMutation
from bff.graphql.pushes import PushMutation
from bff.graphql.reach import ReachMutation
from bff.graphql.records import agreed, stopped
from bff.graphql.refusals import told
from bff.graphql.school import SchoolMutation
from bff.graphql.senders import SendersMutation
from bff.graphql.signing import SigningMutation
from bff.graphql.tasks import TasksMutation
from bff.graphql.viewer import Viewer, home_of, identifier
from bff.handover.sheet import sheet_of
from bff.handover.square import TooLong, square
from bff.home import answering, flows, moving, reach
from bff.identity import residents
from bff.texts import say, taken_back
from bff.watch import APPLICATIONS
from notifications import address_book
from notifications.channels.push_policy import DeviceRefused
from notifications.notice import Language

AnswerResult = Annotated[HomeLens | FieldsRefusedLens | SignInNeededLens, strawberry.union("AnswerResult")]
SubmitResult = Annotated[
    ApplicationLens
    | FieldsRefusedLens
    | FormChangedLens
    | SignatureNeededLens
    | StepClosedLens
    | NotFoundLens
    | StepUpNeededLens
    | SignInNeededLens,
    strawberry.union("SubmitResult"),
]
SubscribeResult = Annotated[
    PushDeviceLens | EndpointRefusedLens | SignInNeededLens, strawberry.union("SubscribeResult")
]
UnsubscribeResult = Annotated[
    PushDeviceGone | EndpointRefusedLens | SignInNeededLens, strawberry.union("UnsubscribeResult")
]
HandoverResult = Annotated[
    HandoverLens | FieldsRefusedLens | NotFoundLens | SignInNeededLens, strawberry.union("HandoverResult")
]
PassOnResult = Annotated[ApplicationLens | NotFoundLens | SignInNeededLens, strawberry.union("PassOnResult")]
RecordsResult = Annotated[RecordsLens | FieldsRefusedLens | SignInNeededLens, strawberry.union("RecordsResult")]
ChooseResult = Annotated[Viewer | SignInNeededLens, strawberry.union("ChooseResult")]


@strawberry.input
class HandoverInput:
    to_ward: strawberry.ID
    moves_on: date
    people: list[strawberry.ID]
    contents: strawberry.ID = strawberry.field(description="of the sheet she has seen and agreed to")


@strawberry.input
class PushSubscriptionInput:
    endpoint: str
    p256dh: str
    auth: str


@strawberry.type
class Mutation(
    AccountMutation,
    ConsentMutation,
    LinksMutation,
    FamilyMutation,
    FolderMutation,
    DeviceMutations,
    LedgerMutation,
    SigningMutation,
    CaseMutation,
    BookingsMutation,
    TasksMutation,
    PaymentMutation,
    CalendarMutation,
    PushMutation,
    ReachMutation,
    SendersMutation,
    DocumentsMutation,
    MailMutation,
    SchoolMutation,
):
    @strawberry.mutation(description="answers one question; answering again changes it")
    @told
    async def answer_question(self, info: Info, fact: strawberry.ID, value: JSON) -> AnswerResult:
        me, house = await info.context.someone(), info.context.house
        home = await home_of(house, me)
        async with house.db.resident(me.id) as conn:
            await answering.answer(conn, me, home, fact, value, house.clock())
        answered = await home_of(house, me)
        async with house.db.resident(me.id) as conn:
            await reach.remember(conn, me, answered, house.clock())
        async with house.db.house() as conn:
            await contacts.events_of(conn, me, answered.facts, house.catalogue, house.today())
        return await info.context.show(answered)  # type: ignore[return-value]

    @strawberry.mutation(description="sends a filled-in form; the same id again is answered as the first time")
    @told
    async def submit_application(self, info: Info, input: SubmitApplicationInput) -> SubmitResult:
        me, house = await info.context.someone(), info.context.house
        wish = filing_of(input)
        async with house.db.resident(me.id) as conn:
            known = await applications.one(conn, me.id, wish.id)
        if known is None and wish.signature is None:  # to sign is to prove it, with the card
            await info.context.may_submit(wish.procedure)
        home = await info.context.show(await home_of(house, me))
        kept, fresh = await file_with_papers(house, me, home, input)
        if fresh:
            APPLICATIONS.labels(kept.procedure).inc()
        return kept  # type: ignore[return-value]

    @strawberry.mutation(description="signs the sheet she has seen; nothing of it is kept here")
    @told
    async def make_handover(self, info: Info, input: HandoverInput) -> HandoverResult:
        me, house = await info.context.someone(), info.context.house
        found = moving.difference_of(await home_of(house, me), input.to_ward, input.moves_on, input.people)
        sheet = sheet_of(found) if found else None
        if sheet is None:
            raise NotFound(say("not_found"))
        if sheet.contents != input.contents:
            raise _no_sheet("contents", "changed", "handover_changed")
        if sheet.holds_individual_number:
            raise _no_sheet("people", "individual_number", "handover_number")
        sealed = house.seal.put_under(sheet)
        try:
            return Drawn(sealed, square(sealed.token), sheet)  # type: ignore[return-value]
        except TooLong as too_long:
            raise _no_sheet("people", "too_many", "handover_too_long") from too_long

    @strawberry.mutation(description="her yes or no to handing on what an application names under `passOns`")
    @told
    async def pass_on(self, info: Info, application: strawberry.ID, flow: strawberry.ID, agreed: bool) -> PassOnResult:
        me, house = await info.context.someone(), info.context.house
        id = identifier(application)
        async with house.db.resident(me.id) as conn:
            mine = await applications.one(conn, me.id, id) if id else None
            if mine is None or not await flows.agree(
                conn, mine, flow, yes=agreed, now=house.clock(), new_id=house.new_id
            ):
                raise NotFound(say("not_found"))
        return mine  # type: ignore[return-value]

    @strawberry.mutation(description="her yes to asking these bodies about her; `recordsRefreshed` then asks them")
    @told
    async def ask_records(self, info: Info, sources: list[strawberry.ID]) -> RecordsResult:
        me = await info.context.someone()
        return await agreed(info.context.house, me, sources)  # type: ignore[return-value]

    @strawberry.mutation(description="her no to a body: it is not asked any more, and what it told is dropped at once")
    @told
    async def stop_asking_records(self, info: Info, source: strawberry.ID) -> RecordsResult:
        me = await info.context.someone()
        return await stopped(info.context.house, me, source)  # type: ignore[return-value]

    @strawberry.mutation
    @told
    async def subscribe_push(self, info: Info, input: PushSubscriptionInput) -> SubscribeResult:
        me, house = await info.context.someone(), info.context.house
        async with house.db.house() as conn:
            try:
                return await address_book.keep_device(  # type: ignore[return-value]
                    conn,
                    house.push_policy,
                    id=house.new_id(),
                    resident=me.id,
                    endpoint=input.endpoint,
                    p256dh=input.p256dh,
                    auth=input.auth,
                    now=house.clock(),
                    session=info.context.session,
                )
            except DeviceRefused as refused:
                raise _refusal(refused) from refused

    @strawberry.mutation
    @told
    async def unsubscribe_push(self, info: Info, endpoint: str) -> UnsubscribeResult:
        me = await info.context.someone()
        async with info.context.house.db.resident(me.id) as conn:
            try:
                await address_book.forget_device(conn, resident=me.id, endpoint=endpoint)
            except DeviceRefused as refused:
                raise _refusal(refused) from refused
        return PushDeviceGone(endpoint=endpoint)

    @strawberry.mutation
    @told
    async def choose_language(self, info: Info, language: LanguageName) -> ChooseResult:
        me, house = await info.context.someone(), info.context.house
        async with house.db.house() as conn:
            await residents.choose_language(conn, me.id, language.value)
            await address_book.choose_language(conn, resident=me.id, language=Language(language.value))
            changed = await residents.resident_of(conn, me.id, house.keys)
        return changed  # type: ignore[return-value]


def _no_sheet(field: str, code: str, why: str) -> FieldsRefused:
    return FieldsRefused(say(why), (FieldRefused(field, code, say(why)),))


def _refusal(refused: DeviceRefused) -> EndpointRefused:
    return EndpointRefused(taken_back(refused.fault.text))
