"""Whether a notice would reach this very phone: she tries it, and is told what became of it."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any
from uuid import UUID

import strawberry

from bff import db as database
from bff.errors import NotFound
from bff.graphql.context import Info
from bff.graphql.lenses.common import NotFoundLens, SignInNeededLens, TooManyTriesLens
from bff.graphql.refusals import told
from bff.identity.residents import Resident
from bff.texts import say
from notifications.channels.push_policy import is_address
from notifications.push import trials
from notifications.push.trials import Trial

Me = strawberry.Parent[Resident]


@strawberry.enum(name="PushOutcome")
class PushOutcomeName(Enum):
    ACCEPTED = strawberry.enum_value("accepted", description="the push service has it; the phone shows it, or does not")
    GONE = strawberry.enum_value("gone", description="the push service knows this phone no more: it registers anew")
    REFUSED = "refused"
    UNREACHED = strawberry.enum_value("unreached", description="the push service was not heard")


@strawberry.type(name="PushTrial")
class PushTrialLens:
    id: strawberry.ID

    @strawberry.field(description="null: not known yet")
    def outcome(self, trial: strawberry.Parent[Trial]) -> PushOutcomeName | None:
        return PushOutcomeName(trial.outcome) if trial.outcome else None

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Trial)


TryPushResult = Annotated[
    PushTrialLens | NotFoundLens | TooManyTriesLens | SignInNeededLens, strawberry.union("TryPushResult")
]


@strawberry.type
class PushViewer:
    @strawberry.field(description="null: she tried no such thing within a day")
    async def push_trial(self, me: Me, info: Info, id: strawberry.ID) -> PushTrialLens | None:
        try:
            trial = UUID(id)
        except ValueError:
            return None
        async with info.context.house.db.resident(me.id) as conn:
            return await trials.of(conn, me.id, trial)  # type: ignore[return-value]


@strawberry.type
class PushMutation:
    @strawberry.mutation(description="a push to the phone of hers that has this address, and to no other")
    @told
    async def try_push(self, info: Info, endpoint: str) -> TryPushResult:
        me, house = await info.context.someone(), info.context.house
        await info.context.take("push_trial")
        async with house.db.house() as conn:
            begun = is_address(endpoint) and await trials.begin(
                conn, database.defer, id=house.new_id(), resident=me.id, endpoint=endpoint, now=house.clock()
            )
        if not begun:
            raise NotFound(say("not_found"))
        return begun  # type: ignore[return-value]
