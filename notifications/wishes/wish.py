"""A resident's wishes as values. Hours are those of Japan, whatever a phone's clock says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from notifications.jobs import JAPAN

AT_ONCE, DAILY = "at_once", "daily"
EVENING = time(18, 0)
"""When a digest comes unless she says otherwise."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` until just before `end`; 22:00 to 7:00 goes over midnight. The two are never the same."""

    start: time
    end: time

    def holds(self, moment: datetime) -> bool:
        clock = moment.astimezone(JAPAN).time()
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def over(self, moment: datetime) -> datetime:
        """The first moment from `moment` on at which it is not quiet."""
        return next_time(self.end, moment) if self.holds(moment) else moment


@dataclass(frozen=True, slots=True)
class Wishes:
    """`digest_at` None: each notice is told at once. `mutes`: `sender:<key>` and `topic:<topic>`. `by_event`: her ward
    may choose her by a life event that is open for her."""

    quiet: QuietHours | None = None
    digest_at: time | None = None
    mutes: frozenset[str] = frozenset()
    by_event: bool = False


NO_WISHES = Wishes()


def next_time(clock: time, after: datetime) -> datetime:
    """The first moment later than `after` at which a clock in Japan shows `clock`."""
    day = after.astimezone(JAPAN).date()
    today = datetime.combine(day, clock, JAPAN)
    return today if today > after else datetime.combine(day + timedelta(days=1), clock, JAPAN)
