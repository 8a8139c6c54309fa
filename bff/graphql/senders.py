"""Who may send her something besides her offices, and where her cases with senders stand."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, cast

import strawberry

from bff.graphql.context import Info
from bff.graphql.lenses.common import FieldsRefusedLens, NotFoundLens, SignInNeededLens, TextLens
from bff.graphql.refusals import told
from bff.identity.residents import Resident
from bff.senders import agreeing, keys, reading
from bff.senders.agreeing import Shown
from bff.senders.case import Case, Step
from bff.senders.event import Lines
from bff.wiring import House
from life_events import Text

Me = strawberry.Parent[Resident]


@strawberry.enum(name="SenderCaseState", description="YOURS: she has to do something")
class StateName(Enum):
    NEW = "new"
    IN_HAND = "in_hand"
    YOURS = "yours"
    CLOSED = "closed"


@strawberry.type(name="Sender", description="no office of hers: it sends nothing without her yes")
class SenderLens:
    name: TextLens
    subject: str | None = strawberry.field(description="her number for this sender alone; null: she has not agreed")
    agreed_at: datetime | None

    @strawberry.field
    def id(self, one: strawberry.Parent[Shown]) -> strawberry.ID:
        return strawberry.ID(one.id)

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Shown)


@strawberry.type(name="Senders")
class SendersLens:
    senders: list[SenderLens]


@strawberry.type(name="SenderStep")
class SenderStepLens:
    at: datetime

    @strawberry.field
    def state(self, one: strawberry.Parent[Step]) -> StateName:
        return StateName(one.state)

    @strawberry.field
    def label(self, one: strawberry.Parent[Step]) -> TextLens:
        return _text(one.label)

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Step)


@strawberry.type(name="SenderCase", description="built from what the sender has told, and from nothing else")
class SenderCaseLens:
    sender: TextLens
    title: TextLens
    label: TextLens
    state: StateName
    changed_at: datetime
    act_by: date | None
    steps: list[SenderStepLens] = strawberry.field(description="the oldest first")


SendersResult = Annotated[
    SendersLens | FieldsRefusedLens | NotFoundLens | SignInNeededLens, strawberry.union("SendersResult")
]


async def senders_of(house: House, me: Resident) -> SendersLens:
    found: Any = await agreeing.shown(house, me)
    return SendersLens(senders=list(found))


def _case(case: Case, names: dict[str, Text]) -> SenderCaseLens:
    return SenderCaseLens(
        sender=cast(Any, names[case.sender]),
        title=_text(case.title),
        label=_text(case.label),
        state=StateName(case.state),
        changed_at=case.changed_at,
        act_by=case.act_by,
        steps=cast(Any, list(case.steps)),
    )


def _text(lines: Lines) -> TextLens:
    plain = lines.easy or lines.ja
    return TextLens(ja=lines.ja, easy=plain, en=lines.en or plain)


@strawberry.type
class SendersViewer:
    @strawberry.field
    async def senders(self, me: Me, info: Info) -> SendersLens:
        return await senders_of(info.context.house, me)

    @strawberry.field
    async def sender_cases(self, me: Me, info: Info) -> list[SenderCaseLens]:
        house = info.context.house
        found = await reading.cases_of(house, me)
        async with house.db.house() as conn:
            names = {one.id: one.name for one in await keys.listed(conn)} if found else {}
        return [_case(one, names) for one in found]


@strawberry.type
class SendersMutation:
    @strawberry.mutation(description="her yes; `reference` is told to the sender once, so that it knows whom it serves")
    @told
    async def agree_sender(self, info: Info, sender: strawberry.ID, reference: str = "") -> SendersResult:
        me, house = await info.context.someone(), info.context.house
        await agreeing.agree(house, me, sender, reference)
        return await senders_of(house, me)

    @strawberry.mutation(description="her no: nothing more is taken from it")
    @told
    async def stop_sender(self, info: Info, sender: strawberry.ID) -> SendersResult:
        me, house = await info.context.someone(), info.context.house
        await agreeing.stop(house, me, sender)
        return await senders_of(house, me)
