"""Every night what has outlived its purpose is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from bff.facts import store as facts
from bff.identity.residents import resident_of
from bff.journeys import sweep_all, sweep_by_night
from bff.wiring import House
from life_events import EnteredValue
from tests.town import Person, Town

ENTERED = text("SELECT resident FROM kept_facts WHERE source = 'entered'")


async def writes_her_phone_number(house: House, person: Person) -> UUID:
    mine = UUID((await person.asks("{ viewer { id } }"))["viewer"]["id"])
    async with house.db.house() as conn:
        who = await resident_of(conn, mine, house.keys)
        assert who is not None
        value = EnteredValue("0312345678", "move_out_notice", house.clock())
        await facts.enter(conn, who, {"me.phone": value}, house.clock())
    return mine


async def still_entered(house: House) -> list[UUID]:
    async with house.db.house() as conn:
        return list(await conn.scalars(ENTERED))


async def test_what_was_entered_13_months_ago_is_gone_and_one_row_that_does_not_open_keeps_no_other(town: Town) -> None:
    house = town.house
    hana = await writes_her_phone_number(house, await town.resident("hana"))
    ken = await writes_her_phone_number(house, await town.resident("ken"))

    def after(months: int) -> House:
        return replace(house, clock=lambda: house.clock() + timedelta(days=31 * months))

    await sweep_all(after(12))
    assert set(await still_entered(house)) == {hana, ken}
    async with house.db.house() as conn:
        await conn.execute(text("UPDATE kept_facts SET value = 'x' WHERE resident = :id"), {"id": min(hana, ken)})
    await sweep_all(after(14))
    assert await still_entered(house) == [min(hana, ken)]


async def test_a_clock_that_jumped_forgets_and_erases_nothing_until_it_is_set_right(town: Town) -> None:
    house, asks = town.house, 'mutation { deleteAccount(typed: "削除") { __typename } }'
    hana, ken = await town.resident("hana"), await town.resident("ken")
    await hana.fills_home()
    mine = await writes_her_phone_number(house, hana)
    await ken.asks(asks)
    for months in (14, -14):

        def jumped(by: int = months) -> datetime:
            return house.clock() + timedelta(days=31 * by)

        await sweep_by_night(replace(house, clock=jumped))
        assert await still_entered(house) == [mine]
        async with house.db.house() as conn:
            assert (await conn.execute(text("SELECT count(*) FROM residents"))).scalar_one() == 2
            assert (await conn.execute(text("SELECT count(*) FROM exchange_log"))).scalar_one() > 0
    await town.resident("ken", agrees=False)
    await sweep_by_night(house)
    async with house.db.house() as conn:
        assert (await conn.execute(text("SELECT count(*) FROM residents"))).scalar_one() == 2
