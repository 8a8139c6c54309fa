"""One moment by which everybody who waits for it has an answer or none: one timer, however many calls."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Deadline:
    """`seconds` from now; whoever is `within` when it comes is cut short with `TimeoutError`.

    As `asyncio.timeout`, but shared: a fan-out over twelve services sets one timer and not twelve, so that all that
    are late are cut at the same moment.
    """

    def __init__(self, seconds: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._inside: set[asyncio.Task[object]] = set()
        self._cut: set[asyncio.Task[object]] = set()
        self.seconds = seconds
        self.at = self._loop.time() + seconds

    @property
    def left(self) -> float:
        """Seconds; negative when it is past."""
        return self.at - self._loop.time()

    @contextmanager
    def within(self) -> Iterator[None]:
        """Raises `TimeoutError` at the deadline. A cancellation from elsewhere stays one."""
        task = asyncio.current_task()
        assert task is not None
        if self.left <= 0:
            raise TimeoutError
        if self._timer is None:
            self._timer = self._loop.call_at(self.at, self._pass)
        asked_before = task.cancelling()
        self._inside.add(task)
        try:
            yield
        except asyncio.CancelledError as cancelled:
            if task in self._cut and task.uncancel() <= asked_before:
                raise TimeoutError from cancelled
            raise
        finally:
            self._leave(task)

    def _leave(self, task: asyncio.Task[object]) -> None:
        self._inside.discard(task)
        self._cut.discard(task)
        if not self._inside and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _pass(self) -> None:
        self._cut |= self._inside
        for task in self._inside:
            task.cancel()


class Fanout:
    """The calls that are made together: their deadlines count from its beginning, and no one waits beyond `most`."""

    def __init__(self, most: float) -> None:
        self._most = most
        self._begun = asyncio.get_running_loop().time()
        self._deadlines: dict[float, Deadline] = {}

    def deadline(self, whole: float) -> Deadline:
        """Calls of the same patience share one."""
        seconds = min(whole, self._most)
        if seconds not in self._deadlines:
            spent = asyncio.get_running_loop().time() - self._begun
            self._deadlines[seconds] = Deadline(seconds - spent)
        return self._deadlines[seconds]


_fanout: ContextVar[Fanout | None] = ContextVar("fanout", default=None)


@contextmanager
def together(most: float) -> Iterator[None]:
    """All calls made inside, by tasks begun inside too, share their deadlines; none lasts beyond `most` seconds."""
    token = _fanout.set(Fanout(most))
    try:
        yield
    finally:
        _fanout.reset(token)


@contextmanager
def at_latest(seconds: float) -> Iterator[None]:
    """All that is waited for inside counts from now, unless it is part of a fan-out that has begun before."""
    if _fanout.get() is not None:
        yield
    else:
        with together(seconds):
            yield


def deadline_of(whole: float) -> Deadline:
    """For a call that may take `whole` seconds: the one of its fan-out, or one of its own."""
    fanout = _fanout.get()
    return fanout.deadline(whole) if fanout is not None else Deadline(whole)
