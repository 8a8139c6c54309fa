"""One refresh under way, and how it is followed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Settled:
    """`source` has answered or is known to be silent; `remaining` more are to come."""

    source: str
    remaining: int


class Run:
    """Whoever follows it hears everything from its beginning; how many sources it asks is told at `begins`."""

    def __init__(self) -> None:
        self._sources = 0
        self._settled: list[str] = []
        self._news = asyncio.Condition()
        self._over = False

    def begins(self, sources: int) -> None:
        """So many more are to settle: said before the first of them does, and again when a run that looked on asks."""
        self._sources = len(self._settled) + sources

    async def settled(self, source: str) -> None:
        async with self._news:
            self._settled.append(source)
            self._news.notify_all()

    async def over(self) -> None:
        async with self._news:
            self._over = True
            self._news.notify_all()

    async def follow(self) -> AsyncIterator[Settled]:
        heard = 0
        while await self._more_than(heard):
            heard += 1
            yield Settled(self._settled[heard - 1], self._sources - heard)

    async def _more_than(self, heard: int) -> bool:
        async with self._news:
            await self._news.wait_for(lambda: self._over or len(self._settled) > heard)
        return len(self._settled) > heard
