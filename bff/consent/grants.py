"""Grants and the readings that rest on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Update, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.consent.tables import grants as rows
from bff.errors import Denied
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Why
from bff.exchange.texts import why_text
from bff.questions import Question

BASIS = "consent"
PREFILL: Final = "prefill"
"""A second purpose of a source of home: what it told also fills in forms. It reads nothing more."""


@dataclass(frozen=True)
class Grant:
    """One source and purpose; `text_version` names the wording she agreed to."""

    source: str
    purpose: str
    text_version: str
    given_at: datetime
    id: UUID


async def give(
    conn: AsyncConnection,
    resident: UUID,
    source: str,
    *,
    purpose: str,
    text_version: str,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Her yes for one source and purpose; nothing changes while an earlier one still holds."""
    yes = insert(rows).values(
        id=new_id(), resident=resident, source=source, purpose=purpose, text_version=text_version, given_at=now
    )
    await conn.execute(
        yes.on_conflict_do_nothing(
            index_elements=[rows.c.resident, rows.c.source, rows.c.purpose], index_where=rows.c.ended_at.is_(None)
        )
    )


async def end(conn: AsyncConnection, resident: UUID, source: str, now: datetime) -> None:
    """Her no: from now on the source is not read, and fills in no form either."""
    await conn.execute(_holding(resident, source, rows.c.purpose != PREFILL).values(ended_at=now))
    await end_prefill(conn, resident, source, now)  # after it: sees a yes that came while this waited for `still_holds`


async def end_prefill(conn: AsyncConnection, resident: UUID, source: str, now: datetime) -> None:
    """Her no to filling in alone: the source is read as before."""
    await conn.execute(_holding(resident, source, rows.c.purpose == PREFILL).values(ended_at=now))


def _holding(resident: UUID, source: str, purpose: ColumnElement[bool]) -> Update:
    return update(rows).where(rows.c.resident == resident, rows.c.source == source, rows.c.ended_at.is_(None), purpose)


async def granted(conn: AsyncConnection, resident: UUID) -> Mapping[str, Grant]:
    """The grants that hold now and let a source be read, by source."""
    return await _held(conn, resident, rows.c.purpose != PREFILL)


async def prefilling(conn: AsyncConnection, resident: UUID) -> Mapping[str, Grant]:
    """The grants that hold now and let what was told fill in forms, by source."""
    return await _held(conn, resident, rows.c.purpose == PREFILL)


@cache
def filling() -> Question:
    """The sources whose grants to fill in forms hold now; asked with `whose`."""
    return Question(
        select(rows.c.source).where(
            rows.c.resident == bindparam("whose"), rows.c.ended_at.is_(None), rows.c.purpose == PREFILL
        )
    )


async def _held(conn: AsyncConnection, resident: UUID, purpose: ColumnElement[bool]) -> Mapping[str, Grant]:
    holding = select(rows.c.source, rows.c.purpose, rows.c.text_version, rows.c.given_at, rows.c.id).where(
        rows.c.resident == resident, rows.c.ended_at.is_(None), purpose
    )
    return {row.source: Grant(*row) for row in await conn.execute(holding)}


async def stopped(conn: AsyncConnection, resident: UUID) -> Mapping[str, datetime]:
    """When she last said no to its being read, by source, whether or not she has said yes since."""
    ended = select(rows.c.source, func.max(rows.c.ended_at).label("at")).where(
        rows.c.resident == resident, rows.c.ended_at.is_not(None), rows.c.purpose != PREFILL
    )
    return {row.source: row.at for row in await conn.execute(ended.group_by(rows.c.source))}


async def still_holds(conn: AsyncConnection, resident: UUID, source: str) -> bool:
    """Whether her yes to its being read holds, and it does until this transaction ends: a no meanwhile waits for it."""
    mine = (rows.c.resident == resident, rows.c.source == source, rows.c.ended_at.is_(None))
    held = select(rows.c.id).where(*mine, rows.c.purpose != PREFILL)
    return await conn.scalar(held.with_for_update(read=True)) is not None


def reading(held: Mapping[str, Grant], resident: UUID, source: str, subject: Subject) -> Reading:
    """The reading that rests on a held grant; raises `Denied` when there is none (ended, or never given)."""
    if source not in held:
        raise Denied(why_text(Why.REFUSED))
    grant = held[source]
    return Reading(subject=subject, purpose=grant.purpose, basis=BASIS, resident=resident, granted=grant.id)
