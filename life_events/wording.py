"""Texts filled with values: dates written out per language, texts inside texts."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from string import Formatter

from life_events.terms import Text

NOTHING_WRITTEN = "―"
"""Stands for a name or word that a source told as empty."""
_KANJI = "月火水木金土日"
_CHINESE = "一二三四五六日"
_KOREAN = "월화수목금토일"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FILIPINO_MONTHS = (
    *("Enero", "Pebrero", "Marso", "Abril", "Mayo", "Hunyo"),
    *("Hulyo", "Agosto", "Setyembre", "Oktubre", "Nobyembre", "Disyembre"),
)
_NEPALI_MONTHS = (
    *("जनवरी", "फेब्रुअरी", "मार्च", "अप्रिल", "मे", "जुन"),
    *("जुलाई", "अगस्ट", "सेप्टेम्बर", "अक्टोबर", "नोभेम्बर", "डिसेम्बर"),
)
_YEAR_MONTH = re.compile("([0-9]{4})-(0[1-9]|1[0-2])")


def say(text: Text, params: Mapping[str, object]) -> Text:
    """`text` with its braces filled; raises KeyError when a value is missing."""
    if not params and "{" not in text.ja + text.easy + text.en:
        return text
    values = {key: as_text(value) for key, value in params.items()}

    def filled(language: str, sentence: str) -> str:
        return sentence.format_map({key: value.in_language(language) for key, value in values.items()})

    return text.changed(filled)


def as_text(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, date):
        return day(value)
    written = str(value) if str(value).strip() else NOTHING_WRITTEN
    if month := _YEAR_MONTH.fullmatch(written):
        return _month(int(month[1]), int(month[2]))
    return Text(written, written, written)


@lru_cache(maxsize=4096)
def day(on: date) -> Text:
    weekday = on.weekday()
    numbers = f"{on.year}年{on.month}月{on.day}日"
    return Text(
        ja=f"{numbers}（{_KANJI[weekday]}）",
        easy=f"{numbers}（{_KANJI[weekday]}曜日）",
        en=f"{_DAYS[weekday]}, {on.day} {_MONTHS[on.month - 1]} {on.year}",
        zh_hans=f"{numbers}（周{_CHINESE[weekday]}）",
        zh_hant=f"{numbers}（週{_CHINESE[weekday]}）",
        ko=f"{on.year}년 {on.month}월 {on.day}일({_KOREAN[weekday]})",
        vi=f"{on.day}/{on.month}/{on.year}",
        ne=f"{_in_devanagari(on.year)} {_NEPALI_MONTHS[on.month - 1]} {_in_devanagari(on.day)}",
        tl=f"{_FILIPINO_MONTHS[on.month - 1]} {on.day}, {on.year}",
        pt=f"{on:%d/%m/%Y}",
    )


def _in_devanagari(number: int) -> str:
    return "".join(chr(0x0966 + int(digit)) for digit in str(number))


def _month(year: int, month: int) -> Text:
    """Ward records tell months as YYYY-MM."""
    return Text(f"{year}年{month}月", f"{year}年{month}月", f"{_MONTHS[month - 1]} {year}")


def braces(text: Text) -> tuple[frozenset[str], ...]:
    """The names in braces of each language; ValueError when a brace is not a plain name."""
    return tuple(_names(sentence) for sentence in (text.ja, text.easy, text.en))


def _names(sentence: str) -> frozenset[str]:
    names = set()
    for _, name, style, conversion in Formatter().parse(sentence):
        if name is None:
            continue
        if not name.isidentifier() or style or conversion:
            raise ValueError(f"{{{name}}} is not a plain name")
        names.add(name)
    return frozenset(names)
