"""Words that name one matter as a whole: 生活保護 is neither 生活 nor 保護 (pwa/data/compounds.ts)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from unicodedata import normalize

from bff.public.search.fold import HAN, KATAKANA, bigrams, fold
from bff.public.search.page import Group, Page

_FEW: Final = 4
_LONG: Final = 4


def compounds(question: str, acts: Sequence[str]) -> list[str]:
    """What is done with a matter (申請, 変更) is no part of its name."""
    text = normalize("NFKC", question)
    chinese: list[str] = []
    for found in re.findall(f"[{HAN}々]+", text):
        rest = found
        for act in acts:
            rest = rest.replace(act, " ")
        chinese += rest.split(" ")
    katakana = re.findall(f"[{KATAKANA}ー]+", text)
    return [fold(word) for word in (*chinese, *katakana) if len(word) >= _LONG]


def covers(page: Page, word: str, groups: Sequence[Group]) -> bool:
    """Whether a page speaks of two thirds of the word, itself or in words of the same meaning."""
    letters: set[int] = set()
    if not re.fullmatch("[ぁ-ん]+", word) or len(word) > _FEW:
        for at, mark in enumerate(bigrams(word)):
            if mark in page.marks:
                letters |= {at, at + 1}
    elif any(word in phrase.folded for phrase in page.phrases):
        return True
    for group in groups:
        for member in group.members if page in group.worth else ():
            if len(member) > 1 and member in word:
                at = word.index(member)
                letters.update(range(at, at + len(member)))
    return len(letters) * 3 >= len(word) * 2
