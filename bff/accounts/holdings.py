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


class Holding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`why` something is kept after an erasure; never empty where it is."""

    merge: Literal["move", "drop", "code", "kept"]
    erase: Literal["delete", "goes", "code", "kept"]
    column: str = "resident"
    why: str = ""


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


async def move_all(conn: AsyncConnection, was: UUID, into: UUID) -> None:
    """What moves to the account that stays, and what it has its own of (house door)."""
    for table, holding in holdings().items():
        if holding.merge == "drop":
            await conn.execute(_deletion(table, holding), {"resident": was})
        elif holding.merge == "move":
            moved = f"UPDATE {table} SET {holding.column} = :into WHERE {holding.column} = :was"  # noqa: S608 - ours
            await conn.execute(text(moved), {"into": into, "was": was})


def _deletion(table: str, holding: Holding) -> TextClause:
    """The names are those of our own file."""
    return text(f"DELETE FROM {table} WHERE {holding.column} = :resident")  # noqa: S608
