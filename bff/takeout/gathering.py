"""Row after row of what is hers, opened with the keys it lies under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.accounts.holdings import Holding, holdings
from bff.identity.keys import DataKey, KeyRing, Unreadable, WrappedKey
from bff.identity.residents import Resident
from bff.school import store as schools
from bff.takeout.tables import Given, tables
from life_events import Text

ENDINGS: Final = {b"%PDF": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"PK": "zip", b"<?xml": "xml"}
OWNER: Final = ("resident", "represented", "who", "owner", "given_by")


@dataclass(frozen=True)
class Section:
    """One table; `until`: until when something of it stays after an erasure, `stays` what and why, None: nothing."""

    table: str
    title: Text
    rows: Sequence[Mapping[str, Any]]
    withheld: Text | None
    stays: Text | None
    until: date | None


@dataclass(frozen=True)
class Gathered:
    sections: Sequence[Section]
    files: Mapping[str, bytes]


async def gather(conn: AsyncConnection, me: Resident, keys: KeyRing, *, ward: str | None = None) -> Gathered:
    """`ward`: only what is that ward's or nobody's in particular, for its officials (house door)."""
    sections, files = [], dict[str, bytes]()
    for table, held in holdings().items():
        given = tables()[table]
        rows = [] if given.never else await _rows(conn, me.id, table, held, given)
        told = []
        for row in rows:
            if ward is None or row.get("ward") in (None, ward):
                told.append(await _opened(conn, me, keys, table, given, row, files))
        until = _until(held, rows)
        sections.append(Section(table, given.title, told, given.withheld, held.stays if until else None, until))
    return Gathered(sections, files)


async def _rows(
    conn: AsyncConnection, me: UUID, table: str, held: Holding, given: Given
) -> Sequence[Mapping[str, Any]]:
    """The names are those of our own files."""
    query = given.rows or f"SELECT * FROM {table} WHERE {held.column} = :resident"  # noqa: S608
    return [dict(row) for row in (await conn.execute(text(query), {"resident": me})).mappings()]


async def _opened(
    conn: AsyncConnection,
    me: Resident,
    keys: KeyRing,
    table: str,
    given: Given,
    row: Mapping[str, Any],
    files: dict[str, bytes],
) -> Mapping[str, Any]:
    key = await _key(conn, me, keys, given, row)
    hidden = {*given.leave, *given.sealed, *given.files, *OWNER}
    told = {name: value for name, value in row.items() if name not in hidden}
    for name, kind in given.sealed.items():
        if row.get(name) and (plain := _plain(key, kind, row, name)) is not None:
            told[name] = _read(plain)
    for name, kind in given.files.items():
        if row.get(name) and (plain := _plain(key, kind, row, name)) is not None:
            told[name] = f"files/{table}-{len(files) + 1}-{name}.{_ending(plain)}"
            files[told[name]] = plain
    return told


async def _key(
    conn: AsyncConnection, me: Resident, keys: KeyRing, given: Given, row: Mapping[str, Any]
) -> DataKey | None:
    if given.key == "own":
        return keys.open(row["id"], WrappedKey(row["key_id"], row["data_key"]))
    if given.key == "school":
        school = await schools.school_of(conn, row["ward"], row["school"], keys)
        return school.key if school else None
    return me.key


def _plain(key: DataKey | None, kind: str, row: Mapping[str, Any], name: str) -> bytes | None:
    """None: it lies under the key of the other person it is about, and is hers or his to take."""
    try:
        return key.open(kind.format(**row), row[name]) if key else None
    except Unreadable:
        return None


def _read(plain: bytes) -> Any:
    try:
        return msgspec.json.decode(plain)
    except msgspec.DecodeError:
        return plain.decode()


def _ending(content: bytes) -> str:
    return next((ending for begins, ending in ENDINGS.items() if content.startswith(begins)), "bin")


def _until(held: Holding, rows: Sequence[Mapping[str, Any]]) -> date | None:
    if held.hold is None or not held.hold.days:
        return None
    moments = [at for row in rows if isinstance(at := row.get(held.hold.since), datetime)]
    return (max(moments) + timedelta(days=held.hold.days)).date() if moments else None
