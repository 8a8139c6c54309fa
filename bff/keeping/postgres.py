"""PostgreSQL's own tools, those of the wheel, which dump any server up to their own version."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy.engine import make_url

from bff.keeping.manifest import NotThat
from infra import embedded_postgres

DOOR: Final = "-c app.door=house -c app.resident= -c app.ward= -c app.school="
"""Row-level security shows all rows to the house alone."""
_KEYED: Final = (
    "SELECT c.table_name, array_agg(c.column_name::text ORDER BY c.ordinal_position) FROM information_schema.columns c"
    " WHERE c.table_schema = 'public' GROUP BY 1"
    " HAVING array_agg(c.column_name::text) @> ARRAY['id', 'key_id', 'data_key'] ORDER BY 1"
)
TABLES: Final = (
    "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition"
    " AND c.relnamespace = 'public'::regnamespace ORDER BY 1"
)
_PARTED: Final = (
    "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c"
    " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
    " WHERE c.relkind = 'p' AND c.relnamespace = 'public'::regnamespace GROUP BY 1 ORDER BY 1"
)
_LEAVES: Final = (
    "SELECT c.relname FROM pg_class c WHERE c.relispartition AND c.relkind = 'r'"
    " AND c.relnamespace = 'public'::regnamespace ORDER BY 1"
)
_CLOSED: Final = (
    "SELECT c.relname FROM pg_class c WHERE c.relrowsecurity AND NOT c.relispartition"
    " AND c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)"
)


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Through the house's door. Raises `NotThat` when nobody is there."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        conn = psycopg.connect(address, options=DOOR)
    except psycopg.OperationalError as away:
        raise NotThat(f"the database does not answer: {away}") from away
    with conn:
        yield conn


def keyed(conn: psycopg.Connection[tuple[object, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The tables that hold wrapped data keys, with their columns."""
    return {str(name): tuple(columns) for name, columns in conn.execute(_KEYED).fetchall()}  # type: ignore[arg-type]


def parted(conn: psycopg.Connection[tuple[object, ...]]) -> tuple[Mapping[str, tuple[str, ...]], list[str]]:
    """Tables in parts, with their columns, and the parts. Policies stand at the whole alone: of a part read by itself
    row-level security shows nothing, not even to the house, and `pg_dump` reads each by itself."""
    wholes: dict[str, tuple[str, ...]] = {}
    for name, columns in conn.execute(_PARTED).fetchall():
        wholes[str(name)] = tuple(columns)  # type: ignore[arg-type]
    return wholes, [str(row[0]) for row in conn.execute(_LEAVES)]


def all_can_be_read(conn: psycopg.Connection[tuple[object, ...]]) -> None:
    """Raises `NotThat` naming a table of which nobody sees a row: it would be put by as if it were empty."""
    if closed := [str(row[0]) for row in conn.execute(_CLOSED)]:
        raise NotThat(f"row-level security shows nobody a row of {', '.join(closed)}")


def counted(conn: psycopg.Connection[tuple[object, ...]]) -> Mapping[str, int]:
    """Rows by table, those in parts as a whole."""
    names = [str(row[0]) for row in conn.execute(TABLES)]
    return {name: int(str(conn.execute(_COUNT.format(sql.Identifier(name))).fetchone()[0])) for name in names}  # type: ignore[index]


_COUNT: Final = sql.SQL("SELECT count(*) FROM {}")


@contextmanager
def program(
    name: str, *words: str, url: str | None, into: IO[bytes] | int | None = None, feeds: IO[bytes] | int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """One of the tools at `url` (None: at no database), its password in no list of processes. Raises `NotThat` with
    its last words when it fails; whoever leaves early ends it."""
    with tempfile.TemporaryFile() as said:
        command = [str(embedded_postgres.tool(name)), *words]
        process = subprocess.Popen(command, env=_environment(url), stdin=feeds, stdout=into, stderr=said)  # noqa: S603
        try:
            yield process
            if process.stdin:
                process.stdin.close()
            status = process.wait()
        except BrokenPipeError:
            status = process.wait()
        finally:
            _end(process)
        if status == -signal.SIGPIPE:
            raise BrokenPipeError(f"whoever reads from {name} has ended")
        if status:
            said.seek(0)
            raise NotThat(f"{name}: {_last(said.read().decode(errors='replace').splitlines())}")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe and not pipe.closed:
            try:
                pipe.close()
            except BrokenPipeError:
                continue


def _last(lines: Sequence[str]) -> str:
    """Never a line of somebody's data, which PostgreSQL shows as CONTEXT and DETAIL."""
    plain = [line for line in lines if not line.startswith(("CONTEXT", "DETAIL"))]
    errors = [line for line in plain if "error:" in line.lower() or "fatal:" in line.lower()]
    return "; ".join(errors[:2] or [*plain, "it said nothing"][:1])[:400]


def _environment(url: str | None) -> dict[str, str]:
    """What libpq is told by an address, it is told by its environment; the password too."""
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    if url is None:
        return plain
    told = conninfo_to_dict(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))
    password = told.pop("password", None)
    options = " ".join(filter(None, [str(told.pop("options", "") or ""), DOOR]))
    whole = {**plain, "PGOPTIONS": options}
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE", "sslmode": "PGSSLMODE"}
    names |= {"sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY", "service": "PGSERVICE"}
    whole |= {names[name]: str(value) for name, value in told.items() if name in names}
    return whole | ({"PGPASSWORD": str(password)} if password else {})
