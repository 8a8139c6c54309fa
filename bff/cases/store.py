"""Statements over cases; every function takes the ward or the case it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, case, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications.application import Application
from bff.cases.case import Case, Checked
from bff.cases.tables import case_log, cases

NOTE = "case note"
"""The kind under which what officials write is sealed with her key."""


@dataclass(frozen=True)
class Actor:
    """Who does something to a case; `id` None: the house by the rule."""

    id: UUID | None
    name: str


@dataclass(frozen=True)
class Only:
    """What the queue is narrowed to; empty: everything open. `state` `closed` shows what is over, the newest first."""

    procedure: str = ""
    state: str = ""
    claimed_by: UUID | None = None
    unclaimed: bool = False


@dataclass(frozen=True)
class Line:
    at: datetime
    by_name: str
    act: str
    body: bytes | None


async def arrive(
    conn: AsyncConnection, sent: Application, *, due: date | None, risks: Sequence[str], now: datetime
) -> bool:
    """House door; once for each application."""
    values = {"application": sent.id, "resident": sent.resident, "ward": sent.ward, "procedure": sent.procedure}
    values |= {"receipt_number": sent.receipt_number, "arrived_at": now, "due": due, "risks": list(risks)}
    values |= {"channel": sent.channel}
    new = upsert(cases).values(**values, state="open").on_conflict_do_nothing()
    return (await conn.execute(new.returning(cases.c.application))).first() is not None


async def of(conn: AsyncConnection, application: UUID) -> Case | None:
    """House door."""
    row = (await conn.execute(select(cases).where(cases.c.application == application))).first()
    return _case(row) if row else None


async def one(conn: AsyncConnection, ward: str, application: UUID) -> Case | None:
    mine = select(cases).where(cases.c.ward == ward, cases.c.application == application)
    row = (await conn.execute(mine)).first()
    return _case(row) if row else None


async def queue(conn: AsyncConnection, ward: str, only: Only, *, most: int) -> Sequence[Case]:
    """The first due first; what is over, the newest first."""
    found = select(cases).where(cases.c.ward == ward)
    found = found.where(cases.c.state == only.state if only.state else cases.c.state != "closed")
    if only.procedure:
        found = found.where(cases.c.procedure == only.procedure)
    if only.claimed_by is not None:
        found = found.where(cases.c.claimed_by == only.claimed_by)
    if only.unclaimed:
        found = found.where(cases.c.claimed_by.is_(None))
    newest = only.state == "closed"
    order = (cases.c.closed_at.desc(),) if newest else (cases.c.due.nulls_last(), cases.c.arrived_at)
    return [_case(row) for row in await conn.execute(found.order_by(*order, cases.c.application).limit(most))]


async def change(conn: AsyncConnection, found: Case, **values: Any) -> bool:
    """False: somebody has done something to it since `found` was read; then nothing is done."""
    as_read = (cases.c.application == found.application, cases.c.version == found.version)
    done = update(cases).where(*as_read, cases.c.ward == found.ward).values(**values, version=cases.c.version + 1)
    return (await conn.execute(done)).rowcount == 1


async def keep_checked(
    conn: AsyncConnection, application: UUID, checked: Checked, risks: Sequence[str], *, sampled: bool
) -> None:
    """House door; no act of anybody's, so the version stays."""
    values = {"checked": msgspec.to_builtins(checked), "risks": list(risks), "sampled": sampled}
    await conn.execute(update(cases).where(cases.c.application == application).values(**values))


async def keep_handover(conn: AsyncConnection, application: UUID, **values: Any) -> None:
    """House door."""
    named = {f"handover_{name}" if name != "state" else "handover": value for name, value in values.items()}
    await conn.execute(update(cases).where(cases.c.application == application).values(**named))


async def takes_up_handover(conn: AsyncConnection, application: UUID) -> bool:
    """House door. Whether it had failed, and now waits to be tried again."""
    failed = update(cases).where(cases.c.application == application, cases.c.handover == "failed")
    return bool((await conn.execute(failed.values(handover="waiting", handover_fault=None))).rowcount)


async def write(
    conn: AsyncConnection, found: Case, act: str, *, by: Actor, now: datetime, body: bytes | None = None
) -> None:
    """A line of the case's own log, which its resident's history does not show."""
    line = {"application": found.application, "resident": found.resident, "ward": found.ward, "at": now}
    await conn.execute(insert(case_log).values(**line, by=by.id, by_name=by.name, act=act, body=body))


async def log_of(conn: AsyncConnection, found: Case) -> Sequence[Line]:
    rows = await conn.execute(
        select(case_log.c.at, case_log.c.by_name, case_log.c.act, case_log.c.body)
        .where(case_log.c.application == found.application, case_log.c.ward == found.ward)
        .order_by(case_log.c.id)
    )
    return [Line(*row) for row in rows]


async def share(conn: AsyncConnection, ward: str, since: datetime) -> tuple[int, int]:
    """Of the decisions since then: how many the rule made alone, and how many there were."""
    decided = (cases.c.ward == ward, cases.c.closed_at >= since, cases.c.outcome.in_(("decided", "rejected")))
    alone = func.coalesce(func.sum(case((cases.c.automatic, 1), else_=0)), 0)
    row = (await conn.execute(select(alone, func.count()).where(*decided))).one()
    return int(row[0]), int(row[1])


_FIELDS = tuple(one.name for one in fields(Case))


def _case(row: Row[Any]) -> Case:
    values = {name: getattr(row, name) for name in _FIELDS}
    checked = msgspec.convert(row.checked, Checked, strict=False) if row.checked is not None else None
    return Case(**values | {"risks": tuple(row.risks), "checked": checked})
