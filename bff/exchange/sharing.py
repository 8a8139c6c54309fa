"""The same question asked twice at the same moment goes out once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Sharing(Generic[T]):
    """Only for what may be repeated; of one process."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, list[asyncio.Future[T | None]]] = {}

    def join(self, question: Hashable) -> asyncio.Future[T | None] | None:
        """What the one under way will be told (None: she went away without); None: nobody asks this now."""
        waiting = self._waiting.get(question)
        if waiting is None:
            return None
        told: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()
        waiting.append(told)
        return told

    async def ask(self, question: Hashable, act: Callable[[], Awaitable[T]]) -> T:
        """Asks, and tells everybody who joins meanwhile."""
        waiting = self._waiting[question] = []
        told: T | None = None
        try:
            told = await act()
            return told
        finally:
            del self._waiting[question]
            for one in waiting:
                if not one.done():
                    one.set_result(told)
