"""The log in the database: an entry is kept before its caller goes on, and those that come at once are kept at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from bff.exchange.message_log import Entry, write

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bff.db import Database

MOST: Final = 500
"""Entries in one transaction."""
_AGAINST_ALL: Final = (OperationalError, InterfaceError, NoConnection, OSError)
"""The database itself is not to be had: to try each entry alone would only wait for it as many times."""


Kept = Callable[["AsyncConnection", Sequence[Entry]], Awaitable[None]]


class LogWriter:
    """Whatever comes while a transaction is under way goes into the next one together: a transaction a call would be
    the dearest part of it. An entry is kept even when its caller has gone away meanwhile."""

    def __init__(self, db: Database, kept: Kept | None = None) -> None:
        """`kept`: hears of entries in the transaction that keeps them; None: nobody does."""
        self._db, self._kept = db, kept
        self._waiting: list[tuple[Entry, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, entry: Entry) -> None:
        """Returns when it is kept; raises what the database says against this very entry, or against all."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, kept))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await kept

    async def _write(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._write_some(some)
        finally:
            self._writing = None

    async def _write_some(self, some: Sequence[tuple[Entry, asyncio.Future[None]]]) -> None:
        try:
            async with self._db.house() as conn:
                entries = [entry for entry, _ in some]
                await write(conn, *entries)
                if self._kept is not None:
                    await self._kept(conn, entries)
        except Exception as wrong:
            if len(some) == 1 or isinstance(wrong, _AGAINST_ALL):
                for _, kept in some:
                    _told(kept, wrong)
            else:
                for one in some:
                    await self._write_some([one])
        except BaseException:
            for _, kept in some:
                kept.cancel()
            raise
        else:
            for _, kept in some:
                _told(kept, None)


def _told(kept: asyncio.Future[None], wrong: Exception | None) -> None:
    if kept.done():
        return
    if wrong is None:
        kept.set_result(None)
    else:
        kept.set_exception(wrong)
