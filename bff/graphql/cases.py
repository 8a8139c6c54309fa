"""What becomes of an application after it was sent, as far as she has a say in it."""

from __future__ import annotations

from typing import Annotated

import strawberry

from bff.cases import withdrawing
from bff.errors import NotFound
from bff.graphql.context import Info
from bff.graphql.lenses.applications import ApplicationLens
from bff.graphql.lenses.common import NotFoundLens, SignInNeededLens, StepClosedLens
from bff.graphql.refusals import told
from bff.graphql.viewer import identifier
from bff.tasks import joining
from bff.texts import say

WithdrawResult = Annotated[
    ApplicationLens | StepClosedLens | NotFoundLens | SignInNeededLens, strawberry.union("WithdrawResult")
]


@strawberry.type
class CaseMutation:
    @strawberry.mutation(description="she takes it back; refused once it is decided")
    @told
    async def withdraw_application(self, info: Info, id: strawberry.ID) -> WithdrawResult:
        me, house, wanted = await info.context.someone(), info.context.house, identifier(id)
        if wanted is None:
            raise NotFound(say("not_found"))
        async with house.db.house() as conn:
            taken = await withdrawing.withdraw(conn, house.catalogue, me.id, wanted, house.clock())
            await joining.end_links(conn, taken.id, house.clock())
        return taken  # type: ignore[return-value]
