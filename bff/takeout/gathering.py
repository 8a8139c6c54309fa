"""Row after row of what is hers, opened with the keys it lies under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
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
from bff.texts import saying
from life_events import Text

ENDINGS: Final = {b"%PDF": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"PK": "zip", b"<?xml": "xml"}
OWNER: Final = ("resident", "represented", "who", "owner", "given_by")
say = saying(Path(__file__).with_name("texts.toml"))


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
    """`ward`: for whose officials; None: for herself."""

    sections: Sequence[Section]
    files: Mapping[str, bytes]
    ward: str | None


async def gather(conn: AsyncConnection, me: Resident, keys: KeyRing, *, ward: str | None = None) -> Gathered:
    """`ward`: for its officials, only what is that ward's or of an application sent to it (house door). That the rest
    is left out is said of every table alike: whether there is any would tell of another ward."""
    sections, files = [], dict[str, bytes]()
    sent = await _sent_to(conn, me.id, ward)
    for table, held in holdings().items():
        given = tables()[table]
        rows = [] if given.never else await _rows(conn, me.id, table, held, given)
        if ward is not None:
            rows = [row for row in rows if _is_of(ward, sent, row)]
        told = [await _opened(conn, me, keys, table, given, row, files) for row in rows]
        withheld = given.withheld or (None if ward is None else say("withheld"))
        until = _until(held, rows)
        sections.append(Section(table, given.title, told, withheld, held.stays if until else None, until))
    return Gathered(sections, files, ward)


async def _sent_to(conn: AsyncConnection, me: UUID, ward: str | None) -> frozenset[UUID]:
    asked = text("SELECT id FROM applications WHERE resident = :resident AND ward = :ward")
    return frozenset((await conn.execute(asked, {"resident": me, "ward": ward})).scalars())


def _is_of(ward: str, sent: frozenset[UUID], row: Mapping[str, Any]) -> bool:
    """What says neither a ward nor an application is no ward's."""
    if row.get("ward") is not None:
        return bool(row["ward"] == ward)
    return row.get("application") in sent


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
