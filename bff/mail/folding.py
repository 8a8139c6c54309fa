"""Written forms made alike, letter for letter as the phone does it (`pwa/data/fold.ts`)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SMALL: Final = str.maketrans("ぁぃぅぇぉゃゅょゎゕゖぢづ", "あいうえおやゆよわかけじず")
_KATAKANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_FALLS_AWAY: Final = re.compile("[ー〜っ]")
_AFTER_O: Final = re.compile("(?<=[おこそとのほもよろごぞどぼぽ])う|(?<=[おこと])お")
_AFTER_E: Final = re.compile("(?<=[えけせてねへめれげぜでべぺ])い")


def fold(text: str) -> str:
    """Lower case, hiragana without small letters; ー, っ and the second half of a long vowel fall away."""
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    kana = bare.lower().replace("手当て", "手当").translate(_KATAKANA)
    short = _FALLS_AWAY.sub("", kana).translate(_SMALL)
    return _AFTER_E.sub("", _AFTER_O.sub("", short))
