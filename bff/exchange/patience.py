"""How long a service is waited for, how often it is asked again, and when it is left alone for a while."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import httpx
import stamina
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState

from bff.exchange.silence import Silent, Why

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """All times in seconds. `whole` bounds everything: connecting, every attempt, reading the body.

    After `threshold` failed calls in a row the service is not asked for `rest` seconds.
    """

    connect: float = 2.0
    read: float = 4.0
    whole: float = 8.0
    attempts: int = 2
    pause: float = 0.2
    threshold: int = 5
    rest: float = 15.0

    @property
    def httpx(self) -> dict[str, float]:
        """The form in which httpx hands time limits to a transport."""
        return {"connect": self.connect, "read": self.read, "write": self.read, "pool": self.whole}


class Waiting:
    """Applies `Patience`; keeps one circuit breaker a service."""

    def __init__(self) -> None:
        self._breakers = AsyncCircuitBreakerFactory(
            exclude=[(Silent, lambda silent: silent.why not in (Why.TIMEOUT, Why.UNAVAILABLE))]
        )

    async def through(
        self, act: Callable[[], Awaitable[T]], *, source: str, service: str, patience: Patience, repeatable: bool
    ) -> T:
        """The result of `act`; raises `Silent`, at the latest after `patience.whole` seconds."""
        breaker = await self._breakers.get_breaker(service, threshold=patience.threshold, ttl=patience.rest)
        try:
            async with breaker, _at_most(patience.whole, source):
                return await _again(act, source, patience.attempts if repeatable else 1, patience.pause)
        except OpenedState as resting:
            raise Silent(source, Why.UNAVAILABLE) from resting


async def _again(act: Callable[[], Awaitable[T]], source: str, attempts: int, pause: float) -> T:
    async for attempt in stamina.retry_context(
        on=_worth_another_try, attempts=attempts, timeout=None, wait_initial=pause, wait_jitter=pause
    ):
        with attempt:
            try:
                return await act()
            except httpx.TimeoutException as late:
                raise Silent(source, Why.TIMEOUT) from late
            except httpx.HTTPError as broken:
                raise Silent(source, Why.UNAVAILABLE) from broken
    raise AssertionError("a retry context ends by returning or raising")


def _worth_another_try(error: Exception) -> bool:
    return isinstance(error, Silent) and error.why is Why.UNAVAILABLE


@asynccontextmanager
async def _at_most(seconds: float, source: str) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as late:
        raise Silent(source, Why.TIMEOUT) from late
