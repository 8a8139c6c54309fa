"""The pages' words: `texts.toml`, and times and rates said in Japanese."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path

from notifications.jobs import JAPAN

WEEKDAYS = "月火水木金土日"


@cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))


def word(table: str, key: str, **values: str | int) -> str:
    """The text [table] key, its `{names}` filled in; a missing key is a defect (`KeyError`)."""
    return _all()[table][key].format(**values)


def table(name: str) -> dict[str, str]:
    """A whole table, in the file's order."""
    return dict(_all()[name])


def knows(table: str, key: str) -> bool:
    return key in _all()[table]


def day(of: date) -> str:
    return f"{of.year}年{of.month}月{of.day}日（{WEEKDAYS[of.weekday()]}）"


def moment(at: datetime) -> str:
    """Tokyo time, to the minute."""
    here = at.astimezone(JAPAN)
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"


def day_here(at: datetime) -> str:
    """The day in Tokyo, of what has no hour."""
    return day(at.astimezone(JAPAN).date())


def hour(at: datetime) -> str:
    """The time of day in Tokyo, to the minute; for what is not older than hours."""
    return f"{at.astimezone(JAPAN):%H:%M}"


def rate(part: int, whole: int) -> str:
    """A percentage with one digit, cut and not rounded, so that 100 % means everyone; 「—」 of nobody."""
    if whole == 0:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"
