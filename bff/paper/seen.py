"""What Tesseract saw: words with where they stand and how sure it was, put together to pieces of a line."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

import msgspec
from PIL import Image

APART: Final = 1.5
"""A gap of so many heights of a line parts two pieces: a label and its value, two boxes of a row."""
SPACE: Final = 0.28
"""A gap of so many heights is a space somebody left; Tesseract sets one between all words of Japanese."""
RULES: Final = frozenset("|｜│[]")
"""What a rule of a table is read as."""
SPECKS: Final = frozenset("|_-—~^'`´,.·•:;[](){}<>口ロ\u3000 ")
_TEXT, _WORD = 12, "5"
LINE: Final = 40


class Box(msgspec.Struct, frozen=True):
    """In pixels of the page (from 1) after it was put straight."""

    page: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def over(self, other: Box) -> Box:
        """The smallest that holds both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        return Box(self.page, left, top, max(self.right, other.right), max(self.bottom, other.bottom))


@dataclass(frozen=True)
class Word:
    """`sure`: 0 to 100, as Tesseract has it."""

    text: str
    box: Box
    sure: float
    line: tuple[int, int, int]


@dataclass(frozen=True)
class Piece:
    """Words of one line that stand close together."""

    words: tuple[Word, ...]
    box: Box

    @property
    def plain(self) -> str:
        return plain("".join(one.text for one in self.words))

    @property
    def text(self) -> str:
        return joined(self.words)


def words_in(tsv: str, page: int) -> list[Word]:
    """Of Tesseract's TSV for one page; specks are left out."""
    found = []
    for row in csv.reader(tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) < _TEXT or row[0] != _WORD or not row[11].strip():
            continue
        left, top, wide, high = (int(cell) for cell in row[6:10])
        box = Box(page, left, top, left + wide, top + high)
        block, paragraph, line = (int(cell) for cell in row[2:5])
        found.append(Word(row[11].strip(), box, float(row[10]), (block, paragraph, line)))
    return found


def pieces_of(words: Iterable[Word], down: Image.Image) -> list[Piece]:
    """In the order in which they were seen; `down`: where rules of the page's tables are, which part pieces too."""
    found = []
    for _, line in groupby(words, key=lambda one: (one.box.page, one.line)):
        ordered = sorted((one for one in line if one.text not in RULES), key=lambda one: one.box.left)
        if not ordered:
            continue
        high = max(1, sorted(one.box.height for one in ordered)[len(ordered) // 2])
        begun: list[Word] = []
        for one in ordered:
            gap = one.box.left - begun[-1].box.right if begun else 0
            if begun and (gap > APART * high or _ruled(down, begun[-1].box, one.box)):
                found.append(_piece(begun))
                begun = []
            begun.append(one)
        found.append(_piece(begun))
    return [one for one in found if set(one.plain) - SPECKS]


def _ruled(down: Image.Image, before: Box, after: Box) -> bool:
    """Whether a rule goes down between the two; a box that was read may reach over it."""
    middle, reach = int((before.middle + after.middle) / 2), LINE // 4
    left, right = (before.left + before.right) // 2, (after.left + after.right) // 2
    return right > left and down.crop((left, max(middle - reach, 0), right, middle + reach)).getbbox() is not None


def joined(words: Sequence[Word]) -> str:
    """With the spaces that were left on paper, and no others."""
    if not words:
        return ""
    high = max(1, sorted(one.box.height for one in words)[len(words) // 2])
    text = words[0].text
    for before, one in pairwise(words):
        gap = one.box.left - before.box.right
        latin = before.text[-1].isascii() and one.text[0].isascii() and before.text[-1].isalpha()
        text += (" " if gap > SPACE * high or (latin and gap > 0) else "") + one.text
    return text


def plain(text: str) -> str:
    """As labels are compared: widths, spaces and brackets say nothing."""
    kept = (sign for sign in unicodedata.normalize("NFKC", text) if not sign.isspace())
    return "".join(sign for sign in kept if sign not in "()「」[]【】:;|.,。、・*※")


def _piece(words: Sequence[Word]) -> Piece:
    box = words[0].box
    for one in words[1:]:
        box = box.over(one.box)
    return Piece(tuple(words), box)
