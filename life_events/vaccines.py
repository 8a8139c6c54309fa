"""Vaccines as data: from when to when, how many doses, how far apart (予防接種法施行令・予防接種実施規則).

Nothing here says that a child must; the doctor decides. Days are told so that none is too early and none too late.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from msgspec import Struct, field

from life_events.dates import full_days_between, month_birthday, school_entry
from life_events.terms import Text

_DAY = timedelta(days=1)
CHILDREN = 4096
"""Answers kept, about twenty a child: a home that fills source by source asks the same of the same child each time."""


class Age(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Exactly one is set. `school_year`: 1 April that many years after elementary school begins (-1: 年長, 6: 中1).

    `pregnancy_days`: days of pregnancy, counted from its first day; the others from the birth. Both are day 0.
    """

    days: int | None = None
    months: int | None = None
    years: int | None = None
    school_year: int | None = None
    pregnancy_days: int | None = None

    def __post_init__(self) -> None:
        told = (self.days, self.months, self.years, self.school_year, self.pregnancy_days)
        if sum(one is not None for one in told) != 1:
            raise ValueError("an age is told in exactly one way")

    def on(self, start: date) -> date:
        if self.days is not None:
            return start + timedelta(days=self.days)
        if self.pregnancy_days is not None:
            return start + timedelta(days=self.pregnancy_days)
        if self.school_year is not None:
            entry = school_entry(start)
            return entry.replace(year=entry.year + self.school_year)
        return month_birthday(start, 12 * self.years if self.years is not None else self.months or 0)


