"""How a public page speaks: the app's own words where it has them, `texts.toml` for what only these pages say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bff.public.book import Book, Language
from bff.texts import saying
from life_events import Text

SITE: Final = "くらしまど"
SITE_EN: Final = "Kurashimado"
TAGS: Final[Mapping[Language, str]] = {"ja": "ja", "easy": "ja", "en": "en"}
HREFLANG: Final[Mapping[Language, str]] = {"ja": "ja", "easy": "ja-simple", "en": "en"}
"""BCP 47; `simple` is a registered variant, so that やさしい日本語 is not taken for the same page twice."""
NAMES: Final[Mapping[Language, str]] = {"ja": "日本語", "easy": "やさしい日本語", "en": "English"}
TOKYO: Final = ZoneInfo("Asia/Tokyo")
REIWA: Final = 2018
_WEEKDAYS: Final = "月火水木金土日"
_BLANK: Final = re.compile(r"\{(\w+)\}")
_own = saying(Path(__file__).with_name("texts.toml"))


@dataclass(frozen=True)
class Voice:
    """One language of one book."""

    book: Book
    language: Language

    @property
    def tag(self) -> str:
        return TAGS[self.language]

    @property
    def site(self) -> str:
        return SITE_EN if self.language == "en" else SITE

    def say(self, key: str, **values: object) -> str:
        """Of the app (`room.key`), or of these pages (`key`); a missing key is a defect."""
        if "." not in key:
            told: str = getattr(_own(key), self.language)
        else:
            told = self.book.words[self.language][key]
        return _BLANK.sub(lambda blank: str(values.get(blank[1], blank[0])), told)

    def pick(self, text: Mapping[str, str]) -> str:
        return text[self.language]

    def told(self, text: Text) -> str:
        words: str = getattr(text, self.language)
        return words

    def yen(self, value: int) -> str:
        return self.say("procedure.yen", yen=f"{value:,}")

    def long_day(self, day: date | str) -> str:
        """令和8年（2026年）12月7日（月曜日） in Japanese; the full date in English."""
        of = date.fromisoformat(day) if isinstance(day, str) else day
        if self.language == "en":
            return f"{of:%A}, {of.day} {of:%B} {of.year}"
        rest = f"{of.month}月{of.day}日（{_WEEKDAYS[of.weekday()]}曜日）"
        era = f"令和{'元' if of.year == REIWA + 1 else of.year - REIWA}年（{of.year}年）"
        return (era if of >= date(2019, 5, 1) else f"{of.year}年") + rest

    def moment(self, iso: str) -> str:
        """In Tokyo, to the minute; as it is where it is no time."""
        try:
            at = datetime.fromisoformat(iso).astimezone(TOKYO)
        except ValueError:
            return iso
        return f"{self.long_day(at.date())} {at.hour}:{at:%M}"


def days_of(duration: Any) -> int | None:
    """Days of an ISO 8601 duration as the catalogue writes it, P30D; None: another form."""
    found = re.fullmatch(r"P(\d+)D", duration or "")
    return int(found[1]) if found else None
