"""Letters of old systems: the Shift_JIS of Windows (cp932), its doubles, user-defined characters, full-width digits."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from life_events import contains_individual_number

# cp932 and the rest of the world read the same JIS characters as different ones; the right side is ours.
_DOUBLES: Final = {
    "\uff5e": "\u301c",  # 〜, the wave dash
    "\uff0d": "\u2212",  # −
    "\u2225": "\u2016",  # ‖
    "\uffe0": "\u00a2",
    "\uffe1": "\u00a3",
    "\uffe2": "\u00ac",
    "\u2015": "\u2014",  # —
}
_IN: Final = str.maketrans(_DOUBLES)
_OUT: Final = str.maketrans({ours: theirs for theirs, ours in _DOUBLES.items()})
_USER_DEFINED: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufeff\u202a-\u202e\u2066-\u2069]")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NUMERAL: Final = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?")
PHONE: Final = re.compile(r"\+?[0-9(][0-9() -]{1,29}")
GETA: Final = "〓"
"""Stands for what a ward's encoding cannot write, as Japanese printers have always had it."""


def plain(text: str) -> str:
    """A text for people: spaces at its ends gone, doubles made one; full-width letters stay as they were written."""
    return text.translate(_IN).strip(" \u3000")


def narrow(text: str) -> str:
    """A code, number or date: full-width letters and digits as narrow ones."""
    return unicodedata.normalize("NFKC", text.translate(_IN)).strip()


def fault_of(text: str) -> str | None:
    """What must not stand in a text, in words for the ward; None: it may be kept."""
    if _USER_DEFINED.search(text):
        return "外字が含まれています。標準の文字に置き換えてください。"
    if _UNFIT.search(text):
        return "使えない文字（制御文字など）が含まれています。"
    if contains_individual_number(text):
        return NUMBER
    return None


NUMBER: Final = "個人番号（12桁の番号）は受け取れません。この行は取り込まず、番号を消しました。"


def encoded(text: str, encoding: str) -> tuple[bytes, bool]:
    """In a ward's encoding, and whether every letter could be written; those that could not are a 〓."""
    theirs = text.translate(_OUT) if encoding == "cp932" else text
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    try:
        return theirs.encode(codec), True
    except UnicodeEncodeError:
        return b"".join(_one(letter, codec) for letter in theirs), False


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, whatever was copied into it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _one(letter: str, codec: str) -> bytes:
    try:
        return letter.encode(codec)
    except UnicodeEncodeError:
        return GETA.encode(codec)
