"""What every PDF of the house is written with: Noto Sans JP, which the front end's build lays into `dist/print`.

It is embedded, as far as its characters are used, so that each reader and printer shows the same; it has the rare
characters of Japanese names (JIS X 0213 and more, 𠮷 among them) and the Latin ones of Vietnamese names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any, Final
from unicodedata import category, name, normalize
from xml.sax.saxutils import escape

import segno
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import black, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FILE: Final = "print/NotoSansJP-Regular.ttf"
ONE_AT_A_TIME: Final = Lock()
"""The library reads the font's file by one place in it, whichever thread asks."""
LONG: Final = re.compile("<([0-9A-F]{5,6})>")
GETA: Final = "〓"
"""Stands for what cannot be printed, as printers have it; a blank would hide that something is missing."""


@dataclass(frozen=True)
class Ink:
    """Read when the first page is written. `assets`: what the front end's build made."""

    assets: Path

    @property
    def font(self) -> str:
        """Its name for styles and canvases."""
        return str(_read(self.assets / FILE).fontName)

    def style(self, name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
        """Sizes in points; lines break between any two characters, as Japanese does."""
        return ParagraphStyle(name, fontName=self.font, fontSize=size, leading=leading, wordWrap="CJK", **more)

    def written(self, text: str) -> str:
        """As a paragraph takes it: what is not seen is left out, what the font has not is replaced by a geta."""
        known = _read(self.assets / FILE).face.charToGlyph
        seen = (" " if one in "\t\r\n" else one for one in normalize("NFC", text) if not _is_unseen(one))
        return escape("".join(one if one == " " or ord(one) in known else GETA for one in seen))


class _Font(TTFont):  # type: ignore[misc]
    def addObjects(self, doc: Any) -> None:
        """What is beyond U+FFFF is told to readers in UTF-16, as ISO 32000-1 §9.10.3 wants it, so that it can be found
        and read aloud."""
        with ONE_AT_A_TIME:
            super().addObjects(doc)
        for told, stream in doc.idToObject.items():
            if told.startswith("toUnicodeCMap:"):
                stream.content = LONG.sub(_in_utf_16, stream.content)


def _in_utf_16(told: re.Match[str]) -> str:
    return f"<{chr(int(told[1], 16)).encode('utf-16-be').hex()}>"


@lru_cache(4)
def _read(file: Path) -> TTFont:
    font = _Font(f"ink of {file}", file)
    pdfmetrics.registerFont(font)
    return font


def _is_unseen(one: str) -> bool:
    """It chooses among the forms of the character before it, or turns the direction of writing."""
    return category(one) == "Cf" or name(one, "").startswith("VARIATION SELECTOR")


def square(address: str, side: float) -> Drawing:
    """`address` as a QR code with its quiet zone, error correction M, `side` points wide: read though it was folded."""
    rows = [list(row) for row in segno.make_qr(address, error="m").matrix_iter(border=4)]
    module = side / len(rows)
    drawn = Drawing(side, side)
    drawn.add(Rect(0, 0, side, side, fillColor=white, strokeWidth=0, strokeColor=white))
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            wide = len(list(run))
            if dark:
                left, below = x * module, side - (y + 1) * module
                ink = {"fillColor": black, "strokeColor": black, "strokeWidth": 0.1}
                drawn.add(Rect(left, below, wide * module, module, **ink))
            x += wide
    return drawn
