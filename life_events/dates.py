"""Days counted as the law counts them."""

from collections.abc import Callable
from datetime import date, timedelta

Closed = Callable[[date], bool]
SATURDAY, SUNDAY = 5, 6


def last_day(event: date, days: int, *, first_day_counted: bool) -> date:
    """The last day of a term of `days` days.

    民法140条 leaves the day of the event out; 戸籍法43条1項 counts it as the first.
    """
    if days < 1:
        raise ValueError("a term has at least one day")
    return event + timedelta(days=days - 1 if first_day_counted else days)


def next_open_day(day: date, closed: Closed) -> date:
    """`day`, or the first day after it on which the office is open (民法142条, 行政機関の休日に関する法律2条)."""
    while closed(day):
        day += timedelta(days=1)
    return day


def weekend_or_new_year(day: date) -> bool:
    """Saturday, Sunday, and 12-29 to 01-03: closed whatever the year (地方自治法4条の2第2項)."""
    return day.weekday() in (SATURDAY, SUNDAY) or (day.month, day.day) in _NEW_YEAR


def attained_age(birth: date, on: date) -> int:
    """Whole years of age; a year is complete on the day before the birthday (年齢計算ニ関スル法律, 民法143条)."""
    following = on + timedelta(days=1)
    return following.year - birth.year - ((following.month, following.day) < (birth.month, birth.day))


def birthday(birth: date, age: int) -> date:
    """The day of the birthday; 1 March in a common year for a person born on 29 February."""
    year = birth.year + age
    if (birth.month, birth.day) == (2, 29) and not _leap(year):
        return date(year, 3, 1)
    return birth.replace(year=year)


def fiscal_year_end_from_age(birth: date, age: int) -> date:
    """The first 31 March on or after the day the age is reached (「18歳に達する日以後の最初の3月31日」)."""
    reached = birthday(birth, age) - timedelta(days=1)
    end = date(reached.year, 3, 31)
    return end if reached <= end else date(reached.year + 1, 3, 31)


_NEW_YEAR = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
