"""One transaction that makes the schema, the rows, the keys and what hangs on them; its end is said last.

PostgreSQL is fed by `psql` from a pipe. Whatever ends before COMMIT, this process, `psql` or the server, leaves the
database as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Final, Literal

from psycopg import sql

from bff.keeping import postgres
from bff.keeping.manifest import BARE, DATABASE
from bff.keeping.trying import Tried

BEGIN: Final = r"""\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
DROP SCHEMA public CASCADE;
"""
SCHEMA_AS_USUAL: Final = """ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""
KEYS_COME: Final = """CREATE TEMPORARY TABLE kept_keys (whose text, id uuid, key_id text, data_key bytea)
    ON COMMIT DROP;
COPY kept_keys FROM stdin;
"""
KEY_BACK: Final = (
    "UPDATE public.{} t SET key_id = k.key_id, data_key = k.data_key"
    " FROM pg_temp.kept_keys k WHERE k.whose = {} AND k.id = t.id;\n"
)
ROW_GOES: Final = "DELETE FROM public.{} WHERE data_key = '';\n"
MARKED: Final = "UPDATE public.residents SET erase_asked_at = now(), erase_at = now() WHERE data_key = '';\n"
RESIDENTS: Final = "residents"
COPY_ENDS: Final = b"\\.\n"
Section = Literal["pre-data", "data", "post-data"]


def database(url: str, both: Tried) -> None:
    """Whatever the schema held is lost, if all goes well. Raises `NotThat`; then nothing was changed."""
    with postgres.program("psql", "--no-psqlrc", "--output=/dev/null", url=url, feeds=-1) as psql:
        assert psql.stdin is not None
        psql.stdin.write(BEGIN.encode())
        _section(both, "pre-data", psql.stdin)
        psql.stdin.write(SCHEMA_AS_USUAL.encode())
        _section(both, "data", psql.stdin)
        _bare_rows(both, psql.stdin)
        _keys(both, psql.stdin)
        _section(both, "post-data", psql.stdin)
        psql.stdin.write((_counted(both.data.rows) + _without_key(both) + "COMMIT;\n").encode())
        psql.stdin.flush()


def _section(both: Tried, section: Section, psql: IO[bytes]) -> None:
    """From the sealed archive through `pg_restore` into `psql`: it never lies open on a disk."""
    words = [f"--section={section}", "--no-owner", "--no-privileges", "--enable-row-security", "--file=-"]
    psql.flush()
    with postgres.program("pg_restore", *words, url=None, feeds=-1, into=psql.fileno()) as restoring:
        assert restoring.stdin is not None
        for piece in both.part(DATABASE):
            restoring.stdin.write(piece)


def _bare_rows(both: Tried, psql: IO[bytes]) -> None:
    for table, columns in both.data.columns.items():
        names = ", ".join(map(_quoted, columns))
        psql.write(f"COPY public.{_quoted(table)} ({names}) FROM stdin;\n".encode())
        for piece in both.part(f"{BARE}.{table}"):
            psql.write(piece)
        psql.write(COPY_ENDS)


def _keys(both: Tried, psql: IO[bytes]) -> None:
    """Each back to its row, as the half with the keys has it: also under a master key that came since."""
    psql.write(KEYS_COME.encode())
    for piece in both.wrapped():
        psql.write(piece)
    psql.write(COPY_ENDS)
    for table in _keyed(both):
        psql.write(sql.SQL(KEY_BACK).format(sql.Identifier(table), sql.Literal(table)).as_bytes())


def _keyed(both: Tried) -> list[str]:
    """The tables that hold data keys; the others whose columns are told are those in parts."""
    return [table for table, columns in both.data.columns.items() if "data_key" in columns]


def _without_key(both: Tried) -> str:
    """Who has none in a newer half was erased meanwhile: marked, to be erased as any account; other rows go at once."""
    if both.keys.id == both.data.id:
        checks = (_count(table, f"public.{_quoted(table)} WHERE data_key = ''", 0) for table in _keyed(both))
        return f"DO $$ DECLARE had bigint; BEGIN\n{''.join(checks)}END $$;\n"
    others = (table for table in _keyed(both) if table != RESIDENTS)
    return "".join(sql.SQL(ROW_GOES).format(sql.Identifier(table)).as_string() for table in others) + MARKED


def _counted(rows: Mapping[str, int]) -> str:
    checks = (_count(table, f"public.{_quoted(table)}", many) for table, many in rows.items())
    return f"DO $$ DECLARE had bigint; BEGIN\n{''.join(checks)}END $$;\n"


def _count(table: str, rows: str, wanted: int) -> str:
    """The names are those of our own tables, from a manifest that was sealed."""
    told = f"RAISE EXCEPTION '{table}: % rows where {int(wanted)} are due', had"
    return f"SELECT count(*) INTO had FROM {rows}; IF had <> {int(wanted)} THEN {told}; END IF;\n"  # noqa: S608


def _quoted(name: str) -> str:
    return sql.Identifier(name).as_string()
