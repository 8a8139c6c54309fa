"""What a parser is asked, and what it may raise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Target:
    """`feed` takes bytes as they come over the wire; it may raise `refuses` and nothing else. `seeds` are right, so
    that what is tried is not all refused at the first byte. `door`: where a stranger reaches it."""

    name: str
    door: str
    feed: Callable[[bytes], object]
    refuses: tuple[type[Exception], ...]
    seeds: tuple[bytes, ...]

    def tries(self, data: bytes) -> None:
        """Raises what is a defect."""
        try:
            self.feed(data)
        except self.refuses:
            return


def text(data: bytes) -> str:
    """As a framework hands it on: whatever is no UTF-8 is replaced."""
    return data.decode("utf-8", "replace")
