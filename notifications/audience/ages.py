"""Ages are full years or months counted on the birthday itself, as people count. (年齢計算ニ関スル法律 reaches an age
at the end of the day before; for an audience the day of the birthday decides.) Who was born on a day that a month does
not have, reaches the age on the first day of the next month: 29 February on 1 March (民法143条2項).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    YEARS = "years"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Full years (or months), both ends included. ValueError when empty or negative."""

    least: int
    most: int
    unit: Unit = Unit.YEARS

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most <= (130 if self.unit is Unit.YEARS else 130 * 12):
            raise ValueError("an age range needs 0 <= least <= most")

    def holds(self, birth: date, today: date) -> bool:
        months = (today.year - birth.year) * 12 + today.month - birth.month - (today.day < birth.day)
        return birth <= today and self.least <= (months // 12 if self.unit is Unit.YEARS else months) <= self.most

    def births(self, today: date) -> tuple[date, date]:
        """The birthdays that fall into the range today: after the first, up to and with the second."""
        step = 12 if self.unit is Unit.YEARS else 1
        return _last_birth(today, (self.most + 1) * step), _last_birth(today, self.least * step)


def _last_birth(today: date, months: int) -> date:
    """The latest birthday of someone who is at least so many full months old today."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
