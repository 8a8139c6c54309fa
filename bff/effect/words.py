"""The board's words, and its numbers as a person reads them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from bff.effect.formulas import Exact, nearest

LANGUAGES: Final = {"ja": "日本語", "easy": "やさしい日本語", "en": "English"}
OKU: Final = 100_000_000
MAN: Final = 10_000
BILLION: Final = 1_000_000_000
MILLION: Final = 1_000_000


@cache
def _all() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))


def said(key: str, language: str, **values: object) -> str:
    """A missing key is a defect (`KeyError`)."""
    return _all()[key][language].format(**values)


@dataclass(frozen=True)
class Told:
    """Numbers in one language."""

    language: str

    def hours(self, value: Exact) -> str:
        return said("hours", self.language, n=f"{nearest(value):,}")

    def yen(self, value: Exact) -> str:
        """億円 and 万円 in Japanese, to three digits or so; whole yen below 万."""
        size, sign = abs(Fraction(value)), "−" if value < 0 else ""
        if self.language == "en":
            return sign + _in_english(size)
        if size >= OKU:
            tenths = nearest(size * 10 / OKU)
            return f"{sign}{tenths // 10:,}.{tenths % 10}億円"
        return f"{sign}{nearest(size / MAN):,}万円" if size >= MAN else f"{sign}{nearest(size):,}円"

    def day(self, of: date) -> str:
        return f"{of.day} {of:%B} {of.year}" if self.language == "en" else f"{of.year}年{of.month}月{of.day}日"

    def month(self, of: date) -> str:
        return f"{of:%b}" if self.language == "en" else f"{of.month}{said('month', self.language)}"

    def count(self, value: int | None) -> str:
        return said("times", self.language, n=f"{value or 0:,}")

    def share(self, value: Exact) -> str:
        tenths = nearest(Fraction(value) * 1000)
        return f"{tenths // 10}.{tenths % 10}%"


def _in_english(size: Fraction) -> str:
    """To three digits or so, as in Japanese."""
    for unit, name in ((BILLION, "billion"), (MILLION, "million")):
        if size >= unit:
            tenths = nearest(size * 10 / unit)
            return f"¥{tenths // 10:,}.{tenths % 10} {name}"
    return f"¥{nearest(size):,}"
