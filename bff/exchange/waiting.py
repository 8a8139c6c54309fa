"""Applies `Patience`: one deadline for all of a call, turns, retries for what is safe, a breaker a service."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import httpx

from bff.exchange.breaker import Resting
from bff.exchange.deadline import Deadline, deadline_of
from bff.exchange.lane import Lane, Turn
from bff.exchange.patience import Patience
from bff.exchange.silence import Silent, Why

T = TypeVar("T")
Chance = Callable[[], float]
"""Between 0 and 1."""


class Waiting:
    """Keeps one lane a service; those of one process know nothing of another's."""

    def __init__(self, chance: Chance = random.random) -> None:
        self._chance = chance
        self.lanes: dict[str, Lane] = {}

    async def through(
        self, act: Callable[[], Awaitable[T]], *, source: str, service: str, patience: Patience, repeatable: bool
    ) -> T:
        """The result of `act`; raises `Silent`, at the latest after `patience.whole` seconds."""
        deadline = deadline_of(patience.whole)
        turn = Turn(self._lane(service, patience), deadline)
        try:
            with deadline.within():
                async with turn:
                    return await self._again(act, source, patience, deadline, repeatable)
        except Resting as resting:
            raise Silent(source, Why.UNAVAILABLE) from resting
        except TimeoutError as late:
            raise Silent(source, Why.TIMEOUT if turn.came else Why.BUSY) from late

    def _lane(self, service: str, patience: Patience) -> Lane:
        lane = self.lanes.get(service)
        if lane is None:
            lane = self.lanes[service] = Lane(patience)
        return lane

    async def _again(
        self, act: Callable[[], Awaitable[T]], source: str, patience: Patience, deadline: Deadline, repeatable: bool
    ) -> T:
        """Tries what may be repeated again after a pause that grows, unless the pause would outlast the deadline."""
        pause = patience.pause
        for _ in range(patience.attempts - 1 if repeatable else 0):
            try:
                return await _once(act, source)
            except Silent as silent:
                rest = pause * (1 + self._chance())
                if silent.why is not Why.UNAVAILABLE or rest >= deadline.left:
                    raise
            await asyncio.sleep(rest)
            pause *= 2
        return await _once(act, source)


async def _once(act: Callable[[], Awaitable[T]], source: str) -> T:
    try:
        return await act()
    except (httpx.HTTPError, aiohttp.ClientError) as broken:
        raise Silent(source, _why(broken)) from broken


def _why(broken: Exception) -> Why:
    """httpx-aiohttp calls a broken connection a time-out, and hands on as it is what aiohttp could not read."""
    if isinstance(broken, aiohttp.ClientResponseError):
        return Why.WRONG_ANSWER
    hung_up = isinstance(broken.__cause__, aiohttp.ClientError) and not isinstance(broken.__cause__, TimeoutError)
    return Why.TIMEOUT if isinstance(broken, httpx.TimeoutException) and not hung_up else Why.UNAVAILABLE
