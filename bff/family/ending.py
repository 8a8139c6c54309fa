"""What ends a mandate by itself: its last day, a code nobody used, a death. And a word a week before the last day."""

from __future__ import annotations

from uuid import UUID

from bff.family import people, store
from bff.family.house import House
from bff.family.mandate import Mandate
from bff.family.telling import tell_side


async def come_round(house: House) -> None:
    """Each morning; one transaction a mandate, so that one that cannot be told hinders no other."""
    await name_whom_it_is_about(house)
    async with house.db.house() as conn:
        past = await store.past(conn, house.today(), house.clock())
        soon = await store.ending(conn, house.today())
    for one in past:
        await _close(house, one, "law" if one.kind == "parent" else "date")
    for one in soon:
        async with house.db.house() as conn:
            await store.change(conn, one.id, reminded_at=house.clock())
            for side in (one.represented, one.representative):
                await tell_side(conn, house.keys, side, "soon", one, house.clock())


async def name_whom_it_is_about(house: House) -> None:
    """Of mandates from before that was kept: a grown person finds what others gave about them, and may end it."""
    async with house.db.house() as conn:
        for one in await store.nameless(conn):
            if one.rules.about == "adult" and one.person is not None and one.ward is not None:
                digest = people.digest_of(house.person_secret, one.ward, one.person)
                await store.change(conn, one.id, about=digest)


async def end_by_death(house: House, resident: UUID) -> int:
    """Whoever of the two has died (民法111条, 653条): every mandate of that account is over; how many."""
    async with house.db.house() as conn:
        live = await store.all_live_of(conn, resident)
    for one in live:
        await _close(house, one, "death", but=resident)
    return len(live)


async def _close(house: House, mandate: Mandate, by: str, but: UUID | None = None) -> None:
    """`but` is not told."""
    async with house.db.house() as conn:
        found = await store.one(conn, mandate.id, lock=True)
        if found is None or found.state not in store.LIVE:
            return
        await store.finish(conn, found.id, "ended", by=by, now=house.clock())
        for side in {found.represented, found.representative} - {but, None}:
            await tell_side(conn, house.keys, side, "ended", found, house.clock())
