"""What is told with the counters as the database has it: the same from every process, so that one of them is enough."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from prometheus_client import Gauge
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.db import oldest_due
from notifications import counting

LATELY: Final = timedelta(hours=24)
MOST_BROADCASTS: Final = 20
_SAME: Final = " (of the whole house; the same from every process)"
_JOBS: Final = text("""
    SELECT task_name, status::text, count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')
    GROUP BY task_name, status
""")
JOBS: Final = Gauge("kurashimado_jobs", "Jobs by task and state: todo, doing, failed" + _SAME, ["task", "state"])
OLDEST: Final = Gauge(
    "kurashimado_oldest_job_seconds", "How long the oldest job that is due has not been begun" + _SAME
)
BROADCASTS: Final = Gauge(
    "kurashimado_broadcast_people",
    "Of each broadcast of the last day, emergencies first: recipients, opened, opened in five minutes, waiting" + _SAME,
    ["broadcast", "ward", "kind", "what"],
)


async def read(conn: AsyncConnection, now: datetime) -> None:
    """House door."""
    JOBS.clear()
    for task, state, count in await conn.execute(_JOBS):
        JOBS.labels(task, state).set(count)
    due = await oldest_due(conn, now)
    OLDEST.set(0 if due is None else max(0.0, (now - due).total_seconds()))
    BROADCASTS.clear()
    for one in await counting.lately(conn, now - LATELY, MOST_BROADCASTS):
        told = {"recipients": one.recipients, "opened": one.opened, "in_time": one.in_time, "waiting": one.waiting}
        for what, people in told.items():
            BROADCASTS.labels(str(one.id), one.ward, one.kind, what).set(people)
