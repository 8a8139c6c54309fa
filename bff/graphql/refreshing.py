"""Home as it fills: each source's answer, or its silence, is told the moment it settles."""

from __future__ import annotations

from collections.abc import AsyncIterator

import strawberry

from bff.graphql.context import Context
from bff.graphql.lenses.home import HomeUpdateLens
from bff.graphql.viewer import home_of
from bff.identity.residents import Resident


async def refreshed(context: Context, me: Resident, anew: bool) -> AsyncIterator[HomeUpdateLens]:
    """One update a source that is asked, each with the whole home as it then stands; a single one when none is due."""
    asked = False
    async for settled in context.house.refresher.refresh(me, anew=anew):
        asked = True
        yield await _update(context, me, settled.source, settled.remaining)
    if not asked:
        yield await _update(context, me, "", 0)


async def _update(context: Context, me: Resident, settled: str, remaining: int) -> HomeUpdateLens:
    home = await context.show(await home_of(context.house, me))
    return HomeUpdateLens(settled=strawberry.ID(settled), home=home, remaining=remaining)  # type: ignore[arg-type]
