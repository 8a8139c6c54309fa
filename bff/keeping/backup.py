"""`python -m bff backup DIR [--keys DIR]`: everything the house holds, in two halves that are kept apart.

The half with the data (`DIR/data`) is sealed under a key of its own; the data keys of residents, schools and papers are
not in it, they are the other half (`DIR/keys`, or `--keys`). Both open only with the master keys, which are in neither.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

from bff import settings, wiring
from bff.identity.keys import DataKey, KeyRing
from bff.keeping import manifest, postgres
from bff.keeping.manifest import BARE, DATABASE, FILES, KEYS, Manifest, NotThat, Part, Wrapped
from bff.keeping.sealed import PIECE, Sealing
from bff.settings import Settings

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Taken:
    """What a backup was made of."""

    manifest: Manifest
    data: Path
    keys: Path


def main(arguments: list[str]) -> int:
    """The exit status: 0 it is made, 2 it is not, and nothing of it is left."""
    parser = argparse.ArgumentParser(prog="python -m bff backup", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there yet, or empty")
    parser.add_argument("--keys", type=Path, metavar="DIR", help="where the half with the keys goes (DIR/keys)")
    asked = parser.parse_args(arguments)
    chosen = settings.read(os.environ)
    try:
        taken = take(chosen, asked.folder / "data", asked.keys or asked.folder / "keys", wiring.now(), uuid4())
    except (NotThat, OSError) as wrong:
        print(f"kurashimado: no backup was made: {wrong}", file=sys.stderr)
        return 2
    print(_told(taken))
    return 0


def take(chosen: Settings, data: Path, keys: Path, now: datetime, id: UUID) -> Taken:
    """Of one moment, while the house goes on working. Raises `NotThat`, `OSError`; then both folders are gone again."""
    ring = KeyRing(dict(chosen.master_keys), chosen.master_keys[0][0], os.urandom)
    with _fresh(data), _fresh(keys), postgres.connected(chosen.database_url) as conn:
        conn.isolation_level, conn.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        common = _common(conn, chosen, now, id)
        postgres.all_can_be_read(conn)
        keyed, masters = postgres.keyed(conn), Counter[str]()
        wholes, leaves = postgres.parted(conn)
        apart = {**keyed, **wholes}
        rows = postgres.counted(conn)
        key, wrapped = _fresh_key(ring, id)
        parts = [_keys(conn, keys, key, keyed, masters)]
        about = Manifest(half="keys", key=wrapped, parts=_parts(parts), masters=masters, **common)
        manifest.write(keys, about, key)
        key, wrapped = _fresh_key(ring, id)
        parts = [_database(conn, chosen.database_url, data, key, [*keyed, *leaves])]
        parts += [_bare(conn, data, key, table, columns) for table, columns in apart.items()]
        parts.append(_files(chosen.files, data, key))
        about = Manifest(half="data", key=wrapped, parts=_parts(parts), rows=rows, columns=apart, **common)
        manifest.write(data, about, key)
    return Taken(about, data, keys)


def _fresh_key(ring: KeyRing, id: UUID) -> tuple[DataKey, Wrapped]:
    """Of one half, under the newest master key."""
    wrapped = ring.fresh(id)
    return ring.open(id, wrapped), Wrapped(wrapped.key_id, wrapped.wrapped)


def _common(conn: Connection, chosen: Settings, now: datetime, id: UUID) -> dict[str, Any]:
    try:
        migration = _one(conn, "SELECT version_num FROM alembic_version")
    except psycopg.errors.UndefinedTable as wrong:
        raise NotThat("this database is not the house's: it has had no migration") from wrong
    told = {"schema": manifest.SCHEMA, "id": id, "made_at": now, "version": chosen.version, "migration": migration}
    return {**told, "postgres": _one(conn, "SHOW server_version"), "secrets": manifest.secrets_of(chosen)}


def _database(conn: Connection, url: str, folder: Path, key: DataKey, without: Sequence[str]) -> Sealing:
    """`without`: tables whose rows are not taken along, since their keys would be, or since it sees none."""
    left_out = [f"--exclude-table-data=public.{table}" for table in without]
    words = ["--format=custom", "--no-owner", "--no-privileges", "--enable-row-security", "--schema=public"]
    words += [f"--snapshot={_one(conn, 'SELECT pg_export_snapshot()')}", *left_out]
    out = Sealing(folder / DATABASE, key)
    with out, postgres.program("pg_dump", *words, url=url, into=-1) as dump:
        assert dump.stdout is not None
        while piece := dump.stdout.read(PIECE):
            out.write(piece)
    return out


def _bare(conn: Connection, folder: Path, key: DataKey, table: str, columns: Sequence[str]) -> Sealing:
    """The rows of a table that holds data keys, without them; of one in parts, through the whole."""
    chosen = [sql.SQL("''::bytea") if name == "data_key" else sql.Identifier(name) for name in columns]
    wanted = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(sql.SQL(", ").join(chosen), sql.Identifier(table))
    out = Sealing(folder / f"{BARE}.{table}", key)
    with out, conn.cursor() as cursor, cursor.copy(wanted) as copied:
        for piece in copied:
            out.write(bytes(piece))
    return out


def _keys(
    conn: Connection, folder: Path, key: DataKey, keyed: Mapping[str, Sequence[str]], masters: Counter[str]
) -> Sealing:
    """One row a data key, still wrapped: table, id, master key, the key."""
    out = Sealing(folder / KEYS, key)
    with out, conn.cursor() as cursor:
        for table in keyed:
            wanted = sql.SQL("COPY (SELECT {}, id, key_id, data_key FROM {}) TO STDOUT")
            with cursor.copy(wanted.format(sql.Literal(table), sql.Identifier(table))) as copied:
                for piece in copied:
                    out.write(bytes(piece))
            tally = sql.SQL("SELECT key_id, count(*) FROM {} GROUP BY 1").format(sql.Identifier(table))
            masters.update({str(name): int(str(many)) for name, many in conn.execute(tally)})
    return out


def _files(root: Path, folder: Path, key: DataKey) -> Sealing:
    """Files that come and go through the exchange; one that goes while it is read is not missed."""
    out = Sealing(folder / FILES, key)
    with out, tarfile.open(fileobj=cast("Any", out), mode="w|") as tar:
        for path in sorted(root.rglob("*")) if root.is_dir() else []:
            try:
                tar.add(path, arcname=str(path.relative_to(root)), recursive=False)
            except FileNotFoundError:
                continue
    return out


@contextmanager
def _fresh(folder: Path) -> Iterator[None]:
    """For the house alone, and gone again when what was to lie in it could not be made whole."""
    if folder.exists() and any(folder.iterdir()):
        raise NotThat(f"{folder} is not empty")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _parts(written: Sequence[Sealing]) -> dict[str, Part]:
    return {one.name: Part(one.bytes, one.sha256) for one in written}


def _one(conn: Connection, query: str) -> str:
    row = conn.execute(query.encode()).fetchone()
    return str(row[0]) if row else ""


def _told(taken: Taken) -> str:
    made, size = taken.manifest, sum(part.bytes for part in taken.manifest.parts.values())
    return "\n".join(
        [
            f"{taken.data}: {sum(made.rows.values())} rows of {len(made.rows)} tables, {size} bytes, {made.migration}",
            f"{taken.keys}: the data keys. Carry this half to another place: neither is read without the other",
            f"made at {made.made_at.isoformat()}; wants the master key {made.key.key_id} and those of `secrets list`",
        ]
    )
