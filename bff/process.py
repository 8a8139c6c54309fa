"""What a process knows of itself, with nobody's data in it: whether it is about to end, how its answers went of late,
and what was last read from a database that may be away since."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from bff.closing import Closing

LATELY: Final = timedelta(minutes=10)
MOST: Final = 5_000
"""Answers that are looked back on, of each function."""


@dataclass(frozen=True)
class Share:
    """Answers of the last `LATELY`; those that failed, or were put off, among them."""

    answers: int
    failed: int


class Lately:
    """How each function of the house answered of late, in this process alone."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._of: dict[str, deque[tuple[datetime, bool]]] = {}

    def note(self, function: str, *, failed: bool) -> None:
        self._of.setdefault(function, deque(maxlen=MOST)).append((self._clock(), failed))

    def of(self, function: str) -> Share:
        since = self._clock() - LATELY
        told = [failed for at, failed in self._of.get(function, ()) if at > since]
        return Share(len(told), sum(told))


@dataclass(frozen=True)
class Process:
    """`kept`: by name, what was read last."""

    lately: Lately
    closing: Closing = field(default_factory=Closing)
    kept: dict[str, Any] = field(default_factory=dict)
