"""The way to one service: who is on it, who waits for a turn, and whether it is closed for a while."""

from __future__ import annotations

import asyncio
from types import TracebackType

from bff.exchange.breaker import Breaker
from bff.exchange.deadline import Deadline
from bff.exchange.patience import Patience
from bff.exchange.silence import Silent, Why

TOO_LATE = 0.1
"""Of its time: with less than that left nobody is asked any more."""
_TROUBLE = (Why.TIMEOUT, Why.UNAVAILABLE)


class Lane:
    """At most `patience.at_once` calls are on it; the rest wait in the order they came."""

    def __init__(self, patience: Patience) -> None:
        self.turns = asyncio.Semaphore(patience.at_once)
        self.breaker = Breaker(patience.threshold, patience.rest)
        self.at_once = patience.at_once
        self.under_way = 0
        self.queued = 0

    @property
    def is_easy(self) -> bool:
        """Nothing has failed of late and half of the turns are free: a second question would be no burden."""
        return self.breaker.failures == 0 and self.under_way * 2 <= self.at_once


class Turn:
    """One call's turn on a lane; raises `Resting` while the service is left alone, `TimeoutError` if it comes too late.

    What is done inside counts for or against the service: `Silent` for a timeout or an unavailable service and being
    cut by the deadline are failures, all else that came back is an answer. What was cut after less than half of its
    time, because it had queued with us, says nothing of the service.
    """

    def __init__(self, lane: Lane, deadline: Deadline) -> None:
        self._lane = lane
        self._deadline = deadline
        self._is_trial = False
        self._time = 0.0
        self._left = 0.0
        self.came = False

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self._time - self._left

    async def __aenter__(self) -> None:
        await self._queue()
        try:
            if self._deadline.left < self._deadline.seconds * TOO_LATE:
                raise TimeoutError
            self._is_trial = self._lane.breaker.enter()
        except BaseException:
            self._lane.turns.release()
            raise
        self.came = True
        self._time = self._left = self._deadline.left
        self._lane.under_way += 1

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left = self._deadline.left
        self._lane.under_way -= 1
        self._lane.turns.release()
        breaker = self._lane.breaker
        if error is None or (isinstance(error, Silent) and error.why not in _TROUBLE):
            breaker.answered(self._is_trial)
        elif isinstance(error, Silent) or self._is_late(error):
            breaker.failed(self._is_trial)
        else:
            breaker.told_nothing(self._is_trial)

    async def _queue(self) -> None:
        self._lane.queued += 1
        try:
            await self._lane.turns.acquire()
        finally:
            self._lane.queued -= 1

    def _is_late(self, error: BaseException) -> bool:
        is_cut = isinstance(error, asyncio.CancelledError) and self._deadline.left <= 0
        return is_cut and self._time * 2 >= self._deadline.seconds
