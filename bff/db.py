"""The one database: three doors into it, and promises that are rows.

Row-level security asks which door a transaction came through (`app.door`, `app.resident`, `app.ward`, `app.school`),
so a statement that forgets its WHERE still sees only one resident's, one ward's or one school's rows.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.errors import UniqueViolation
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as SlowPool
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bff import tracing
from bff.questions import Asked, Rows, answers

_DOOR: Final = text(
    "SELECT set_config('app.door', :door, true), set_config('app.resident', :resident, true),"
    " set_config('app.ward', :ward, true), set_config('app.school', :school, true)"
)
_DEFER: Final = text(
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(:queue, :task, :priority, :lock, :once, CAST(:args AS jsonb),"
    " CAST(:at AS timestamptz))::procrastinate_job_to_defer_v1])"
)
_DEFER_MANY: Final = text(
    "SELECT procrastinate_defer_jobs_v1(array_agg(ROW(:queue, :task, :priority, NULL, NULL, args, NULL)"
    "::procrastinate_job_to_defer_v1)) FROM jsonb_array_elements(CAST(:each AS jsonb)) AS args HAVING count(*) > 0"
)
_WAITING: Final = text("SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = :once AND status = 'todo' LIMIT 1")
_OLDEST: Final = text("""
    SELECT least(
        (SELECT made.at FROM procrastinate_jobs AS job JOIN procrastinate_events AS made ON made.job_id = job.id
            WHERE job.status = 'todo' AND job.attempts = 0 AND job.scheduled_at IS NULL AND made.type = 'deferred'
            ORDER BY job.id LIMIT 1),
        (SELECT min(scheduled_at) FROM procrastinate_jobs
            WHERE status = 'todo' AND attempts = 0 AND scheduled_at <= :now)
    )
""")
_ONCE: Final = "procrastinate_jobs_queueing_lock_idx_v1"
"""Says that only one of a name waits."""


AWAY: Final = (OperationalError, InterfaceError, SlowPool)
"""What a database that is away, too busy to be had, or out of room raises: nothing was committed."""
AGAIN: Final = 5
"""Seconds after which a door lets it be tried again."""


class Database:
    """Opens transactions; each commits when its block ends and rolls back when it raises."""

    def __init__(self, engine: AsyncEngine, often: AsyncEngine) -> None:
        """`often`: its connections are lent to what nearly every request asks, and for nothing longer than that."""
        self._engine, self._often = engine, often

    def house(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Sees every row: for jobs, login and the migrations' seeds, never for a request's own answer."""
        return self._through("house")

    def resident(self, resident: UUID) -> AbstractAsyncContextManager[AsyncConnection]:
        """Sees one resident's rows."""
        return self._through("resident", resident=str(resident))

    def ward(self, code: str, school: str | None = None) -> AbstractAsyncContextManager[AsyncConnection]:
        """Sees one ward's rows, with `school` only that school's; `code` is the 6-digit 全国地方公共団体コード."""
        if not code or school == "":
            raise ValueError("a ward's transaction needs the ward's code, a school's its name")
        return self._through("ward", ward=code, school=school or "")

    async def answers(self, *asked: Asked, resident: UUID | None = None) -> Sequence[Rows]:
        """The rows of each in one round trip, seen through the resident's own door or (None) the house's."""
        return await answers(self._often, asked, resident)

    async def close(self) -> None:
        await self._engine.dispose()
        await self._often.dispose()

    @asynccontextmanager
    async def _through(
        self, door: str, resident: str = "", ward: str = "", school: str = ""
    ) -> AsyncIterator[AsyncConnection]:
        async with self._engine.begin() as conn:
            await conn.execute(_DOOR, {"door": door, "resident": resident, "ward": ward, "school": school})
            yield conn


def connect(url: str, pool_size: int) -> Database:
    """A `Database` at a `postgresql://` address, by psycopg 3."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_async_engine(
        address, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True, hide_parameters=True
    )
    often = create_async_engine(
        address, pool_size=pool_size, max_overflow=0, pool_reset_on_return=None, hide_parameters=True
    )
    return Database(engine, often)


async def defer(
    conn: AsyncConnection,
    task: str,
    *,
    args: Mapping[str, object],
    at: datetime | None = None,
    lock: str | None = None,
    once: str | None = None,
    priority: int = 0,
) -> None:
    """Promise a job in the caller's own transaction: it exists exactly if the data beside it does.

    Jobs under one `lock` run one after another, a higher `priority` first. The runner lets the others wait even for one
    that is due later, and so one that is has a lower priority than those that may run now: it is waited for by none.

    `once` names a job of which only one may wait at a time; a second promise is then dropped, also that of a
    transaction that cannot see the first one yet: it waits for it to end.
    """
    behind = at is not None and lock is not None
    told = {"queue": "house", "task": task, "priority": priority - behind, "lock": lock, "once": once, "at": at}
    told["args"] = _arguments(args)
    if once is None:
        await conn.execute(_DEFER, told)
    elif (await conn.execute(_WAITING, {"once": once})).first() is None:
        try:
            async with conn.begin_nested():
                await conn.execute(_DEFER, told)
        except IntegrityError as twice:
            if not isinstance(twice.orig, UniqueViolation) or twice.orig.diag.constraint_name != _ONCE:
                raise


async def defer_many(
    conn: AsyncConnection, task: str, each: Sequence[Mapping[str, object]], *, priority: int = 0
) -> None:
    """Promise one job for each of the arguments, in the caller's transaction; a higher `priority` goes first."""
    values = {"queue": "house", "task": task, "priority": priority, "each": f"[{','.join(map(_arguments, each))}]"}
    await conn.execute(_DEFER_MANY, values)


async def oldest_due(conn: AsyncConnection, now: datetime) -> datetime | None:
    """Since when the oldest promise that nobody has taken up yet might have been; those that are tried again do not
    count. None: there is none."""
    found: datetime | None = await conn.scalar(_OLDEST, {"now": now})
    return found


def _arguments(args: Mapping[str, object]) -> str:
    """As JSON, with the trace under which it is promised."""
    trace = tracing.carried()
    return json.dumps({**args, tracing.CARRIED: trace} if trace else dict(args))
