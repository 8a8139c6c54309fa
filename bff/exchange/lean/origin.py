"""The connections to one origin: kept, lent one question at a time, and opened a few at a time."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from typing import Final

import httpx

from bff.exchange.lean.connection import Connection

Place = tuple[str, str, int]
"""Scheme, host and port."""
MOST: Final = 1024
"""Connections to one origin; each service's lane has a narrower bound of its own."""
OPENED_AT_ONCE: Final = 8
"""A handshake of mutual TLS takes as long as twenty answers: hundreds at once would hold up each other and all else."""
STAYS: Final = 15.0
"""Seconds an idle connection is kept: less than servers keep it, so that it is seldom closed under a question."""
OPENS_WITHIN: Final = 10.0


class Origin:
    """Whoever wants a connection gets the first that is free, whether it was given back or has just been opened.

    Nobody's giving up breaks off an opening that another can use. The newest connection is taken first, so that in
    quiet times the others grow old and go.
    """

    def __init__(self, place: Place, tls: Callable[[], ssl.SSLContext] | None) -> None:
        self._place = place
        self._tls = tls
        self._loop = asyncio.get_running_loop()
        self._idle: deque[Connection] = deque()
        self._wanted: deque[asyncio.Future[Connection]] = deque()
        self._openings: set[asyncio.Task[None]] = set()
        self._open: set[Connection] = set()

    async def connection(self, seconds: float | None) -> Connection:
        """Raises `httpx.ConnectError`, and `httpx.ConnectTimeout` when none was free within `seconds`."""
        while self._idle:
            kept = self._idle.pop()
            if kept.is_open and self._loop.time() - kept.idle_since < STAYS:
                return kept
            kept.close()
        wanted: asyncio.Future[Connection] = self._loop.create_future()
        self._wanted.append(wanted)
        self._open_more()
        try:
            async with asyncio.timeout(seconds):
                return await wanted
        except BaseException as given_up:
            if wanted.done() and not wanted.cancelled() and wanted.exception() is None:
                self._lend(wanted.result())
            if isinstance(given_up, TimeoutError):
                raise httpx.ConnectTimeout(f"{self._place[1]} was not reached in time") from given_up
            raise

    def take_back(self, connection: Connection, *, may_stay: bool) -> None:
        if may_stay and connection.is_open:
            self._lend(connection)
        else:
            connection.close()

    def close(self) -> None:
        """What is open or being opened ends."""
        for opening in self._openings:
            opening.cancel()
        for connection in self._open:
            connection.close()

    def _lend(self, connection: Connection) -> None:
        while self._wanted:
            wanted = self._wanted.popleft()
            if not wanted.done():
                return wanted.set_result(connection)
        connection.idle_since = self._loop.time()
        self._idle.append(connection)
        while self._idle and self._loop.time() - self._idle[0].idle_since > STAYS:
            self._idle.popleft().close()

    def _open_more(self) -> None:
        while self._wanted and self._wanted[0].done():
            self._wanted.popleft()
        room = min(OPENED_AT_ONCE, len(self._wanted), MOST - len(self._open))
        while len(self._openings) < room:
            opening = self._loop.create_task(self._opened())
            self._openings.add(opening)
            opening.add_done_callback(self._ended)

    def _ended(self, opening: asyncio.Task[None]) -> None:
        self._openings.discard(opening)
        if not opening.cancelled():
            opening.result()
        self._open_more()

    async def _opened(self) -> None:
        _, host, port = self._place
        try:
            tls = self._tls() if self._tls else None
            async with asyncio.timeout(OPENS_WITHIN):
                _, connection = await self._loop.create_connection(
                    lambda: Connection(self._loop, self._lost),
                    host,
                    port,
                    ssl=tls,
                    server_hostname=host if tls else None,
                )
        except TimeoutError as late:
            return self._fail(httpx.ConnectTimeout(f"{host}:{port} was not reached in time"), late)
        except OSError as closed:
            return self._fail(httpx.ConnectError(f"{host}:{port} was not reached: {closed}"), closed)
        except httpx.ConnectError as wrong:
            return self._fail(wrong, wrong.__cause__)
        if not connection.is_open:
            return self._fail(httpx.ConnectError(f"{host}:{port} closed at once"), None)
        self._open.add(connection)
        self._lend(connection)

    def _fail(self, error: httpx.TransportError, cause: BaseException | None) -> None:
        """One of those who wait hears it; for the next it is tried anew."""
        error.__cause__ = cause
        while self._wanted:
            wanted = self._wanted.popleft()
            if not wanted.done():
                return wanted.set_exception(error)

    def _lost(self, connection: Connection) -> None:
        self._open.discard(connection)
        self._open_more()
