"""What she lets us ask, and what not: shown before the first question, changed whenever she wishes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Annotated

import strawberry

from bff.consent import asked, grants
from bff.graphql.context import Info
from bff.graphql.lenses.common import FieldsRefusedLens, SignInNeededLens
from bff.graphql.lenses.consents import ConsentsLens
from bff.graphql.refusals import told
from bff.identity.residents import Resident
from bff.records import consents, deciding
from bff.wiring import House
from life_events import filling_in

DecideResult = Annotated[ConsentsLens | FieldsRefusedLens | SignInNeededLens, strawberry.union("DecideResult")]
Me = strawberry.Parent[Resident]


@strawberry.type
class ConsentViewer:
    @strawberry.field(description="every source and purpose she may agree to, and how she has answered")
    async def consents(self, me: Me, info: Info) -> ConsentsLens:
        async with info.context.house.db.resident(me.id) as conn:
            return await consents.of(conn, me, info.context.house.street, _fillers(info.context.house))  # type: ignore[return-value]

    @strawberry.field(description="null: she has not answered the page of consents yet, and nobody is asked about her")
    async def consents_decided_at(self, me: Me, info: Info) -> datetime | None:
        (found,) = await info.context.house.db.answers((asked.when(), {"whose": me.id}), resident=me.id)
        return next((row.at for row in found), None)


@strawberry.type
class ConsentMutation:
    @strawberry.mutation(
        description="her yes and her no, by the ids of consents; what a body told is dropped at once on her no"
    )
    @told
    async def decide_consents(self, info: Info, yes: list[strawberry.ID], no: list[strawberry.ID]) -> DecideResult:
        me, house = await info.context.someone(), info.context.house
        async with house.db.resident(me.id) as conn:
            held = await grants.granted(conn, me.id)
            fillers = _fillers(house)
            await deciding.decide(
                conn, me, house.street, fillers=fillers, yes=yes, no=no, now=house.clock(), new_id=house.new_id
            )
            stand = await consents.of(conn, me, house.street, fillers)
        for source in set(no) & set(held):
            await house.no_longer_told(me, source)
        return stand  # type: ignore[return-value]


def _fillers(house: House) -> Collection[str]:
    return filling_in(house.catalogue)
