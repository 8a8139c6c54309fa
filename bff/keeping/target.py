"""Where something is put back: a database that holds nothing, unless an operator says that it may be lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from psycopg import sql

from bff.keeping import postgres
from bff.keeping.manifest import NotThat

STAYS: Final = "alembic_version"
_OTHERS: Final = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)
_ONE_RESTORE: Final = "SELECT pg_try_advisory_lock(hashtext('kurashimado restore'))"


@contextmanager
def ready(url: str, *, replace: bool) -> Iterator[None]:
    """Raises `NotThat` when the database holds something, somebody works in it, or another restore is under way; two
    cannot begin at once."""
    with postgres.connected(url) as conn:
        conn.autocommit = True
        if not _yes(conn, _ONE_RESTORE):
            raise NotThat("another restore is under way")
        holding = None if replace else _holding(conn)
        if holding:
            raise NotThat(f"the database holds something ({holding}); with --replace that is lost")
        if _yes(conn, _OTHERS):
            raise NotThat("somebody is still connected to the database: stop web, inlet and workers first")
        yield


def _holding(conn: psycopg.Connection[tuple[object, ...]]) -> str | None:
    """A table with a row; a schema without one, as after `migrate`, makes way."""
    for name in _tables(conn):
        if name != STAYS and conn.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(name))).fetchone():
            return name
    return None


def _tables(conn: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    return [str(row[0]) for row in conn.execute(postgres.TABLES.encode())]


def _yes(conn: psycopg.Connection[tuple[object, ...]], query: str) -> bool:
    row = conn.execute(query.encode()).fetchone()
    return bool(row and row[0])
