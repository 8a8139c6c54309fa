"""The map of personal data is what the tables are; who adds a table says whose it is, why and how long."""

from __future__ import annotations

import psycopg
from sqlalchemy.engine import make_url

from bff.accounts.holdings import holdings
from infra.security.personal_data import page, read


def test_the_map_is_what_the_tables_are(database_url: str) -> None:
    address = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as conn:
        rows = conn.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND NOT relispartition AND relname NOT LIKE 'procrastinate%'"
        )
        there = {name for (name,) in rows}
    known = read()
    assert {*known.tables, *known.nobody} == there, "say in infra/security/personal_data.toml what it holds"
    assert set(known.tables) & set(known.nobody) == set()
    assert set(holdings()) <= set(known.tables)


def test_every_kind_is_told_whole_and_used() -> None:
    known = read()
    assert {held.kind for held in known.tables.values()} == set(known.kinds)
    assert all(kind.why and kind.basis and kind.kept and kind.seen for kind in known.kinds.values())
    assert all(f"`{table}`" in page() for table in (*known.tables, *known.nobody))
