"""Statements that nearly every request asks: compiled once, prepared by the driver, several in one round trip.

SQLAlchemy writes them and keeps the connections; between the two the driver alone is spoken to, which a home of three
statements was seen to take a quarter of the time for (infra/decisions/0056).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy import ClauseElement
from sqlalchemy.dialects.postgresql.psycopg import dialect
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

_DIALECT: Final = dialect()  # type: ignore[no-untyped-call]
_DOOR: Final = (
    "SELECT set_config('app.door', %(door)s, true), set_config('app.resident', %(resident)s, true),"
    " set_config('app.ward', '', true), set_config('app.school', '', true)"
)


class Question:
    """A statement of SQLAlchemy's as the driver takes it, with the values written in it."""

    def __init__(self, statement: ClauseElement) -> None:
        compiled: Any = statement.compile(dialect=_DIALECT)
        self.sql: Final = str(compiled)
        if compiled.post_compile_params:
            raise ValueError("a list within a statement is given as an array: = any(…)")
        given = [name for bound, name in compiled.bind_names.items() if bound.required]
        self._written: Final[Mapping[str, object]] = compiled.construct_params(dict.fromkeys(given))

    def values(self, given: Mapping[str, object]) -> Mapping[str, object]:
        return {**self._written, **given}


Asked = tuple[Question, Mapping[str, object]]
Rows = Sequence[Any]


async def answers(engine: AsyncEngine, asked: Sequence[Asked], resident: UUID | None) -> Sequence[Rows]:
    """The rows of each, by the names of their columns, seen through her own door, or the house's (None).

    A connection that was lost since it was last used is seen by what is asked: it is asked once more over a new one.
    What the database itself refuses, a statement that takes too long or one connection too many, is refused once.
    """
    pool = engine.pool
    try:
        return await _answers(engine, asked, resident)
    except OperationalError as why:
        if not why.connection_invalidated:
            raise
        if engine.pool is pool:  # whoever lost another of its connections may have put a new one there
            await engine.dispose(close=False)
        return await _answers(engine, asked, resident)


async def _answers(engine: AsyncEngine, asked: Sequence[Asked], resident: UUID | None) -> Sequence[Rows]:
    lost = False
    try:
        lent = await engine.raw_connection()
        conn: Any = lent.driver_connection
        try:
            found = await _in_one(conn, asked, resident)
            lent.close()
            return found
        finally:
            if lent.is_valid:
                lost = conn.broken
                lent.detach()
                await conn.close()
    except psycopg.Error as why:
        raise DBAPIError.instance(
            None, None, why, psycopg.Error, hide_parameters=True, connection_invalidated=lost, dialect=_DIALECT
        ) from why


async def _in_one(conn: psycopg.AsyncConnection[Any], asked: Sequence[Asked], resident: UUID | None) -> Sequence[Rows]:
    whose = {"door": "resident" if resident else "house", "resident": str(resident or "")}
    cursors = [conn.cursor(row_factory=namedtuple_row) for _ in asked]
    async with conn.pipeline():
        await conn.execute(_DOOR, whose, prepare=True)
        for cursor, (question, given) in zip(cursors, asked, strict=True):
            await cursor.execute(question.sql.encode(), question.values(given), prepare=True)
        await conn.commit()
    return [await cursor.fetchall() for cursor in cursors]
