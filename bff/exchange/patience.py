"""How long a service is waited for, how often it is asked again, how much at once, and when it is left alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Patience:
    """All times in seconds. `whole` bounds everything: waiting for a turn, connecting, every attempt, reading the body.

    After `threshold` failed calls in a row the service is not asked for `rest` seconds; a source that was silent is
    not asked again for the same resident before that either. `at_once` calls of one process are under way to one
    service, others wait for their turn. `hedge_after`: ask a second time when what may be repeated has not been
    answered by then; None: never. `fresh`: for so long nobody asks again for what was told, unless she wishes it.
    """

    connect: float = 2.0
    read: float = 4.0
    whole: float = 8.0
    attempts: int = 2
    pause: float = 0.2
    threshold: int = 5
    rest: float = 15.0
    at_once: int = 64
    hedge_after: float | None = None
    fresh: float = 86_400.0

    @property
    def httpx(self) -> dict[str, float]:
        """The form in which httpx hands time limits to a transport; none that could not come before `whole` does."""
        limits = {"connect": self.connect, "read": self.read, "write": self.read}
        return {name: seconds for name, seconds in limits.items() if seconds < self.whole}
