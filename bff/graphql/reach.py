"""How she is reached when the app is not opened: her addresses, and in which order what is tried."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Literal

import strawberry

from bff.errors import FieldRefused, FieldsRefused
from bff.graphql.context import Info
from bff.graphql.lenses.common import FieldsRefusedLens, SignInNeededLens, TooManyTriesLens
from bff.graphql.refusals import told
from bff.identity.residents import Resident
from bff.reach import addresses, asking
from bff.reach.addresses import Kept
from bff.reach.others import others
from bff.reach.words import say
from bff.wiring import House
from notifications.reach.ladders import shipped

LONGEST = 300
Me = strawberry.Parent[Resident]


@strawberry.enum(name="ReachKind")
class ReachKind(Enum):
    EMAIL = "email"
    SMS = "sms"


@strawberry.enum(name="ReachState", description="nothing is sent but to what is CONFIRMED")
class ReachState(Enum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    STOPPED = "stopped"
    BOUNCED = "bounced"


@strawberry.enum(name="ReachRung")
class RungName(Enum):
    PUSH = "push"
    OTHER_GUARDIAN = "other_guardian"
    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"


@strawberry.type(name="ReachAddress")
class ReachAddressLens:
    address: str

    @strawberry.field
    def kind(self, kept: strawberry.Parent[Kept]) -> ReachKind:
        return ReachKind(kept.kind)

    @strawberry.field
    def state(self, kept: strawberry.Parent[Kept]) -> ReachState:
        return ReachState(kept.state)

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Kept)


@strawberry.type(name="ReachStep", description="what is tried so many minutes after a notice was sent")
class ReachStepLens:
    rung: RungName
    minutes: int


@strawberry.type(name="Reach")
class ReachLens:
    addresses: list[ReachAddressLens]
    kinds: list[ReachKind] = strawberry.field(description="what can be used here at all")
    other_guardians: list[str] = strawberry.field(description="asked when she leaves a notice about a child unread")
    steps: list[ReachStepLens] = strawberry.field(description="for a notice that asks her to do something")
    urgent_steps: list[ReachStepLens] = strawberry.field(description="for an emergency")


ReachResult = Annotated[
    ReachLens | FieldsRefusedLens | TooManyTriesLens | SignInNeededLens, strawberry.union("ReachResult")
]


async def reach_of(house: House, me: Resident) -> ReachLens:
    async with house.db.resident(me.id) as conn:
        kept: Any = await addresses.of(conn, me)
    can = [(ReachKind.EMAIL, house.post), (ReachKind.SMS, house.texter)]
    return ReachLens(
        addresses=list(kept),
        kinds=[kind for kind, channel in can if channel is not None],
        other_guardians=list(await others(house.for_family, house.reach_channels.known, me)),
        steps=_steps("action"),
        urgent_steps=_steps("emergency"),
    )


def _steps(kind: str) -> list[ReachStepLens]:
    ladder = max((one for one in shipped() if one.kind == kind and not one.topic), key=lambda one: one.begins)
    ordered = sorted(ladder.rungs, key=lambda one: one.minutes)
    return [ReachStepLens(rung=RungName(one.rung.value), minutes=one.minutes) for one in ordered]


@strawberry.type
class ReachViewer:
    @strawberry.field
    async def reach(self, me: Me, info: Info) -> ReachLens:
        return await reach_of(info.context.house, me)


@strawberry.type
class ReachMutation:
    @strawberry.mutation(description="a letter with a link, or a message with a code, goes there; only that proves it")
    @told
    async def ask_reach(self, info: Info, kind: ReachKind, address: str) -> ReachResult:
        me, house = await info.context.someone(), info.context.house
        if len(address) > LONGEST or "\x00" in address:
            raise _refused(f"{kind.value}_refused")
        await asking.ask(house, me, _kind(kind), address, where=info.context.address or "")
        return await reach_of(house, me)

    @strawberry.mutation(description="the code that came as a short message")
    @told
    async def confirm_reach(self, info: Info, code: str) -> ReachResult:
        me, house = await info.context.someone(), info.context.house
        async with house.db.resident(me.id) as conn:
            right = await addresses.confirm_by_code(conn, me.id, code.strip()[:LONGEST], house.clock())
        if not right:
            raise _refused("code_refused")
        return await reach_of(house, me)

    @strawberry.mutation(description="nothing is sent there any more, and it is forgotten")
    @told
    async def forget_reach(self, info: Info, kind: ReachKind) -> ReachResult:
        me, house = await info.context.someone(), info.context.house
        async with house.db.resident(me.id) as conn:
            await addresses.forget(conn, me.id, _kind(kind))
        return await reach_of(house, me)


def _kind(kind: ReachKind) -> Literal["email", "sms"]:
    return "sms" if kind is ReachKind.SMS else "email"


def _refused(key: str) -> FieldsRefused:
    text = say(key)
    return FieldsRefused(text, (FieldRefused("address", key, text),))
