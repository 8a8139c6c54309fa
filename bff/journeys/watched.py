"""Around every job: it is counted and timed by its task, goes on under the trace it was promised in, and what it logs
says whose it is."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from procrastinate import JobContext
from procrastinate.worker import Worker

from bff import told, tracing
from bff.watch import JOB_SECONDS, JOBS

Watched = Callable[[Callable[[], Awaitable[Any]], JobContext, Worker], Awaitable[Any]]


def watched(secret: bytes) -> Watched:
    """For the job runner; `secret`: under which the log's pseudonyms are made."""

    async def around(go_on: Callable[[], Awaitable[Any]], context: JobContext, _: Worker) -> Any:
        job = context.job
        under = job.task_kwargs.pop(tracing.CARRIED, None)
        outcome, began = "failed", time.perf_counter()
        with (
            told.under_way(told.Told(f"job-{job.id}", job.task_name)),
            tracing.span(
                job.task_name,
                "promised",
                {key: str(value) for key, value in under.items()} if isinstance(under, dict) else None,
            ),
        ):
            _is_of(job.task_kwargs.get("resident"), secret)
            try:
                done = await go_on()
                outcome = "done"
                return done
            finally:
                JOBS.labels(job.task_name, outcome).inc()
                JOB_SECONDS.labels(job.task_name).observe(time.perf_counter() - began)

    return around


def _is_of(resident: object, secret: bytes) -> None:
    try:
        told.is_of(UUID(str(resident)), secret)
    except ValueError:
        return
