"""Each morning: a word three days before the last day, and the end of what nobody wrote, with a choice for her."""

from __future__ import annotations

from bff.family.house import House
from bff.identity.residents import resident_of
from bff.tasks import store
from bff.tasks.link import tell
from bff.tasks.task import Hers, Task


async def come_round(house: House) -> None:
    """One transaction a part, so that one that cannot be told hinders no other."""
    async with house.db.house() as conn:
        past = await store.past(conn, house.today())
        soon = await store.ending(conn, house.today())
    for one in past:
        await _end(house, one)
    for one in soon:
        await _remind(house, one)


async def _end(house: House, seen: Task) -> None:
    async with house.db.house() as conn:
        kept = await store.one(conn, seen.resident, seen.id)
        whose = await resident_of(conn, seen.resident, house.keys)
        if kept is None or whose is None or kept.state != "asked" or kept.ends_on >= house.today():
            return
        await store.settle(conn, kept.id, "expired", house.clock())
        await tell(conn, house, Hers(kept, whose), "expired")


async def _remind(house: House, seen: Task) -> None:
    async with house.db.house() as conn:
        kept = await store.one(conn, seen.resident, seen.id)
        whose = await resident_of(conn, seen.resident, house.keys)
        if kept is None or whose is None or kept.state != "asked" or kept.ends_on != seen.ends_on:
            return
        await store.change(conn, kept.id, reminded_at=house.clock())
        await tell(conn, house, Hers(kept, whose), "soon")
