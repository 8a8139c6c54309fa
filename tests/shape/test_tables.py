"""The rooms' tables are what the migrations make, and no table with a person in it is without its doors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, create_engine, inspect, text
from sqlalchemy.engine import make_url

from bff.accounts import tables as accounts
from bff.applications import tables as applications
from bff.bookings import tables as bookings
from bff.consent import tables as consent
from bff.exchange import tables as exchange
from bff.exchange.drop import tables as drop
from bff.exchange.files import tables as files
from bff.exchange.ways import tables as ways
from bff.facilities import tables as facilities
from bff.facts import tables as facts
from bff.family import tables as family
from bff.identity import tables as identity
from bff.incidents import tables as incidents
from bff.ledger import tables as ledger
from bff.limits import tables as limits
from bff.school import tables as school
from bff.signing import tables as signing
from bff.uploads import tables as uploads
from notifications import tables as mail_room

ROOMS = {
    "accounts": accounts.metadata,
    "applications": applications.metadata,
    "bookings": bookings.metadata,
    "consent": consent.metadata,
    "facilities": facilities.metadata,
    "drop": drop.metadata,
    "exchange": exchange.metadata,
    "facts": facts.metadata,
    "family": family.metadata,
    "files": files.metadata,
    "ways": ways.metadata,
    "identity": identity.metadata,
    "uploads": uploads.metadata,
    "incidents": incidents.metadata,
    "ledger": ledger.metadata,
    "limits": limits.metadata,
    "school": school.metadata,
    "signing": signing.metadata,
    "mail room": mail_room.metadata,
}
SHAPE = {"add_table", "add_column", "remove_column", "modify_type", "modify_nullable", "add_constraint", "add_fk"}
"""What a room's statements rely on; keys between rooms and indexes are the migrations' own affair."""
PERSONAL = {"resident", "ward", "resident_id"}
HOUSE_ONLY = {
    "limit_marks",
    "limit_refusals",
    "login_attempts",
    "login_handovers",
    "login_log",
    "passkey_challenges",
    "sessions",
    "staff",
    "staff_sessions",
}
"""Never read on behalf of a resident or a ward: only through the house's own door."""


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


@pytest.mark.parametrize("room", ROOMS)
def test_a_rooms_tables_are_what_the_migrations_make(room: str, connection: Connection) -> None:
    metadata: MetaData = ROOMS[room]
    names = set(metadata.tables)
    context = MigrationContext.configure(
        connection, opts={"include_name": lambda name, kind, _: kind != "table" or name in names}
    )
    changes = compare_metadata(context, metadata)
    flat = [change[0] if isinstance(change, list) else change for change in changes]
    assert [change for change in flat if change[0] in SHAPE] == []


def test_no_two_rooms_share_a_table() -> None:
    tables = [name for metadata in ROOMS.values() for name in metadata.tables]
    assert len(tables) == len(set(tables))


def test_every_table_with_a_person_or_a_ward_forces_row_level_security(connection: Connection) -> None:
    rows = connection.execute(
        text(
            "SELECT relname, relrowsecurity, relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policy WHERE polrelid = pg_class.oid) AS policies"
            " FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace"
        )
    ).mappings()
    guarded = {row["relname"]: row for row in rows}
    personal = {
        table for table in guarded if PERSONAL & {column["name"] for column in inspect(connection).get_columns(table)}
    }
    assert {"applications", "kept_facts", "grants", "deliveries", "devices", "contacts"} <= personal
    for table in sorted(personal | HOUSE_ONLY):
        row = guarded[table]
        assert row["relrowsecurity"], table
        assert row["relforcerowsecurity"], table
        assert row["policies"], table


def test_an_empty_setting_opens_no_door(connection: Connection) -> None:
    """`SET LOCAL` leaves an empty string behind; an empty string must be nobody's id and no ward's code."""
    connection.execute(
        text(
            "SELECT set_config('app.door', '', true), set_config('app.resident', '', true),"
            " set_config('app.ward', '', true)"
        )
    )
    for metadata in ROOMS.values():
        for name, table in metadata.tables.items():
            if PERSONAL & set(table.c.keys()):
                assert connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() == 0, name


def test_the_house_is_no_superuser(connection: Connection) -> None:
    superuser = connection.execute(text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
    assert superuser.scalar_one() is False
