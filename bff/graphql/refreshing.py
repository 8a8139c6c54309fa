"""Home as it fills: each source's answer, or its silence, is told the moment it settles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import strawberry

from bff.graphql.context import Context
from bff.graphql.lenses.home import HomeUpdateLens
from bff.graphql.viewer import home_of
from bff.home.home import Home
from bff.identity.residents import Resident


async def refreshed(context: Context, me: Resident) -> AsyncIterator[HomeUpdateLens]:
    """One update a source, each with the whole home as it then stands; a single one when all have just been asked."""
    house = context.house
    home = context.show(await home_of(house, me))
    if _just_heard(home, timedelta(seconds=house.settings.refresh_rests)):
        yield HomeUpdateLens(settled=strawberry.ID(""), home=home, remaining=0)  # type: ignore[arg-type]
        return
    async for settled in house.refresher.refresh(me):
        home = context.show(await home_of(house, me))
        yield HomeUpdateLens(settled=strawberry.ID(settled.source), home=home, remaining=settled.remaining)  # type: ignore[arg-type]


def _just_heard(home: Home, rest: timedelta) -> bool:
    """A thumb that taps twice does not make six services answer twice."""
    asked = [source.held.asked_at if source.held else None for source in home.sources]
    return all(at is not None and home.answered_at - at < rest for at in asked)
