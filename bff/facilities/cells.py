"""What stands in one cell of a ward's file, read as people write it: full-width digits, 「9時」, 「月～金」."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

LONGEST: Final = 500
_DAYS: Final = "月火水木金土日"
_YES: Final = {"有", "有り", "あり", "1", "○", "〇", "◯", "可", "true", "はい", "yes", "対応", "設置"}
_NO: Final = {"無", "無し", "なし", "0", "×", "✕", "不可", "false", "いいえ", "no", "非対応", "-", "―", "－", ""}
_LANGUAGES: Final = {
    "英": "en",
    "中": "zh",
    "韓": "ko",
    "ハングル": "ko",
    "ベトナム": "vi",
    "ネパール": "ne",
    "タガログ": "tl",
    "フィリピ": "tl",
    "スペイン": "es",
    "ポルトガル": "pt",
    "やさしい": "easy",
}
_UNITS: Final = "日|週|か月|ヶ月|ヵ月|カ月|ケ月|月|歳児|歳|才"
WHOLE_DAY: Final = 24
_NOT_PRINTED: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b-\u200f\u202a-\u202e]")


class Unreadable(ValueError):
    """The cell says something, but nothing that can be used; the row is kept without it."""


def plain(cell: str) -> str:
    """Without what a spreadsheet or a copy left around it. Raises `Unreadable` for a formula."""
    text = _NOT_PRINTED.sub("", cell).replace("\u3000", " ")
    if not text.lstrip().startswith(("=", "＝", "+", "@", "-")):
        return " ".join(text.split())
    if quoted := re.fullmatch(r'\s*="([^"]*)"\s*', text):
        text = quoted[1]
    if re.match(r"\s*[=＝]", text) or re.match(r"\s*[+@-]\s*[A-Za-z]+\(", text):
        raise Unreadable("formula")
    return " ".join(text.split())


def narrow(cell: str) -> str:
    """Digits and signs in the width that programs read."""
    return unicodedata.normalize("NFKC", plain(cell)).strip()


def number(cell: str) -> int | None:
    """A whole number with or without its unit (「１，２００人」); None: nothing is written."""
    text = narrow(cell).replace(",", "")
    if text in ("", "-", "―", "不明", "なし"):
        return None
    found = re.match(r"約?(\d{1,9})(?:\.0+)?(?!\d)", text)
    if not found:
        raise Unreadable("number")
    return int(found[1])


def degrees(cell: str) -> float | None:
    """35.6581, 35,6581, 35°39'29" or 35度39分29秒; None: nothing is written."""
    text = narrow(cell)
    if text in ("", "-", "0", "0.0"):
        return None
    parts = re.fullmatch(r"[NE北緯東経]*\s*(\d{1,3})[°度]\s*(\d{1,2})['′分]\s*(\d{1,2}(?:\.\d+)?)[\"″'′秒]*", text)
    if parts:
        return int(parts[1]) + int(parts[2]) / 60 + float(parts[3]) / 3600
    try:
        return float(text.replace(",", "."))
    except ValueError as wrong:
        raise Unreadable("degrees") from wrong


@lru_cache(2048)
def hour(cell: str) -> str:
    """HH:MM; empty: nothing is written."""
    text = narrow(cell)
    if text == "":
        return ""
    if re.fullmatch(r"0?\.\d+", text):  # a spreadsheet's part of a day
        minutes = round(float(text) * 24 * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    found = re.fullmatch(r"(午前|午後|AM|PM)?\s*(\d{1,2})(?:[:時]\s*(\d{1,2})?)?(?::\d{2})?分?", text, re.IGNORECASE)
    if not found:
        raise Unreadable("hour")
    hours, minutes = int(found[2]), int(found[3] or 0)
    if (found[1] or "").upper() in ("午後", "PM") and hours < WHOLE_DAY // 2:
        hours += 12
    if hours > WHOLE_DAY or minutes > 59 or (hours == WHOLE_DAY and minutes):  # noqa: PLR2004
        raise Unreadable("hour")
    return f"{hours:02d}:{minutes:02d}"


@lru_cache(2048)
def days(cell: str) -> int:
    """Bits from Monday to Sunday and public holidays; 0: nothing is written."""
    text = narrow(cell).replace("曜日", "").replace("曜", "")
    if text == "":
        return 0
    bits = 0b1111111 if "毎日" in text or "全日" in text or "年中無休" in text else 0
    bits |= 0b0011111 if "平日" in text else 0
    for first, last in re.findall(rf"([{_DAYS}])\s*[~〜～\-ー－から]+\s*([{_DAYS}])", text):
        for place in range(_DAYS.index(first), _DAYS.index(last) + 1):
            bits |= 1 << place
    for mark in re.sub(r"平日|毎日|全日|祝日|休日", "", text):
        bits |= 1 << _DAYS.index(mark) if mark in _DAYS else 0
    bits |= 1 << len(_DAYS) if "祝" in text and "祝日除く" not in text else 0
    if bits == 0:
        raise Unreadable("days")
    return bits


@lru_cache(2048)
def ages(cell: str) -> tuple[int | None, int | None]:
    """The first and the last month of life that is taken in; (None, None): nothing is written."""
    text = narrow(cell)
    if text == "":
        return None, None
    found = [_months(*one) for one in re.findall(rf"(?:生後)?(\d{{1,3}})\s*({_UNITS})", text)]
    if (bare := re.fullmatch(r"(\d)\s*[~〜\-]\s*(\d)\s*[歳才]児?", text)) is not None:
        found = [_months(bare[1], "歳"), _months(bare[2], "歳")]
    until_school = "就学前" in text or "小学校就学" in text
    if not found and not until_school:
        raise Unreadable("ages")
    first = found[0][0] if found else 0
    last = 6 * 12 + 11 if until_school else found[-1][1]
    if last < first:
        raise Unreadable("ages")
    return first, last


def _months(count: str, unit: str) -> tuple[int, int]:
    if unit == "日":
        return int(count) // 30, int(count) // 30
    if unit == "週":
        return int(count) // 4, int(count) // 4
    if unit in ("歳", "歳児", "才"):
        return int(count) * 12, int(count) * 12 + 11
    return int(count), int(count)


def flag(cell: str) -> bool:
    text = narrow(cell).casefold()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise Unreadable("flag")


@lru_cache(2048)
def several(cell: str) -> tuple[str, ...]:
    """Things in one cell, however they are parted; each once."""
    parts = re.split(r"[;；、,，/／・\n]", plain(cell))
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


@lru_cache(2048)
def languages(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for mark, code in _LANGUAGES.items() if mark in plain(cell)))


def address_of_page(cell: str) -> str:
    """https://… only: a link that a resident may follow."""
    text = narrow(cell)
    if text == "":
        return ""
    if not re.fullmatch(r"https?://[\w.-]+(?::\d+)?(?:[/?#]\S*)?", text, re.ASCII) or len(text) > LONGEST:
        raise Unreadable("url")
    return text


def phone(cell: str) -> str:
    text = re.sub(r"[‐‑–—−ー―ｰ]", "-", narrow(cell)).replace("(", "").replace(")", "-").removeprefix("代表")
    if text == "":
        return ""
    if not re.fullmatch(r"\+?[\d -]{9,16}", text.strip()):
        raise Unreadable("phone")
    return text.strip()
