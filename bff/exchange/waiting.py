"""Applies `Patience`: one deadline for all of a call, turns, retries for what is safe, a breaker a service."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

import httpx
from prometheus_client import Counter, Histogram

from bff.exchange import meters
from bff.exchange.breaker import Resting
from bff.exchange.deadline import Deadline, deadline_of
from bff.exchange.hedging import first_of
from bff.exchange.lane import Lane, Turn
from bff.exchange.patience import Patience
from bff.exchange.question import Unreadable
from bff.exchange.silence import Silent, Why

T = TypeVar("T")
Act = Callable[[], Awaitable[T]]
Chance = Callable[[], float]
"""Between 0 and 1."""
ANSWERED, CANCELLED = "answered", "cancelled"


class Waiting:
    """Keeps one lane a service; those of one process know nothing of another's."""

    def __init__(self, chance: Chance = random.random) -> None:
        self._chance = chance
        self.lanes: dict[str, Lane] = {}

    async def through(
        self,
        act: Act[T],
        hedge: Act[T] | None = None,
        *,
        source: str,
        service: str,
        patience: Patience,
        repeatable: bool,
    ) -> T:
        """The result of `act`; raises `Silent`, at the latest after `patience.whole` seconds.

        `hedge`: the same question once more under a message of its own, asked when `patience` says so.
        """
        deadline = deadline_of(patience.whole)
        lane = self._lane(service, patience)
        turn = Turn(lane, deadline)
        attempts = _Attempts(act, source, patience, deadline, self._chance)
        outcome = CANCELLED
        try:
            with deadline.within():
                async with turn:
                    told = await (attempts.repeated(hedge, lane) if repeatable else attempts.once())
            outcome = ANSWERED
            return told
        except (Resting, TimeoutError) as late:
            outcome = str(why := _why_late(turn, late))
            raise Silent(source, why) from late
        except Silent as silent:
            outcome = str(silent.why)
            raise
        finally:
            if turn.came:
                _ended(service, outcome).inc()
                _took(source).observe(turn.seconds)
            else:
                meters.NOT_ASKED.labels(source, outcome).inc()

    def _lane(self, service: str, patience: Patience) -> Lane:
        lane = self.lanes.get(service)
        if lane is None:
            lane = self.lanes[service] = Lane(patience)
        return lane


@dataclass(frozen=True)
class _Attempts(Generic[T]):
    """Those of one call."""

    act: Act[T]
    source: str
    patience: Patience
    deadline: Deadline
    chance: Chance

    async def once(self) -> T:
        try:
            return await self.act()
        except (httpx.HTTPError, Unreadable) as broken:
            raise Silent(self.source, _why_broken(broken)) from broken

    async def repeated(self, hedge: Act[T] | None, lane: Lane) -> T:
        after = self.patience.hedge_after
        if hedge is None or after is None:
            return await self._again()
        beside = _Attempts(hedge, self.source, self.patience, self.deadline, self.chance)
        return await first_of(self._again, beside.once, after=after, may=lambda: lane.is_easy, source=self.source)

    async def _again(self) -> T:
        """Tries again after a pause that grows, unless the pause would outlast the deadline."""
        pause = self.patience.pause
        for _ in range(self.patience.attempts - 1):
            try:
                return await self.once()
            except Silent as silent:
                rest = pause * (1 + self.chance())
                if silent.why is not Why.UNAVAILABLE or rest >= self.deadline.left:
                    raise
            await asyncio.sleep(rest)
            meters.RETRIES.labels(self.source).inc()
            pause *= 2
        return await self.once()


@lru_cache(4096)
def _ended(service: str, outcome: str) -> Counter:
    """Labels cost more than counting does."""
    return meters.OUTCOMES.labels(service, outcome)


@lru_cache(256)
def _took(source: str) -> Histogram:
    return meters.SECONDS.labels(source)


def _why_late(turn: Turn, late: Resting | TimeoutError) -> Why:
    if isinstance(late, Resting):
        return Why.RESTING
    return Why.TIMEOUT if turn.came else Why.BUSY


def _why_broken(broken: Exception) -> Why:
    if isinstance(broken, Unreadable):
        return Why.WRONG_ANSWER
    return Why.TIMEOUT if isinstance(broken, httpx.TimeoutException) else Why.UNAVAILABLE
