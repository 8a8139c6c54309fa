"""Days as they are written on paper: in an era (和暦) or in Western years, with any sign between."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

ERAS: Final = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
    ("明治", "M", date(1868, 1, 25)),
)
"""元号, the newest first, each with its first day (元号法; 明治 and 大正 by the edicts of their time)."""
_DAY: Final = re.compile(
    r"(?P<era>令和|平成|昭和|大正|明治|[RHSTM](?=[.\s]?[0-9元]))?[.\s]*(?P<year>[0-9]{1,4}|元)\s*(?:年|[-/.])\s*"
    r"(?P<month>[0-9]{1,2})\s*(?:月|[-/.])\s*(?P<day>[0-9]{1,2})\s*日?",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])")
_FULL_YEAR: Final = 4


def day_in(text: str) -> date | None:
    """The first day that is written in `text`; None: there is none, or one that no calendar has. A year of two digits
    without its era is no year: it could be of two."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    for found in (*_DAY.finditer(plain), *_PLAIN.finditer(plain)):
        named = found.groupdict()
        year = _year(named.get("era"), named["year"])
        if year is None:
            continue
        try:
            return date(year, int(named["month"]), int(named["day"]))
        except ValueError:
            continue
    return None


def in_era(day: date) -> str:
    """「令和8年11月20日」"""
    name, _, first = next(one for one in ERAS if day >= one[2])
    year = day.year - first.year + 1
    return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def _year(era: str | None, said: str) -> int | None:
    if era is None:
        return int(said) if len(said) == _FULL_YEAR else None
    first = next(first for name, letter, first in ERAS if era.upper() in (name, letter))
    return first.year - 1 + (1 if said == "元" else int(said))
