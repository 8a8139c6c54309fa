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
from bff.wiring import House
from life_events import UNKNOWN, Facts
from notifications import address_book
from notifications.notice import Language

REGISTRY = "registry"


async def refreshed(context: Context, me: Resident) -> AsyncIterator[HomeUpdateLens]:
    """One update a source, each with the whole home as it then stands; a single one when all have just answered."""
    house = context.house
    home = context.show(await home_of(house, me))
    if _just_heard(home, timedelta(seconds=house.settings.refresh_rests)):
        yield HomeUpdateLens(settled=strawberry.ID(""), home=home, remaining=0)  # type: ignore[arg-type]
        return
    async for settled in house.refresher.refresh(me):
        home = context.show(await home_of(house, me))
        if settled.source == REGISTRY:
            await _tell_mail_room(house, me, home.facts)
        yield HomeUpdateLens(settled=strawberry.ID(settled.source), home=home, remaining=settled.remaining)  # type: ignore[arg-type]


def _just_heard(home: Home, rest: timedelta) -> bool:
    """A thumb that taps twice does not make six services answer twice."""
    return all(source.as_of and home.answered_at - source.as_of < rest for source in home.sources)


async def _tell_mail_room(house: House, me: Resident, facts: Facts) -> None:
    """The address book learns the ward and the children's birth dates, which audiences are made of."""
    if facts.registry is UNKNOWN:
        return
    children = [member.birth_date for member in facts.registry.members if member.relation == "child"]
    async with house.db.house() as conn:
        await address_book.keep_contact(
            conn,
            resident=me.id,
            ward=facts.registry.ward,
            language=Language(me.language),
            children_births=children,
            now=house.clock(),
        )
