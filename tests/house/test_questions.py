"""What nearly every request asks goes through the same doors as the rest, and outlives a lost connection."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Integer, bindparam, func, literal, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bff.db import AWAY, Database, connect
from bff.questions import Question
from bff.wiring import House
from tests.town import Town

DOOR = Question(
    select(func.current_setting("app.door").label("door"), func.current_setting("app.resident").label("whose"))
)
EVERYBODY = Question(text("SELECT id FROM residents"))
WHERE = Question(select(func.pg_backend_pid().label("pid")))


async def test_each_is_asked_through_the_door_it_is_to_be_seen_through(db: Database) -> None:
    hana = uuid4()
    for resident, door in ((hana, "resident"), (None, "house"), (hana, "resident")):
        first, second = await db.answers((DOOR, {}), (DOOR, {}), resident=resident)
        assert [*map(tuple, first)] == [*map(tuple, second)] == [(door, str(resident or ""))]


async def test_nobody_sees_another_resident_though_no_statement_says_whose(town: Town) -> None:
    for persona in ("hana", "ken"):
        await town.resident(persona)
    everybody = await _everybody(town.house, None)
    assert len(everybody) == 2
    for one in everybody:
        assert await _everybody(town.house, one) == {one}


async def _everybody(house: House, resident: UUID | None) -> set[UUID]:
    (rows,) = await house.db.answers((EVERYBODY, {}), resident=resident)
    return {row.id for row in rows}


async def test_values_written_in_a_statement_and_given_with_it_both_count(db: Database) -> None:
    both = Question(select((bindparam("given", type_=Integer) + 40).label("sum")).where(literal(2) == 2))
    ((row,),) = await db.answers((both, {"given": 2}))
    assert row.sum == 42


async def test_connections_that_the_database_has_ended_are_replaced_before_anybody_notices(db: Database) -> None:
    ((before,),) = await db.answers((WHERE, {}))
    async with db.house() as conn:
        await conn.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )
    ((after,),) = await db.answers((WHERE, {}))
    assert after.pid != before.pid


async def test_a_statement_that_fails_leaves_its_connection_to_nobody(db: Database) -> None:
    ((before,),) = await db.answers((WHERE, {}))
    wrong = Question(text("SELECT 1 / (length(:a) - 1)"))
    with pytest.raises(DBAPIError):
        await db.answers((WHERE, {}), (wrong, {"a": "x"}))
    ((after,),) = await db.answers((WHERE, {}))
    assert after.pid != before.pid


async def test_a_statement_that_takes_too_long_is_neither_asked_again_nor_empties_the_pool(db: Database) -> None:
    async with db.house() as conn:
        await conn.execute(text("CREATE SEQUENCE asked"))
    found = await asyncio.gather(*(db.answers((WHERE, {})) for _ in range(2)))
    before = {row.pid for (rows,) in found for row in rows}
    assert len(before) == 2
    slow = ("nextval('asked')", "set_config('statement_timeout', '1', true)", "pg_sleep(5)")
    with pytest.raises(OperationalError, match="QueryCanceled"):
        await db.answers(*((Question(text(f"SELECT {one}")), {}) for one in slow))
    ((after,),) = await db.answers((WHERE, {}))
    assert after.pid in before, "one that nothing happened to is still there"
    ((asked,),) = await db.answers((Question(text("SELECT last_value FROM asked")), {}))
    assert asked.last_value == 1


async def test_a_database_that_is_away_is_said_to_be_away_at_once() -> None:
    nowhere = connect("postgresql://nobody@127.0.0.1:1/none", 1)
    with pytest.raises(AWAY) as away:
        await nowhere.answers((WHERE, {}))
    assert isinstance(away.value, OperationalError)
    await nowhere.close()
