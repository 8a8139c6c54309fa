"""The pages' words: `texts.toml`, and audiences, times and rates said in Japanese."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path

from notifications.audience import Audience
from notifications.jobs import JAPAN
from notifications.notice import Language

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


def audience_in_words(audience: Audience, ward: str) -> str:
    """`ward` is the ward's Japanese name."""
    conditions = [word("audience", "school", school=audience.school)] if audience.school else []
    if audience.languages:
        names = "・".join(word("language", one) for one in Language if one in audience.languages)
        conditions.append(word("audience", "language", languages=names))
    if (age := audience.child_age) is not None:
        unit = word("unit", age.unit)
        conditions.append(
            word(
                "audience",
                "one_age" if age.least == age.most else "child_age",
                least=age.least,
                most=age.most,
                unit=unit,
            )
        )
    if not conditions:
        return word("audience", "everyone", ward=ward)
    return word("audience", "some", ward=ward, conditions=word("audience", "joint").join(conditions))


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
