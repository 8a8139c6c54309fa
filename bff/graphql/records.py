"""What each body holds about her: asked on her yes, told as each settles, dropped on her no."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from bff.graphql.context import Context
from bff.graphql.lenses.records import RecordUpdateLens
from bff.identity.residents import Resident
from bff.records import asking, records
from bff.records.records import Records
from bff.wiring import House


async def records_of(house: House, me: Resident) -> Records:
    """What is kept, and how each body stands; nobody is asked."""
    async with house.db.resident(me.id) as conn:
        return await records.of(conn, me, house.street, house.clock())


async def agreed(house: House, me: Resident, sources: Sequence[str]) -> Records:
    """Her yes to these sources; raises `FieldsRefused` naming those that nobody can be asked for."""
    wanted = asking.askable(house.street, sources)
    async with house.db.resident(me.id) as conn:
        await asking.agree(conn, me, wanted, now=house.clock(), new_id=house.new_id)
        return await records.of(conn, me, house.street, house.clock())


async def stopped(house: House, me: Resident, source: str) -> Records:
    """Her no to one source; raises `FieldsRefused` when there is no such source."""
    wanted = asking.askable(house.street, [source])
    async with house.db.resident(me.id) as conn:
        await asking.stop(conn, me, wanted[source], house.clock())
        left = await records.of(conn, me, house.street, house.clock())
    await house.no_longer_told(me, source)
    return left


async def refreshed(context: Context, me: Resident, sources: Sequence[str]) -> AsyncIterator[RecordUpdateLens]:
    """One update a source; those she has not said yes to, or that have just been asked, are not asked and come last.

    Raises `FieldsRefused` naming the sources that nobody can be asked for.
    """
    house = context.house
    left = list(asking.askable(house.street, sources))
    stand = await records_of(house, me)
    agreed_to = [source for source in left if stand.of(source).grant is not None]
    if agreed_to:
        async for settled in house.refresher.refresh(me, agreed_to):
            left.remove(settled.source)
            yield _update(await records_of(house, me), settled.source, len(left))
    stand = await records_of(house, me)
    for number, source in enumerate(left, 1):
        yield _update(stand, source, len(left) - number)


def _update(stand: Records, source: str, remaining: int) -> RecordUpdateLens:
    return RecordUpdateLens(record=stand.of(source), remaining=remaining)  # type: ignore[arg-type]
