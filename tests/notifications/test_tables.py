"""What the code believes of the tables is what the migration made; every one is behind its doors."""

from __future__ import annotations

from datetime import date

from sqlalchemy import inspect, text

from bff.db import Database
from notifications import delivery
from notifications.broadcasts import tables as desk
from notifications.tables import metadata


async def test_the_tables_are_those_of_the_migration(db: Database) -> None:
    async with db.house() as conn:
        made = await conn.run_sync(
            lambda sync: {
                table.name: {
                    (c["name"], c["type"].compile(sync.dialect), c["nullable"])
                    for c in inspect(sync).get_columns(table.name)
                }
                for table in metadata.sorted_tables
            }
        )
        dialect = conn.dialect
    for table in metadata.sorted_tables:
        believed = {(c.name, c.type.compile(dialect), c.nullable) for c in table.columns}
        assert believed == made[table.name]


assert set(desk.metadata.tables) == set(metadata.tables), "the desk's are among them"


async def test_row_security_binds_even_the_owner_of_every_table(db: Database) -> None:
    async with db.house() as conn:
        bound = await conn.execute(
            text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind IN ('r', 'p')")
        )
        assert set(metadata.tables) <= set(bound.scalars())


async def test_the_months_to_come_are_ready_before_they_begin(db: Database) -> None:
    async with db.house() as conn:
        for _ in range(2):
            await delivery.make_partitions(conn, date(2031, 11, 30))
        asked = text("SELECT relname FROM pg_class WHERE relname ~ '^(deliveries|pushes)_203[12]..$'")
        made = await conn.execute(asked)
        assert sorted(made.scalars()) == [
            f"{whole}_{month}" for whole in ("deliveries", "pushes") for month in ("203111", "203112", "203201")
        ]
