"""IDs of hers elsewhere: listed here, linked by going there (POST /login/link/{provider}), unlinked here."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from bff.errors import NotFound
from bff.graphql.context import Info
from bff.graphql.lenses.common import NotFoundLens, SignInNeededLens
from bff.graphql.lenses.links import LinksLens
from bff.graphql.refusals import told
from bff.identity.residents import Resident
from bff.links import store
from bff.links.offers import offers
from bff.texts import say
from bff.wiring import House

UnlinkResult = Annotated[LinksLens | NotFoundLens | SignInNeededLens, strawberry.union("UnlinkResult")]
Me = strawberry.Parent[Resident]


async def links_of(house: House, me: Resident) -> LinksLens:
    """Every ID she may link, and how it stands."""
    async with house.db.resident(me.id) as conn:
        linked = await store.linked(conn, me.id, me.key)
    known = {id: party.provider for id, party in house.providers.items()}
    found: Any = offers(known, linked, me.ward)
    return LinksLens(offers=found)


@strawberry.type
class LinksViewer:
    @strawberry.field(description="IDs elsewhere that she may link, her ward's first, and what those linked have told")
    async def links(self, me: Me, info: Info) -> LinksLens:
        return await links_of(info.context.house, me)


@strawberry.type
class LinksMutation:
    @strawberry.mutation(description="forgets an ID and all that it told; there, the ID itself stays as it is")
    @told
    async def unlink_id(self, info: Info, provider: strawberry.ID) -> UnlinkResult:
        me, house = await info.context.someone(), info.context.house
        async with house.db.resident(me.id) as conn:
            if not provider.isprintable() or not await store.unlink(conn, me.id, provider, house.clock()):
                raise NotFound(say("not_found"))
        return await links_of(house, me)
