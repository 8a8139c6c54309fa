"""Japanese written in Latin letters, read as kana (pwa/data/romaji.ts)."""

from __future__ import annotations

import re
from typing import Final

_VOWELS: Final = "aiueo"
_ROWS: Final = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だじずでど", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ", "y": "やいゆえよ", "w": "わいうえお",
}  # fmt: skip
_JOINED: Final = {
    "sh": "し", "sy": "し", "ch": "ち", "ty": "ち", "j": "じ", "jy": "じ", "zy": "じ", "ky": "き", "gy": "ぎ",
    "ny": "に", "hy": "ひ", "by": "び", "py": "ぴ", "my": "み", "ry": "り",
}  # fmt: skip
_SYLLABLE: Final = re.compile(
    r"(?:(sh|ch|ts|[stjzkgnhbpmr]y|[kstnhmrgzdbpywjf])?([aiueo])|(n)(?![aiueoy])|([kstpcgdbz])(?=\4|ch))"
)
_I: Final = 1
_U: Final = 2


def kana_of(word: str) -> str | None:
    """The kana of a word in Latin letters; None for one that is no Japanese."""
    kana, at = "", 0
    while at < len(word):
        found = _SYLLABLE.match(word, at)
        if not found:
            return None
        consonant, vowel, n, _ = found.groups()
        kana += _syllable(consonant or "", _VOWELS.index(vowel)) if vowel else "ん" if n else ""
        at = found.end()
    return kana


def _syllable(consonant: str, vowel: int) -> str:
    if consonant in _JOINED:
        return _JOINED[consonant] + ("" if vowel == _I else "やいゆえよ"[vowel])
    if consonant in ("f", "ts"):
        return ("ふ" if consonant == "f" else "つ") + ("" if vowel == _U else "あいうえお"[vowel])
    row = _ROWS.get(consonant, "")
    return row[vowel] if row else ""
