"""What she sent together, and what sending several at once needs of her."""

from __future__ import annotations

import strawberry
from graphql import GraphQLError

from bff.graphql.context import Info
from bff.graphql.filings import identifier_of
from bff.graphql.lenses.folders import FolderLens
from bff.graphql.lenses.forms import NeedLens, need_of_all
from bff.identity.residents import Resident
from bff.signing import folders
from bff.signing.folder import MOST

Me = strawberry.Parent[Resident]
MOST_SHOWN = 20


@strawberry.type
class FolderViewer:
    @strawberry.field(description="what was sent together, newest first; at most 20")
    async def folders(self, me: Me, info: Info) -> list[FolderLens]:
        async with info.context.house.db.resident(me.id) as conn:
            return list(await folders.newest(conn, me.id, MOST_SHOWN))  # type: ignore[arg-type]

    @strawberry.field(description="null: no such folder of this person")
    async def folder(self, me: Me, info: Info, id: strawberry.ID) -> FolderLens | None:
        wanted = identifier_of(id)
        if wanted is None:
            return None
        async with info.context.house.db.resident(me.id) as conn:
            return await folders.one(conn, me.id, wanted)  # type: ignore[return-value]

    @strawberry.field(description="what sending all of these needs of her session, proved once for all")
    async def needs_of_all(self, me: Me, info: Info, procedures: list[strawberry.ID]) -> NeedLens:
        if not 0 < len(procedures) <= MOST:
            raise GraphQLError(f"between 1 and {MOST} procedures")
        return need_of_all(info.context, procedures)
