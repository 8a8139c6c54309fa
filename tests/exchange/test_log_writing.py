"""Entries that come at once are kept at once, each before its caller goes on, and none suffers for another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import cast
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.db import Database
from bff.exchange.log_writing import LogWriter
from bff.exchange.message_log import Entry
from tests.exchange.test_message_log import ROW


class Counted:
    """The house's door to the database, and how often it was opened."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.opened = 0

    @asynccontextmanager
    async def house(self) -> AsyncIterator[AsyncConnection]:
        self.opened += 1
        async with self._db.house() as conn:
            yield conn


def entries(number: int) -> list[Entry]:
    return [replace(ROW, message=uuid4(), took_ms=took) for took in range(number)]


async def kept(db: Database) -> list[int]:
    async with db.house() as conn:
        return list((await conn.execute(text("SELECT took_ms FROM exchange_log ORDER BY id"))).scalars())


async def test_forty_at_once_are_kept_in_two_transactions_in_their_order(db: Database) -> None:
    door = Counted(db)
    log = LogWriter(cast(Database, door)).keep
    first, *rest = entries(40)
    begun = asyncio.create_task(log(first))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.gather(*(log(entry) for entry in rest))
    await begun
    assert (door.opened, await kept(db)) == (2, list(range(40)))


async def test_an_entry_is_there_when_its_caller_goes_on(db: Database) -> None:
    log = LogWriter(db).keep
    for number, entry in enumerate(entries(3)):
        await log(entry)
        assert await kept(db) == list(range(number + 1))


async def test_one_that_the_database_refuses_takes_no_other_with_it(db: Database) -> None:
    log, some = LogWriter(db).keep, entries(5)
    some[2] = replace(some[2], took_ms=1 << 40)
    told = await asyncio.gather(*(log(entry) for entry in some), return_exceptions=True)
    assert [isinstance(one, SQLAlchemyError) for one in told] == [False, False, True, False, False]
    assert await kept(db) == [0, 1, 3, 4]
    await log(replace(ROW, took_ms=9))
    assert (await kept(db))[-1] == 9


async def test_one_that_cannot_even_be_written_down_takes_no_other_with_it(db: Database) -> None:
    log, some = LogWriter(db).keep, entries(5)
    some[3] = replace(some[3], issue="\udcff")
    told = await asyncio.gather(*(log(entry) for entry in some), return_exceptions=True)
    assert [type(one) for one in told] == [type(None)] * 3 + [UnicodeEncodeError] + [type(None)]


async def test_a_caller_that_went_away_is_in_the_log_all_the_same(db: Database) -> None:
    log = LogWriter(db).keep
    gone, stays = (asyncio.create_task(log(entry)) for entry in entries(2))
    await asyncio.sleep(0)
    gone.cancel()
    await stays
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert await kept(db) == [0, 1]


class Shut:
    """A database that cannot be reached, and how often it was tried."""

    def __init__(self, wrong: Exception) -> None:
        self._wrong = wrong
        self.tried = 0

    @asynccontextmanager
    async def house(self) -> AsyncIterator[AsyncConnection]:
        self.tried += 1
        await asyncio.sleep(0)
        raise self._wrong
        yield


@pytest.mark.parametrize(
    "wrong",
    [
        OperationalError("SELECT 1", {}, Exception("server closed the connection")),
        InterfaceError("SELECT 1", {}, Exception("connection already closed")),
        NoConnection("QueuePool limit reached"),
    ],
)
async def test_while_the_database_is_not_to_be_had_all_that_wait_are_told_at_once(wrong: Exception) -> None:
    door = Shut(wrong)
    log = LogWriter(cast(Database, door)).keep
    told = await asyncio.gather(*(log(entry) for entry in entries(40)), return_exceptions=True)
    assert ([one is wrong for one in told], door.tried) == ([True] * 40, 1)
