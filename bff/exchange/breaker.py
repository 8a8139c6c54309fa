"""A service that keeps failing is left alone for a while; then one call tries whether it is back."""

from __future__ import annotations

import enum
import time
from collections.abc import Callable


class Resting(Exception):
    """The service is not asked now."""


class State(enum.IntEnum):
    """The numbers stand in the metrics."""

    CLOSED = 0
    HALF_OPEN = 1
    OPEN = 2


class Breaker:
    """Opens after `threshold` failures in a row and stays so for `rest` seconds.

    After the rest exactly one call goes through, whatever comes in beside it; what it finds decides. A call that was
    cancelled tells nothing: it neither opens nor closes, and the next one tries in its place.
    """

    def __init__(self, threshold: int, rest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._threshold = threshold
        self._rest = rest
        self._clock = clock
        self._opened_at: float | None = None
        self._trying = False
        self.failures = 0

    @property
    def state(self) -> State:
        if self._opened_at is None:
            return State.CLOSED
        return State.HALF_OPEN if self._trying or self._is_rested(self._opened_at) else State.OPEN

    def enter(self) -> bool:
        """Whether this call is the one that tries; raises `Resting`. Exactly one of the three below must follow."""
        if self._opened_at is None:
            return False
        if self._trying or not self._is_rested(self._opened_at):
            raise Resting
        self._trying = True
        return True

    def answered(self, trying: bool) -> None:
        """What came of a call that began before the service was left alone does not call it back."""
        if trying:
            self._opened_at, self._trying = None, False
        if self._opened_at is None:
            self.failures = 0

    def failed(self, trying: bool) -> None:
        self.failures += 1
        if trying or (self._opened_at is None and self.failures >= self._threshold):
            self._opened_at, self._trying = self._clock(), False

    def told_nothing(self, trying: bool) -> None:
        if trying:
            self._trying = False

    def _is_rested(self, opened_at: float) -> bool:
        return self._clock() - opened_at >= self._rest
