"""Statements over runs: begun once under a key, stopped, tried again, and how far each recipient is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db
from bff.exchange.ways.flow import Flow
from bff.exchange.ways.tables import flow_deliveries as deliveries
from bff.exchange.ways.tables import flow_runs

DELIVER = "deliver_flow"
Stage = Literal["in", "out"]
State = Literal["waiting", "done", "failed", "stopped"]


@dataclass(frozen=True)
class Run:
    """`ward`: of the official who started it; None: it came round by itself. `content`: what goes out, once known."""

    id: UUID
    flow: str
    ward: str | None
    started_at: datetime
    started_by: str
    content: bytes | None
    application: UUID | None
    stopped_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Delivery:
    """One recipient. `why`: of the last try that failed. `digest`: SHA-512 of what went out or came in."""

    run: UUID
    stage: Stage
    ward: str
    state: State
    tries: int
    why: str | None
    answer: bytes | None
    digest: bytes | None
    at: datetime


_RUN = [flow_runs.c[name] for name in Run.__dataclass_fields__]
_DELIVERY = [deliveries.c[name] for name in Delivery.__dataclass_fields__]


async def begin(conn: AsyncConnection, flow: Flow, run: Run, *, key: str, recipients: Sequence[str]) -> bool:
    """Each recipient a job, all in this transaction; False: a run under this key has begun before."""
    values = {name: getattr(run, name) for name in Run.__dataclass_fields__}
    made = upsert(flow_runs).values(**values, key=key).on_conflict_do_nothing().returning(flow_runs.c.id)
    if (await conn.execute(made)).first() is None:
        return False
    await add(conn, run.id, "in" if flow.collects else "out", recipients, run.started_at)
    return True


async def add(conn: AsyncConnection, run: UUID, stage: Stage, recipients: Sequence[str], now: datetime) -> None:
    fresh = {"run": run, "stage": stage, "state": "waiting", "tries": 0, "at": now}
    await conn.execute(insert(deliveries), [{**fresh, "ward": ward} for ward in recipients])
    await db.defer_many(conn, DELIVER, [{"run": str(run), "stage": stage, "ward": ward} for ward in recipients])


async def one(conn: AsyncConnection, id: UUID, *, hold: bool = False) -> Run | None:
    query = select(*_RUN).where(flow_runs.c.id == id)
    row = (await conn.execute(query.with_for_update() if hold else query)).first()
    return Run(*row) if row else None


async def newest(conn: AsyncConnection, first: int) -> Sequence[Run]:
    """Those the connection's door shows."""
    return [Run(*row) for row in await conn.execute(select(*_RUN).order_by(flow_runs.c.started_at.desc()).limit(first))]


async def deliveries_of(conn: AsyncConnection, run: UUID) -> Sequence[Delivery]:
    mine = select(*_DELIVERY).where(deliveries.c.run == run).order_by(deliveries.c.stage, deliveries.c.ward)
    return [Delivery(*row) for row in await conn.execute(mine)]


async def delivery(conn: AsyncConnection, run: UUID, stage: str, ward: str) -> Delivery | None:
    row = (await conn.execute(select(*_DELIVERY).where(*_mine(run, stage, ward)))).first()
    return Delivery(*row) if row else None


async def settle(
    conn: AsyncConnection,
    of: Delivery,
    state: State,
    now: datetime,
    *,
    why: str | None = None,
    answer: bytes | None = None,
    told: bytes = b"",
) -> None:
    """`told`: what went out or came in, of which the digest stays. What was stopped stays so, unless it is done."""
    values = {"state": state, "tries": of.tries + 1, "why": why, "answer": answer, "at": now}
    digest = hashlib.sha512(told).digest() if told else None
    open_ = ("waiting", "stopped") if state == "done" else ("waiting",)
    mine = (*_mine(of.run, of.stage, of.ward), deliveries.c.state.in_(open_))
    await conn.execute(update(deliveries).where(*mine).values(**values, digest=digest))


async def waiting(conn: AsyncConnection, run: UUID, stage: Stage) -> int:
    mine = (deliveries.c.run == run, deliveries.c.stage == stage, deliveries.c.state == "waiting")
    return await conn.scalar(select(func.count()).where(*mine)) or 0


async def end(conn: AsyncConnection, run: UUID, now: datetime, content: bytes | None = None) -> None:
    values = {"ended_at": now, **({"content": content} if content is not None else {})}
    await conn.execute(update(flow_runs).where(flow_runs.c.id == run).values(**values))


async def keep_content(conn: AsyncConnection, run: UUID, content: bytes) -> None:
    await conn.execute(update(flow_runs).where(flow_runs.c.id == run).values(content=content))


async def stop(conn: AsyncConnection, run: UUID, now: datetime) -> None:
    """Whoever has it keeps it; nobody else gets it."""
    open_ = (flow_runs.c.id == run, flow_runs.c.stopped_at.is_(None), flow_runs.c.ended_at.is_(None))
    await conn.execute(update(flow_runs).where(*open_).values(stopped_at=now, ended_at=now))
    of_a_person = (flow_runs.c.id == run, flow_runs.c.application.is_not(None))
    await conn.execute(update(flow_runs).where(*of_a_person).values(content=b""))
    left = (deliveries.c.run == run, deliveries.c.state == "waiting")
    await conn.execute(update(deliveries).where(*left).values(state="stopped", at=now))


async def try_again(conn: AsyncConnection, run: UUID, now: datetime) -> int:
    """Those that failed, from the beginning; how many there were."""
    failed = (deliveries.c.run == run, deliveries.c.state == "failed")
    again = update(deliveries).where(*failed).values(state="waiting", tries=0, at=now)
    rows = (await conn.execute(again.returning(deliveries.c.stage, deliveries.c.ward))).all()
    if rows:
        await conn.execute(update(flow_runs).where(flow_runs.c.id == run).values(ended_at=None))
        each = [{"run": str(run), "stage": row.stage, "ward": row.ward} for row in rows]
        await db.defer_many(conn, DELIVER, each)
    return len(rows)


async def forget_older(conn: AsyncConnection, before: datetime) -> int:
    return (await conn.execute(delete(flow_runs).where(flow_runs.c.started_at < before))).rowcount


def _mine(run: UUID, stage: str, ward: str) -> tuple[ColumnElement[bool], ...]:
    return (deliveries.c.run == run, deliveries.c.stage == stage, deliveries.c.ward == ward)
