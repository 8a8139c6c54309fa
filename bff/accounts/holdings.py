"""What the house holds of a resident, table by table: `holdings.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal
from uuid import UUID

import msgspec
from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.residents import Resident
from life_events import Text


class Hold(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"hangs_on": "with"}):
    """`days` from the moment in `since`; or as long as the row of the table `hangs_on`."""

    days: int = 0
    since: str = ""
    hangs_on: str = ""


class Holding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`why` something is kept after an erasure; never empty where it is. `sealed`: of what moves, each column that lies
    under her key and the kind it is sealed as, in which `{id}` is the row's; `plain`: other columns of bytes.
    `hold`: for how long what stays is kept, `stays`: how she is told so."""

    merge: Literal["move", "drop", "code", "kept"]
    erase: Literal["delete", "goes", "code", "kept"]
    column: str = "resident"
    why: str = ""
    sealed: Mapping[str, str] = {}
    plain: tuple[str, ...] = ()
    hold: Hold | None = None
    stays: Text | None = None


@cache
def holdings() -> Mapping[str, Holding]:
    """By table; raises `msgspec.ValidationError`."""
    read = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return msgspec.convert(read, dict[str, Holding])


async def delete_all(conn: AsyncConnection, resident: UUID) -> None:
    """The tables that nothing else takes along (house door)."""
    for table, holding in holdings().items():
        if holding.erase == "delete":
            await conn.execute(_deletion(table, holding), {"resident": resident})


async def move_all(conn: AsyncConnection, goes: Resident, stays: Resident) -> None:
    """What moves to the account that stays, under its key, and what that has its own of (house door)."""
    was, into = goes.id, stays.id
    for table, holding in holdings().items():
        if holding.merge == "drop":
            await conn.execute(_deletion(table, holding), {"resident": was})
        elif holding.merge == "move":
            for column, kind in holding.sealed.items():
                await _reseal(conn, (table, holding.column), (column, kind), goes, stays)
            moved = f"UPDATE {table} SET {holding.column} = :into WHERE {holding.column} = :was"  # noqa: S608 - ours
            await conn.execute(text(moved), {"into": into, "was": was})


async def _reseal(
    conn: AsyncConnection, whose: tuple[str, str], sealed: tuple[str, str], goes: Resident, stays: Resident
) -> None:
    """The names are those of our own file."""
    (table, owner), (column, kind) = whose, sealed
    lying = text(f"SELECT id, {column} AS sealed FROM {table} WHERE {owner} = :resident AND {column} IS NOT NULL")  # noqa: S608
    put = text(f"UPDATE {table} SET {column} = :sealed WHERE id = :id")  # noqa: S608
    for row in (await conn.execute(lying, {"resident": goes.id})).all():
        named = kind.format(id=row.id)
        again = stays.key.seal(named, goes.key.open(named, row.sealed))
        await conn.execute(put, {"sealed": again, "id": row.id})


def _deletion(table: str, holding: Holding) -> TextClause:
    """The names are those of our own file."""
    return text(f"DELETE FROM {table} WHERE {holding.column} = :resident")  # noqa: S608
