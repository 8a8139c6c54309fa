"""The schema: three roots over the lenses. Printed as `schema.graphql`, which is in review with every change."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from datetime import date, datetime
from functools import cache
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.extensions import DisableIntrospection, MaskErrors
from strawberry.types import ExecutionContext

from bff.db import AWAY
from bff.errors import FieldsRefused, Refusal
from bff.graphql import records
from bff.graphql.context import Info
from bff.graphql.door import log_defect
from bff.graphql.issued import DocumentsQuery
from bff.graphql.lenses.common import WardLens
from bff.graphql.lenses.home import HomeUpdateLens
from bff.graphql.lenses.records import RecordUpdateLens
from bff.graphql.mutations import Mutation
from bff.graphql.plans import PlannedExecutor, PlannedParsing, PlannedValidation
from bff.graphql.refreshing import refreshed
from bff.graphql.tasks import TasksQuery
from bff.graphql.viewer import Viewer
from bff.home.moving import days_of_a_move


@strawberry.type(name="Service", description="What anyone may know of this service.")
class Service:
    push_key: str = strawberry.field(description="VAPID public key, base64url")
    wards: list[WardLens]
    today: date
    now: datetime = strawberry.field(description="by which a phone tells that its own clock is wrong")
    version: str
    shows_components: bool = strawberry.field(description="whether the living page of parts is open here")
    moves_from: date | None = strawberry.field(description="the first day of a move that can be told; null: any")
    moves_to: date | None = strawberry.field(description="the last day of a move that can be told; null: any")


@strawberry.type
class Query(TasksQuery, DocumentsQuery):
    @strawberry.field(description="null: nobody is signed in")
    async def viewer(self, info: Info) -> Viewer | None:
        return await info.context.resident()  # type: ignore[return-value]

    @strawberry.field
    def service(self, info: Info) -> Service:
        house = info.context.house
        wards: Any = list(house.catalogue.wards.values())
        taken = days_of_a_move(house.catalogue, house.today())
        return Service(
            push_key=house.vapid.public_key,
            wards=wards,
            today=house.today(),
            now=house.clock(),
            version=house.settings.version,
            shows_components=house.settings.components,
            moves_from=taken.min_date,
            moves_to=taken.max_date,
        )


@strawberry.type
class Subscription:
    @strawberry.subscription(
        description="asks at once every source whose facts are old or that was silent, or all of them (anew), and tells"
        " of each as it settles"
    )
    async def refresh_home(self, info: Info, anew: bool = False) -> AsyncIterator[HomeUpdateLens]:
        me = await info.context.someone()
        async for update in refreshed(info.context, me, anew):
            yield update

    @strawberry.subscription(description="asks these bodies, where she has said yes, and tells of each as it settles")
    async def records_refreshed(self, info: Info, sources: list[strawberry.ID]) -> AsyncIterator[RecordUpdateLens]:
        me = await info.context.someone()
        try:
            async for update in records.refreshed(info.context, me, sources):
                yield update
        except FieldsRefused as refused:
            raise GraphQLError(refused.message.en) from None


class _Schema(strawberry.Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        for error in filter(_is_defect, errors):
            log_defect(error)


def _is_defect(error: GraphQLError) -> bool:
    """A refusal where the schema has no place for one (a subscription) is told in its own sentence; of a database that
    is away the door tells (`door.AWAY`)."""
    told_otherwise = (GraphQLError, Refusal, *AWAY)
    return error.original_error is not None and not isinstance(error.original_error, told_otherwise)


@cache
def build(introspection: bool) -> strawberry.Schema:
    """The schema; in production nobody asks it about itself, and an error guesses at no name that would have been."""
    importlib.import_module("graphql.pyutils.did_you_mean").MAX_LENGTH = 0  # type: ignore[attr-defined]
    extensions: list[Any] = [
        lambda: PlannedParsing(maxsize=256),
        lambda: PlannedValidation(maxsize=256),
        lambda: MaskErrors(should_mask_error=_is_defect, error_message="内部でエラーが起きました"),
    ]
    if not introspection:
        extensions.append(DisableIntrospection)
    return _Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        extensions=extensions,
        execution_context_class=PlannedExecutor,
    )
