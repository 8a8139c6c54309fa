"""The way to one push service: up to LINES connections, what waits for room on them, and what comes back."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from itertools import islice

from notifications.channels.frames import Head
from notifications.channels.line import Line, Post
from notifications.channels.senders import PATIENCE_S, Answer, Letter, wants_no_more

LINES = 4
"""Four times a hundred at once is 8,000 a second at a round trip of 50 ms."""
IN_A_BREATH = 64
"""Letters made before answers are heard again: sealing one takes a tenth of a millisecond."""
MOST_SILENT = 50
"""Letters unanswered in a row after which no more are made."""
MOST_MOVES = 3
"""How often a letter that a line did not take is given to another."""

Connect = Callable[[Callable[[], None]], Awaitable[Line]]
"""Raises NoHttp2, OSError or TimeoutError."""


class NoHttp2(Exception):
    """There is a push service, and it speaks something older."""


class Way:
    def __init__(self, connect: Connect, patience: float = PATIENCE_S) -> None:
        self._connect, self._patience = connect, patience
        self._loop = asyncio.get_running_loop()
        self._lines: list[Line] = []
        self._waiting: deque[Post] = deque()
        self._opening: asyncio.Task[None] | None = None
        self._room = asyncio.Event()

    async def open(self) -> None:
        """At least one line. Raises what connecting raises."""
        if not self._alive():
            await asyncio.shield(self._another())

    async def send(self, head: Head, letters: Iterable[Letter]) -> list[Answer | None]:
        batch, coming = _Batch(head, self._put_first), iter(letters)
        while not batch.enough and (made := list(islice(coming, IN_A_BREATH))):
            self._waiting.extend(batch.posts(made))
            self._hand_out()
            await asyncio.sleep(0)
            while len(self._waiting) > IN_A_BREATH:
                self._room.clear()
                await self._room.wait()
        return await batch.answers()

    def close(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
        for line in self._lines:
            line.close()
        self._give_up()

    def _put_first(self, one: Post) -> None:
        """It comes back from a line that did not take it."""
        one.moves += 1
        if one.moves > MOST_MOVES:
            one.answer(None)
            return
        self._waiting.appendleft(one)

    def _hand_out(self) -> None:
        """Called at each change: of what waits, and of what room there is."""
        until = self._loop.time() + self._patience
        for line in self._lines:
            for _ in range(min(line.room, len(self._waiting))):
                one = self._waiting.popleft()
                one.until = until
                line.post(one)
        if self._waiting and self._opening is None and len(self._alive()) < LINES:
            self._another()
        if len(self._waiting) <= IN_A_BREATH:
            self._room.set()

    def _alive(self) -> list[Line]:
        self._lines = [line for line in self._lines if line.open or line.busy]
        return [line for line in self._lines if line.open]

    def _another(self) -> asyncio.Task[None]:
        """One at a time; when it fails and there is no other, what waits is not sent now."""
        if self._opening is None:
            self._opening = asyncio.create_task(self._open_another())
            self._opening.add_done_callback(self._opened)
        return self._opening

    async def _open_another(self) -> None:
        self._lines.append(await self._connect(self._hand_out))

    def _opened(self, task: asyncio.Task[None]) -> None:
        self._opening = None
        failed = task.cancelled() or task.exception() is not None
        if failed and not self._alive():
            self._give_up()
        elif not failed:
            self._hand_out()

    def _give_up(self) -> None:
        waiting, self._waiting = self._waiting, deque()
        for one in waiting:
            one.answer(None)
        self._room.set()


class _Batch:
    """Answers in the order of the letters. `enough`: the push service wants no more now, or is silent."""

    def __init__(self, head: Head, again: Callable[[Post], None]) -> None:
        self.head, self.again = head, again
        self._answers: list[Answer | None] = []
        self._left = self._silent = 0
        self.enough = False
        self._all = asyncio.Event()

    def posts(self, letters: Sequence[Letter]) -> list[Post]:
        first = len(self._answers)
        self._answers += [None] * len(letters)
        self._left += len(letters)
        return [Post(self, number, path.encode("latin-1"), body) for number, (path, body) in enumerate(letters, first)]

    def got(self, number: int, answer: Answer | None) -> None:
        self._answers[number] = answer
        self._left -= 1
        if answer is None:
            self._silent += 1
        elif self._silent:
            self._silent = 0
        if self._silent >= MOST_SILENT or wants_no_more(answer):
            self.enough = True
        if not self._left:
            self._all.set()

    async def answers(self) -> list[Answer | None]:
        while self._left:
            self._all.clear()
            await self._all.wait()
        return self._answers
