"""Lenses over folders: what she sent together, and where each part stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from bff.applications import store as applications
from bff.folders import events
from bff.graphql.context import Info
from bff.graphql.lenses.applications import ApplicationLens
from bff.graphql.lenses.common import FieldRefusedLens, RefusalLens, TextLens
from bff.graphql.lenses.forms import FormLens
from bff.signing.folders import Folder, Part


@strawberry.type(name="FolderPart")
class FolderPartLens:
    procedure: strawberry.ID
    subject: strawberry.ID | None

    @strawberry.field
    def title(self, part: strawberry.Parent[Part], info: Info) -> TextLens:
        return info.context.house.catalogue.procedures[part.procedure].name  # type: ignore[return-value]

    @strawberry.field(description="the newest sent for it; null: it has not come yet")
    async def application(self, part: strawberry.Parent[Part], info: Info) -> ApplicationLens | None:
        me = await info.context.someone()
        async with info.context.house.db.resident(me.id) as conn:
            return await applications.one(conn, me.id, part.application)  # type: ignore[return-value]


@strawberry.type(name="Folder", description="Applications about one life event, sent together.")
class FolderLens:
    id: strawberry.ID
    event: strawberry.ID
    made_at: datetime
    parts: list[FolderPartLens]

    @strawberry.field
    def name(self, folder: strawberry.Parent[Folder], info: Info) -> TextLens:
        return events.name_of(info.context.house.catalogue, folder.event)  # type: ignore[return-value]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Folder)


@strawberry.type(name="PartRefused", description="Why this one may not be sent as it is.")
class PartRefusedLens:
    place: int = strawberry.field(description="among those given, from 0")
    message: TextLens
    fields: list[FieldRefusedLens]
    form: FormLens | None = strawberry.field(description="today's, when it was filled in on an older one")


@strawberry.type(name="PartsRefused", description="Nothing was kept; the others may be signed without these.")
class PartsRefusedLens(RefusalLens):
    parts: list[PartRefusedLens]
