"""How long a promise is tried for: a growing pause, but never so long that a ward back from the weekend waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job


@dataclass(frozen=True)
class GrowingPause(BaseRetryStrategy):
    """Seconds: 2, 4, 8, … up to `longest`, for `tries` tries; then the job stays as failed and waits for staff."""

    longest: int
    tries: int

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= self.tries:
            return None
        doublings = min(job.attempts + 1, self.longest.bit_length())
        return RetryDecision(retry_in={"seconds": min(2**doublings, self.longest)})


GROWING: Final = GrowingPause(longest=15 * 60, tries=4 * 24 * 10)
"""About ten days of trying: longer than any closure of a ward office, the new year's included."""

SOON_AGAIN: Final = GrowingPause(longest=15, tries=4 * 60 * 24)
"""For a hand that pushes: while its job pauses it holds its lock, and no other may take what it left. About a day."""
