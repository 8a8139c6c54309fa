"""Days counted as the law counts them."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

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


def new_year(day: date) -> bool:
    return (day.month, day.day) in _NEW_YEAR


def weekend_or_new_year(day: date) -> bool:
    """Saturday, Sunday, and 12-29 to 01-03: closed whatever the year (地方自治法4条の2第2項)."""
    return day.weekday() in (SATURDAY, SUNDAY) or new_year(day)


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


@lru_cache(maxsize=4096)
def month_birthday(birth: date, months: int) -> date:
    """The day that many months old: the one with the same number, else the first of the following month.

    The age itself is complete on the day before (年齢計算ニ関スル法律, 民法143条2項).
    """
    index = birth.year * 12 + birth.month - 1 + months
    year, month = divmod(index, 12)
    if birth.day <= _length(year, month + 1):
        return date(year, month + 1, birth.day)
    return date(year, month + 1, _length(year, month + 1)) + timedelta(days=1)


def fiscal_year_end_from_age(birth: date, age: int) -> date:
    """The first 31 March on or after the day the age is reached (「18歳に達する日以後の最初の3月31日」)."""
    reached = birthday(birth, age) - timedelta(days=1)
    end = date(reached.year, 3, 31)
    return end if reached <= end else date(reached.year + 1, 3, 31)


def fiscal_year_start(day: date) -> date:
    """1 April of the fiscal year (地方自治法208条) of that day; school years run alike (学校教育法施行規則59条)."""
    return date(day.year if day.month >= APRIL else day.year - 1, APRIL, 1)


@lru_cache(maxsize=1024)
def school_entry(birth: date) -> date:
    """1 April on which elementary school begins: the first after the sixth year is complete (学校教育法17条)."""
    return fiscal_year_end_from_age(birth, 6) + timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """The day that many months later with the same number, else the last of that month (民法143条2項)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _length(year, month + 1)))


def last_of_months(first: date, months: int) -> date:
    """The last day of so many months that begin with `first` (民法143条2項): the day before the same number in the
    last month, or the end of that month when it has no such number."""
    index = first.year * 12 + first.month - 1 + months
    year, month = divmod(index, 12)
    if first.day > _length(year, month + 1):
        return date(year, month + 1, _length(year, month + 1))
    return date(year, month + 1, first.day) - timedelta(days=1)


def month_end(day: date) -> date:
    return day.replace(day=_length(day.year, day.month))


def care_validity_end(applied: date, months: int) -> date:
    """介護保険法施行規則38条: ends on a month end; a start in mid-month adds the rest of that month."""
    first = applied if applied.day == 1 else month_end(applied) + timedelta(days=1)
    return months_after(first, months) - timedelta(days=1)


def nth_of_month(day: date) -> int:
    """Which one of its weekday the day is in its month: 1 for the first Sunday, 2 for the second …"""
    return (day.day - 1) // 7 + 1


def full_days_between(previous: date, days: int) -> date:
    """「N日以上の間隔をおいて」: the first day with that many whole days between (予防接種実施規則)."""
    return previous + timedelta(days=days + 1)


APRIL = 4
_NEW_YEAR = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@lru_cache(maxsize=4096)
def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