class Gap(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From the dose `after` on. `days_between`: as the law words it, 「N日以上の間隔」, so 27 means the 28th day."""

    after: int
    days_between: int | None = None
    months: int | None = None

    def __post_init__(self) -> None:
        if (self.days_between is None) == (self.months is None):
            raise ValueError("a gap is told either in days or in months")

    def earliest(self, previous: date) -> date:
        if self.days_between is not None:
            return full_days_between(previous, self.days_between)
        return month_birthday(previous, self.months or 0)


class Dose(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`standard`: the age it is usually given at; `first`, `before`: beyond those of the vaccine.

    `advised_by`: a last day that doctors advise, inclusive. `falls_away_from`: not given when the dose before it was
    given at that age or later. From the age `before` on the dose is left out, those after it are given all the same.
    """

    standard: Age
    first: Age | None = None
    before: Age | None = None
    advised_by: Age | None = None
    falls_away_from: Age | None = None
    gaps: tuple[Gap, ...] = ()


class Course(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The doses of somebody who begins from the age `begun_from` on and before `begun_before`."""

    doses: tuple[Dose, ...]
    begun_from: Age | None = None
    begun_before: Age | None = None

    def begins(self, birth: date, on: date) -> bool:
        late_enough = self.begun_from is None or on >= self.begun_from.on(birth)
        return late_enough and (self.begun_before is None or on < self.begun_before.on(birth))


class CatchUp(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """特例: who was born in these years (both days inclusive) has missing doses free up to the age `before`."""

    born_from: date
    born_until: date
    before: Age

    def last(self, birth: date) -> date | None:
        """The last day, inclusive; None: born earlier or later."""
        return self.before.on(birth) - _DAY if self.born_from <= birth <= self.born_until else None


class Vaccine(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of data/vaccines. `last` is inclusive, `before` is not; neither: no end. `live`: injected live vaccine.

    `instead_of`: another product for the same disease. `routine`: 定期接種, free of charge.
    """

    id: str
    name: Text
    target: Literal["child", "girl", "pregnant"]
    routine: bool
    live: bool = False
    start: date = field(name="from")
    first: Age
    last: Age | None = None
    before: Age | None = None
    instead_of: str | None = None
    courses: tuple[Course, ...] = ()
    catch_up: CatchUp | None = None
    confidence: Literal["A", "B", "C"]
    sources: tuple[str, ...]
    note: str = ""

    def window(self, birth: date) -> tuple[date, date]:
        """First and last day, both inclusive; of a pregnant woman `birth` is the first day of pregnancy."""
        if self.last is not None:
            return self.first.on(birth), self.last.on(birth)
        return self.first.on(birth), self.before.on(birth) - _DAY if self.before else date.max


class Planned(Struct, frozen=True, kw_only=True):
    """Dose `number` of those really given: not before `earliest`, usually on `standard`, not after `last`."""

    vaccine: Vaccine
    number: int
    earliest: date
    standard: date
    last: date


def planned(vaccine: Vaccine, birth: date, given: Sequence[date], today: date) -> tuple[Planned, ...]:
    """The doses still to come after those `given`, oldest first, each as early as the standard has it.

    A day that has passed counts as today, since nobody is vaccinated in the past; a dose whose last day lies before
    its earliest is left out together with those after it.
    """
    return _planned(vaccine, birth, tuple(given), today)


@lru_cache(CHILDREN)
def _planned(vaccine: Vaccine, birth: date, given: tuple[date, ...], today: date) -> tuple[Planned, ...]:
    return tuple(takewhile(_fits, _to_come(vaccine, birth, given, today, usual=True)))


class Outlook(Struct, frozen=True):
    """`by`: the last day for the next dose on which none is lost beside those `lost` already, by their numbers."""

    vaccine: Vaccine
    by: date
    lost: tuple[int, ...]


def outlook(vaccine: Vaccine, birth: date, given: Sequence[date], today: date) -> Outlook | None:
    """Who goes on about `today`, and has every later dose as early as it may; None: no dose is to come in time."""
    return _outlook(vaccine, birth, tuple(given), today)


@lru_cache(CHILDREN)
def _outlook(vaccine: Vaccine, birth: date, given: tuple[date, ...], today: date) -> Outlook | None:
    def lost(days: int) -> tuple[int, ...]:
        coming = _to_come(vaccine, birth, given, today + timedelta(days=days), usual=False)
        return tuple(dose.number for dose in coming if not _fits(dose))

    following = planned(vaccine, birth, given, today)
    if not following:
        return None
    now, whole = len(lost(0)), (following[0].last - today).days
    later = range(1, whole + 1)
    kept = whole if len(lost(whole)) == now else bisect_right(later, now, key=lambda days: len(lost(days)))
    return Outlook(vaccine, today + timedelta(days=kept), lost(0))


def _to_come(vaccine: Vaccine, birth: date, given: Sequence[date], today: date, *, usual: bool) -> Iterator[Planned]:
    """Also those that come too late; `usual`: at the standard age, else as early as they may."""
    opens, closes = vaccine.window(birth)
    days: list[date] = []
    for dose in _course(vaccine, birth, given[0] if given else max(opens, today)):
        if dose.falls_away_from and days and days[-1] >= dose.falls_away_from.on(birth):
            continue
        real = given[len(days)] if len(days) < len(given) else None
        earliest = max([opens, *_floors(dose, birth, days)])
        if _left_out(dose, birth, real or max(earliest, today)):
            continue
        if real is not None:
            days.append(real)
            continue
        last = min([closes, *_ceilings(dose, birth)])
        soonest = max(earliest, today)
        days.append(min(max(dose.standard.on(birth), soonest), last) if usual else soonest)
        yield Planned(vaccine=vaccine, number=len(days), earliest=earliest, standard=max(days[-1], soonest), last=last)


def _fits(dose: Planned) -> bool:
    return dose.standard <= dose.last


def _course(vaccine: Vaccine, birth: date, begun: date) -> Sequence[Dose]:
    return next((one.doses for one in vaccine.courses if one.begins(birth, begun)), ())


def _left_out(dose: Dose, birth: date, day: date) -> bool:
    return dose.before is not None and day >= dose.before.on(birth)


def _floors(dose: Dose, birth: date, days: Sequence[date]) -> list[date]:
    """First days by the gaps, never that of the dose before; where one fell away, it counts from the last one given."""
    gaps = [gap.earliest(days[min(gap.after, len(days)) - 1]) for gap in dose.gaps if days]
    after = [days[-1] + _DAY] if days else []
    return [*gaps, *after, dose.first.on(birth)] if dose.first else [*gaps, *after]


def _ceilings(dose: Dose, birth: date) -> list[date]:
    before = [dose.before.on(birth) - _DAY] if dose.before else []
    return [*before, dose.advised_by.on(birth)] if dose.advised_by else before
