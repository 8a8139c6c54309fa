"""Whether this process is about to end: a balancer hears it first, and who is being told something is let go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Final, TypeVar

AGAIN_AFTER: Final = 2_000
"""Milliseconds until a phone whose stream was cut asks another process."""
Told = TypeVar("Told")


class Closing:
    """Not begun, and then begun for good."""

    def __init__(self) -> None:
        self._begun = False
        self._waiting: set[asyncio.Future[None]] = set()

    @property
    def begun(self) -> bool:
        return self._begun

    def begin(self) -> None:
        """May be called by a signal, from whichever thread."""
        self._begun = True
        for one in tuple(self._waiting):
            with suppress(RuntimeError):  # its loop has ended meanwhile
                one.get_loop().call_soon_threadsafe(_let_go, one)

    async def until(self, told: AsyncGenerator[Told, None]) -> AsyncGenerator[Told, None]:
        """What `told` yields, until it ends, this process is about to, or whoever is told has gone; what is under way
        is then given up."""
        cut = asyncio.get_running_loop().create_future()
        self._waiting.add(cut)
        coming: asyncio.Future[Told] | None = None
        try:
            while not self._begun:
                coming = asyncio.ensure_future(anext(told))
                await asyncio.wait((coming, cut), return_when=asyncio.FIRST_COMPLETED)
                if not coming.done():
                    return
                try:
                    yield coming.result()
                except StopAsyncIteration:
                    return
        finally:
            self._waiting.discard(cut)
            if coming is not None and not coming.done():
                coming.cancel()
                with suppress(asyncio.CancelledError, StopAsyncIteration):
                    await coming
            await told.aclose()


def _let_go(one: asyncio.Future[None]) -> None:
    if not one.done():
        one.set_result(None)
