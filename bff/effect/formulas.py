"""The study's formulas, exactly: fractions in, fractions out. Nothing is rounded before it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

MINUTES: Final = 60
TENTH_OF_OKU: Final = 10_000_000
"""0.1億円, the last digit the study prints of money."""
Exact = Fraction | int


@dataclass(frozen=True)
class Change:
    """One quantity as it is now and as it becomes."""

    now: Exact
    after: Exact

    @property
    def saved(self) -> Exact:
        return self.now - self.after

    def times(self, factor: Exact) -> Change:
        return Change(self.now * factor, self.after * factor)

    def __add__(self, other: Change) -> Change:
        return Change(self.now + other.now, self.after + other.after)

    def rounded_to(self, unit: int) -> Change:
        """Both rounded (halves up), so that what is shown as saved is the difference of what is shown."""
        return Change(nearest(self.now, unit), nearest(self.after, unit))


NOTHING: Final = Change(0, 0)


def handled(*, cases: Exact, done_by_themselves: Exact, minutes_now: Exact, minutes_rest: Exact) -> Change:
    """Hours, tables 2-6, 2-7 and 2-9: each case costs `minutes_now`; then those done by themselves (automatically,
    electronically) none, and each of the rest `minutes_rest`."""
    rest = cases - done_by_themselves
    return Change(Fraction(cases) * minutes_now / MINUTES, Fraction(rest) * minutes_rest / MINUTES)


def scaled(*, yen: Exact, reference_staff: int, staff: int) -> Fraction:
    """Yen, table 2-5: what was saved where so many work, for so many more."""
    return Fraction(yen) * staff / reference_staff


def lowered(*, yen: Exact, per_cent: Exact) -> Change:
    """Yen, table 2-8: one kind of cost, so many per cent less."""
    return Change(yen, Fraction(yen) * (100 - per_cent) / 100)


def together(changes: Iterable[Change]) -> Change:
    return sum(changes, NOTHING)


def nearest(value: Exact, unit: int = 1) -> int:
    """The nearest multiple of `unit`, halves up."""
    return int((Fraction(value) / unit + Fraction(1, 2)) // 1) * unit
