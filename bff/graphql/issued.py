"""Documents a ward has issued to her: seen, fetched, deleted here."""

from __future__ import annotations

import asyncio
from typing import Annotated

import strawberry

from bff.documents import copies, receiving
from bff.documents.words import say
from bff.graphql.context import Info
from bff.graphql.lenses.common import NotFoundLens, SignInNeededLens, TooManyTriesLens
from bff.graphql.lenses.family import identifier
from bff.graphql.lenses.issued import CopyLens, DocumentLens, DocumentsLens
from bff.graphql.refusals import told
from bff.identity.residents import Resident

CopyResult = Annotated[CopyLens | TooManyTriesLens | NotFoundLens, strawberry.union("CopyResult")]
Me = strawberry.Parent[Resident]
DocumentsResult = Annotated[DocumentsLens | NotFoundLens | SignInNeededLens, strawberry.union("DocumentsResult")]


async def _hers(info: Info, me: Resident) -> list[DocumentLens]:
    async with info.context.house.db.resident(me.id) as conn:
        return list(await receiving.all_of(conn, me))  # type: ignore[arg-type]


@strawberry.type
class DocumentsViewer:
    @strawberry.field(description="decisions and certificates, newest first; nobody who acts for her sees them")
    async def documents(self, me: Me, info: Info) -> list[DocumentLens]:
        return await _hers(info, me)


@strawberry.type
class DocumentsQuery:
    @strawberry.field(
        description="what whoever holds a copy compares it with; no login, and she sees that it was looked at"
    )
    @told
    async def copy(self, info: Info, code: str) -> CopyResult:
        await info.context.take("copy")
        house = info.context.house
        roots = await asyncio.to_thread(receiving.roots_of, house.settings.ward_seal_roots)
        return await copies.look_at(house, code, roots)  # type: ignore[return-value]


@strawberry.type
class DocumentsMutation:
    @strawberry.mutation(description="asks her ward what it has issued; what comes is in `documents` soon")
    @told
    async def fetch_documents(self, info: Info) -> DocumentsResult:
        me = await info.context.someone()
        async with info.context.house.db.resident(me.id) as conn:
            await receiving.promise(conn, me.id)
        return DocumentsLens(documents=await _hers(info, me))

    @strawberry.mutation(description="gone from here for good; the ward has its own")
    @told
    async def delete_document(self, info: Info, id: strawberry.ID) -> DocumentsResult:
        me, house = await info.context.someone(), info.context.house
        async with house.db.resident(me.id) as conn:
            await receiving.delete(conn, me, identifier(id), say("no_such_document"), house.clock())
        return DocumentsLens(documents=await _hers(info, me))
