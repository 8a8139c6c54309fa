"""One connection: one question at a time, and its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

import httpx

from bff.exchange.lean.reading_answers import Answer
from bff.exchange.question import Unreadable


class Connection(asyncio.Protocol):
    """Kept open between questions; `is_open` until either side closes it, whatever it was doing, which `lost` hears."""

    __slots__ = ("_answer", "_loop", "_lost", "_read", "_silence", "_told", "_transport", "idle_since", "is_open")

    def __init__(self, loop: asyncio.AbstractEventLoop, lost: Callable[[Connection], None]) -> None:
        self._loop = loop
        self._lost = lost
        self._transport: asyncio.Transport | None = None
        self._answer: Answer | None = None
        self._told: asyncio.Future[Answer] | None = None
        self._silence: asyncio.TimerHandle | None = None
        self._read: float | None = None
        self.is_open = False
        self.idle_since = 0.0

    async def ask(self, question: bytes, answer: Answer, read: float | None) -> Answer:
        """`answer` made whole. `read`: the longest silence in seconds; None: as long as the caller waits.

        Raises httpx's `ReadTimeout` and `ReadError`, `Unreadable`, or what the answer's `look` raises; then, and when
        it is cancelled, the connection is closed.
        """
        if self._transport is None:
            raise httpx.ReadError("the connection was closed")
        self._answer, self._read = answer, read
        self._told = self._loop.create_future()
        self._transport.write(question)
        self._wait_for_more()
        try:
            return await self._told
        except BaseException:
            self.close()
            raise
        finally:
            self._forget()

    def close(self) -> None:
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.is_open = True

    def data_received(self, data: bytes) -> None:
        if self._answer is None or self._told is None or self._told.done():
            return self.close()
        try:
            self._answer.take(data)
        except Exception as wrong:
            return self._told.set_exception(wrong)
        if self._answer.is_whole:
            self._told.set_result(self._answer)
        else:
            self._wait_for_more()

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open, self._transport = False, None
        self._lost(self)
        if self._answer is None or self._told is None or self._told.done():
            return
        try:
            if error is not None:
                raise httpx.ReadError("the connection was reset") from error
            self._answer.end()
        except httpx.ReadError as broken:
            self._told.set_exception(broken)
        except Unreadable as short:
            self._told.set_exception(httpx.ReadError(str(short)))
        else:
            self._told.set_result(self._answer)

    def _wait_for_more(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
        self._silence = self._loop.call_later(self._read, self._is_silent) if self._read is not None else None

    def _is_silent(self) -> None:
        if self._told is not None and not self._told.done():
            self._told.set_exception(httpx.ReadTimeout("no more came"))

    def _forget(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
        self._answer = self._told = self._silence = None
