"""How near a web process is to what it can bear, and who then comes back later. ADR 0057.

Nothing of it is shared or kept: a process knows by itself how many answers it owes and how late its own loop runs.
"""

from __future__ import annotations

import asyncio
import math
import statistics
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from prometheus_client import Counter

from bff.errors import Crowded
from bff.limits.ranks import ranks
from bff.texts import say

BEAT_S: Final = 0.1
BEATS: Final = 10
"""So many are looked at: four phones that open at once owe nobody a second's wait, but what still stands after a second
is a queue; and a loop that was late once had a hiccup, one that is late for a second is full."""
BURST: Final = 4
"""So many times the answers that may stand are too many at any moment."""
LONGEST: Final = 6.0
"""So many times the shortest wait at most, however full it is."""
PUT_OFF = Counter("kurashimado_put_off_total", "Requests asked to come back, since this process was full", ["rank"])


@dataclass(frozen=True)
class Room:
    """What a process bears: answers owed for a whole second, streams open at once, seconds that its loop runs late."""

    answers: float
    streams: float
    late: float


BOUNDLESS: Final = Room(math.inf, math.inf, math.inf)


class Crowd:
    """`chance`: 0 to 1, so that not all who were put off come back in the same second."""

    def __init__(self, room: Room, chance: Callable[[], float]) -> None:
        self._room, self._chance = room, chance
        self._answers = self._streams = 0
        self._beats: deque[tuple[float, int]] = deque(maxlen=BEATS)

    def admit(self, rank: str | None, *, streams: bool = False) -> None:
        """Who asks for something of `rank` (waits.toml; None: never waits) is let in, or raises `Crowded`."""
        if rank is None:
            return
        chosen, full = ranks()[rank], self.pressure(streams=streams)
        if full < chosen.at:
            return
        PUT_OFF.labels(rank).inc()
        wait = chosen.seconds * min(max(full, 1.0), LONGEST) * (1 + self._chance())
        raise Crowded(say("crowded"), retry_after=math.ceil(wait))

    def pressure(self, *, streams: bool = False) -> float:
        """1: as much as is bearable; for a stream its own room counts too, since open streams mostly rest."""
        late, stands = self._for_a_second()
        shares = [self._answers / BURST / self._room.answers, stands / self._room.answers, late / self._room.late]
        return max(*shares, self._streams / self._room.streams if streams else 0.0)

    def _for_a_second(self) -> tuple[float, int]:
        """How late the loop was in the middle of the last beats, and how many answers were owed at each of them."""
        if len(self._beats) < BEATS:
            return 0.0, 0
        return statistics.median(late for late, _ in self._beats), min(owed for _, owed in self._beats)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While an answer is owed."""
        self._answers += 1
        try:
            yield
        finally:
            self._answers -= 1

    @contextmanager
    def streaming(self) -> Iterator[None]:
        """While a stream is open."""
        self._streams += 1
        try:
            yield
        finally:
            self._streams -= 1

    def heard(self, late: float) -> None:
        """One beat of the loop came `late` seconds after its time."""
        self._beats.append((max(0.0, late), self._answers))

    async def listen(self) -> None:
        """For ever: how late the loop runs."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + BEAT_S
            await asyncio.sleep(BEAT_S)
            self.heard(loop.time() - due)
