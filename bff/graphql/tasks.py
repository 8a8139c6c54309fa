"""Parts asked of others: what she asks and chooses, and what whoever holds a link writes."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import date
from typing import Annotated, Any, TypeVar

import strawberry
from strawberry.scalars import JSON

from bff.errors import NotFound
from bff.family import task as mandates
from bff.graphql.context import Info
from bff.graphql.lenses.applications import ApplicationLens
from bff.graphql.lenses.common import (
    DeniedLens,
    FieldsRefusedLens,
    NotFoundLens,
    SignInNeededLens,
    StepClosedLens,
    TooManyTriesLens,
)
from bff.graphql.lenses.family import identifier
from bff.graphql.lenses.tasks import AskablePartLens, PartLens, Shown, TaskLens
from bff.graphql.refusals import told
from bff.identity.residents import Resident
from bff.school import by_letter
from bff.tasks import asking, joining, link
from bff.tasks.asking import Wish
from bff.wiring import House

T = TypeVar("T")
Me = strawberry.Parent[Resident]
PartResult = Annotated[
    PartLens | FieldsRefusedLens | StepClosedLens | DeniedLens | NotFoundLens | SignInNeededLens,
    strawberry.union("PartResult"),
]
SendWithoutResult = Annotated[
    ApplicationLens | StepClosedLens | NotFoundLens | SignInNeededLens, strawberry.union("SendWithoutResult")
]
TaskResult = Annotated[TaskLens | FieldsRefusedLens | TooManyTriesLens | NotFoundLens, strawberry.union("TaskResult")]


@strawberry.input
class AskPartInput:
    step: strawberry.ID = strawberry.field(description="`procedure` or `procedure:person`")
    part: strawberry.ID
    to: str = strawberry.field(description="whom she asks, as she calls them")
    ends_on: date = strawberry.field(description="the last day")


@strawberry.type
class TasksViewer:
    @strawberry.field(description="what she asked of others, newest first")
    async def parts(self, me: Me, info: Info) -> list[PartLens]:
        return await asking.all_of(info.context.house, me)  # type: ignore[return-value]

    @strawberry.field(description="what others may add to this step; empty: nothing")
    async def askable_parts(self, me: Me, info: Info, step: strawberry.ID) -> list[AskablePartLens]:
        return list(asking.askable(info.context.house, step))  # type: ignore[arg-type]


@strawberry.type
class TasksQuery:
    @strawberry.field(description="the one task of who holds this link; no login, nothing else is shown")
    @told
    async def task(self, info: Info, code: str) -> TaskResult:
        await info.context.take("task")
        house = info.context.house
        try:
            return Shown.of_part(await link.look_at(house, code))  # type: ignore[return-value]
        except NotFound as neither:
            return await _or(neither, _other_seen(house, code))


async def _other_seen(house: House, code: str) -> Any:
    """A mandate's task, or a school's letter."""
    try:
        return Shown.of_mandate(await mandates.look_at(house, code))
    except NotFound:
        return Shown.of_letter(await by_letter.look_at(house, code))


async def _other_done(house: House, code: str, written: Any) -> Any:
    try:
        return Shown.of_mandate(await mandates.do(house, code, written))
    except NotFound:
        return Shown.of_letter(await by_letter.do(house, code, written))


async def _or(neither: NotFound, mandate: Awaitable[T]) -> T:
    """What a link of the other kind tells; who holds one that is spent is told so, whichever kind it was of."""
    try:
        return await mandate
    except NotFound:
        raise neither from None


@strawberry.type
class TasksMutation:
    @strawberry.mutation(description="asks somebody for their part; the link is hers to hand on")
    @told
    async def ask_part(self, info: Info, input: AskPartInput) -> PartResult:
        me = await info.context.someone()
        wish = Wish(input.step, input.part, input.to, input.ends_on)
        return await asking.ask(info.context.house, me, wish)  # type: ignore[return-value]

    @strawberry.mutation(description="more time, under a new link; the old one opens nothing any more")
    @told
    async def renew_part(self, info: Info, id: strawberry.ID, ends_on: date) -> PartResult:
        me = await info.context.someone()
        return await asking.renew(info.context.house, me, identifier(id), ends_on)  # type: ignore[return-value]

    @strawberry.mutation(description="taken back at once; what waited for nothing else goes to the ward")
    @told
    async def take_back_part(self, info: Info, id: strawberry.ID) -> PartResult:
        me = await info.context.someone()
        return await asking.take_back(info.context.house, me, identifier(id))  # type: ignore[return-value]

    @strawberry.mutation(description="sends what waits with the parts that are there")
    @told
    async def send_without_parts(self, info: Info, application: strawberry.ID) -> SendWithoutResult:
        me = await info.context.someone()
        return await joining.send_without(info.context.house, me, identifier(application))  # type: ignore[return-value]

    @strawberry.mutation(description="what was asked by one link is written, once")
    @told
    async def do_task(self, info: Info, code: str, answers: JSON) -> TaskResult:
        await info.context.take("task")
        house = info.context.house
        written: Any = answers
        try:
            return Shown.of_part(await link.do(house, code, written))  # type: ignore[return-value]
        except NotFound as neither:
            return await _or(neither, _other_done(house, code, written))

    @strawberry.mutation(description="whoever holds the link says no, with a reason for her alone; the link is spent")
    @told
    async def decline_task(self, info: Info, code: str, reason: str) -> TaskResult:
        await info.context.take("task")
        return Shown.of_part(await link.decline(info.context.house, code, reason))  # type: ignore[return-value]
