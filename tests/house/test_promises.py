"""A job promised once, by two at the same moment."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bff import db as database
from bff.db import Database

WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
KEPT = "INSERT INTO contacts (resident, language, kept_at) VALUES (gen_random_uuid(), 'ja', now())"


async def test_of_two_who_promise_the_same_at_once_both_keep_what_is_theirs_and_the_job_waits_once(
    db: Database,
) -> None:
    async def second() -> None:
        async with db.house() as conn:
            await conn.execute(text(KEPT))
            await database.defer(conn, "knock", args={"by": "second"}, once="door")
            await database.defer(conn, "knock", args={"by": "second"}, once="window")

    async with db.house() as first:
        await first.execute(text(KEPT))
        await database.defer(first, "knock", args={"by": "first"}, once="door")
        other = asyncio.create_task(second())
        async with db.house() as onlooker:
            while not (await onlooker.execute(text(WAITS))).scalar_one():
                assert not other.done(), "the second does not wait for the first to end"
                await asyncio.sleep(0.01)
    await other
    async with db.house() as conn:
        jobs = text("SELECT queueing_lock, args->>'by' FROM procrastinate_jobs WHERE task_name = 'knock' ORDER BY id")
        assert [tuple(row) for row in await conn.execute(jobs)] == [("door", "first"), ("window", "second")]
        assert (await conn.execute(text("SELECT count(*) FROM contacts"))).scalar_one() == 2


async def test_another_fault_of_a_promise_is_still_told(db: Database) -> None:
    async with db.house() as conn:
        await conn.execute(text("CREATE UNIQUE INDEX one_knock ON procrastinate_jobs (task_name)"))
        await database.defer(conn, "knock", args={}, once="door")
        with pytest.raises(IntegrityError, match="one_knock"):
            await database.defer(conn, "knock", args={}, once="window")
        await conn.execute(text("DROP INDEX one_knock"))
