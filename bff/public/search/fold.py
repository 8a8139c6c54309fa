"""Written forms made alike (pwa/data/fold.ts)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from unicodedata import normalize

HAN: Final = (
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufa6d\ufa70-\ufad9\U00016ff0\U00016ff1\U00020000-\U0002a6df\U0002a700-\U0002fa1d\U00030000-\U000323af"
)
"""What `\\p{Script=Han}` is, for the inside of brackets."""
KATAKANA: Final = "\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\u32d0-\u32fe\u3300-\u3357\uff66-\uff6f\uff71-\uff9d"
HIRAGANA: Final = "\u3041-\u3096\u309d-\u309f"
HANGUL: Final = (
    "\u1100-\u11ff\u302e\u302f\u3131-\u318e\u3200-\u321e\u3260-\u327e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7c6"
    "\ud7cb-\ud7fb\uffa0-\uffbe\uffc2-\uffc7\uffca-\uffcf\uffd2-\uffd7\uffda-\uffdc"
)
DEVANAGARI: Final = "\u0900-\u0950\u0955-\u0963\u0966-\u097f\ua8e0-\ua8ff"

_SMALL: Final = str.maketrans("ぁぃぅぇぉゃゅょゎゕゖぢづ", "あいうえおやゆよわかけじず")
_KATAKANA_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_MARKS: Final = re.compile("[\u0300-\u036f]")
_LONG: Final = re.compile("[ー〜っ]")
_AFTER_O: Final = re.compile("(?<=[おこそとのほもよろごぞどぼぽ])う|(?<=[おこと])お")
_AFTER_E: Final = re.compile("(?<=[えけせてねへめれげぜでべぺ])い")
_APOSTROPHE: Final = re.compile("(?<=[a-z])['’](?=[a-z])")
_PIECE: Final = re.compile(f"[a-z]+|[0-9]+|[{HAN}{HIRAGANA}々〆]+|[{HANGUL}]+|[{DEVANAGARI}\u200c\u200d]+")
_FOREIGN: Final = re.compile(f"[{HANGUL}{DEVANAGARI}]")

_BEGINNING, _ENDING, _SLIPS, _EACH = 0.85, 0.8, 0.8, 0.2
_SHORTEST, _FEW, _MANY = 3, 4, 8


def fold(text: str) -> str:
    """NFKC, lower case, hiragana without small letters; ー, っ and the second half of a long vowel fall away."""
    bare = normalize("NFC", _MARKS.sub("", normalize("NFKD", text))).lower().replace("đ", "d").replace("手当て", "手当")
    kana = _LONG.sub("", bare.translate(_KATAKANA_TO_HIRAGANA)).translate(_SMALL)
    return _AFTER_E.sub("", _AFTER_O.sub("", kana))


def pieces(folded: str) -> list[str]:
    """Of a folded text: words of Latin letters or digits, runs of Japanese, words of Hangul or Devanagari."""
    return _PIECE.findall(_APOSTROPHE.sub("", folded))


def is_japanese(piece: str) -> bool:
    return not re.match("[a-z0-9]", piece)


def is_foreign(piece: str) -> bool:
    """Korean or Nepali: like Japanese a word may have an ending, so it is found within."""
    return bool(_FOREIGN.match(piece))


def bigrams(run: str) -> Sequence[str]:
    """Every two neighbouring characters; a single one stands for itself."""
    return [run[at : at + 2] for at in range(len(run) - 1)] if len(run) > 1 else list(run)


def likeness(typed: str, known: str) -> float:
    """From 0 to 1: the same, its beginning, another ending, one or two slips."""
    if typed == known:
        return 1
    if typed[0] != known[0] or typed[0].isdecimal():
        return 0
    if len(typed) >= _SHORTEST and known.startswith(typed):
        return _BEGINNING
    if len(known) >= _FEW and typed.startswith(known):
        return _ENDING
    allowed = 2 if len(typed) >= _MANY else 1 if len(typed) >= _FEW else 0
    if allowed == 0:
        return 0
    slips = distance(typed, known, allowed)
    return 0 if slips > allowed else _SLIPS - _EACH * slips


def distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, leave out or swap with the next; more than `most` is only known to be more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i in range(1, len(one) + 1):
        following = [i]
        for j in range(1, len(other) + 1):
            same = 0 if one[i - 1] == other[j - 1] else 1
            least = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + same)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                least = min(least, before[j - 2] + 1)
            following.append(least)
        before, row = row, following
    return row[-1]
