"""A series of times, as an official describes it: from day to day, on these weekdays, from hour to hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import jpholiday

TOKYO: Final = ZoneInfo("Asia/Tokyo")
MOST: Final = 2000


@dataclass(frozen=True)
class Series:
    """`weekdays`: 0 is Monday; the rest from `pause` to `resume` is left free; public holidays are left out."""

    first: date
    last: date
    weekdays: frozenset[int]
    opens: time
    closes: time
    minutes: int
    capacity: int
    pause: time | None = None
    resume: time | None = None
    on_holidays: bool = False

    def times(self) -> Iterator[tuple[datetime, datetime]]:
        """Beginnings and ends in Tokyo's time; a slot that would not end before closing is none."""
        day = self.first
        while day <= self.last:
            if day.weekday() in self.weekdays and (self.on_holidays or not jpholiday.is_holiday(day)):
                yield from self._of(day)
            day += timedelta(days=1)

    def _of(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        starts, closes = (datetime.combine(day, at, TOKYO) for at in (self.opens, self.closes))
        step = timedelta(minutes=self.minutes)
        while starts + step <= closes:
            if not self._is_in_pause(starts, starts + step):
                yield starts, starts + step
            starts += step

    def _is_in_pause(self, starts: datetime, ends: datetime) -> bool:
        if self.pause is None or self.resume is None:
            return False
        return starts.time() < self.resume and ends.time() > self.pause
