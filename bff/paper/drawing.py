"""A form as it lies on paper, drawn as a picture: blank to be printed, or filled in to try the intake with.

Nothing is fetched: it is drawn with a Japanese font that is installed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bff.paper.days import in_era
from life_events import Field, FieldKind, Form

WIDTH, HEIGHT = 1240, 1754
"""A4 at 150 dots an inch."""
FONTS: Final = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf",
    "/usr/share/fonts/truetype/fonts-japanese-gothic.ttf",
    "/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc",
    "C:/Windows/Fonts/msgothic.ttc",
)
EDGE, LABEL, LINE, TEXT = 70, 400, 44, 26
_YES_NO: Final = (("はい", True), ("いいえ", False))
_INK, _RULE = "black", "#444444"


class NoFont(Exception):
    """No Japanese font is installed here that we know of."""


@dataclass(frozen=True)
class Row:
    """`ticks`: what may be ticked, and whether it is; empty: `text` is written in the box."""

    label: str
    text: str = ""
    ticks: Sequence[tuple[str, bool]] = ()


def drawn(form: Form, values: Mapping[str, object], *, received: date | None, ward: str) -> list[Image.Image]:
    """The pages; `values` by field ids, dates as `date`; `received`: the day of the ward's stamp. Raises `NoFont`."""
    pages = [_Page()]
    pages[-1].head(form, received, ward)
    for section in form.sections:
        rows = [_row(field, values.get(field.id)) for field in section.fields]
        for first, row in enumerate(rows):
            needed = pages[-1].height_of(row) + (0 if first else 2 * LINE)
            if pages[-1].at + needed > HEIGHT - EDGE:
                pages.append(_Page())
            if not first:
                pages[-1].title(section.title.ja)
            pages[-1].row(row)
    return [one.picture for one in pages]


def _row(field: Field, value: object) -> Row:
    label = field.label.ja
    match field.kind:
        case FieldKind.YES_NO:
            return Row(label, ticks=[(name, value is said) for name, said in _YES_NO])
        case FieldKind.AGREEMENT:
            return Row(label, ticks=[("同意します", value is True)])
        case FieldKind.CHOICE | FieldKind.MANY_CHOICE:
            chosen = value if isinstance(value, list | tuple) else (value,)
            return Row(label, ticks=[(one.label.ja, one.value in chosen) for one in field.choices])
        case FieldKind.DATE:
            return Row(label, in_era(value) if isinstance(value, date) else "")
        case _:
            return Row(label, str(value or ""))


class _Page:
    """One sheet that is being drawn on, from the top down."""

    def __init__(self) -> None:
        self.picture = Image.new("L", (WIDTH, HEIGHT), "white")
        self._pen = ImageDraw.Draw(self.picture)
        self.at = EDGE

    def head(self, form: Form, received: date | None, ward: str) -> None:
        self._pen.text((WIDTH / 2, self.at + 20), form.title.ja, _INK, _font(38), anchor="mt")
        self._pen.text((EDGE, self.at + 100), f"{ward}長　あて", _INK, _font(28))
        if received is not None:
            box = (WIDTH - EDGE - 330, self.at + 80, WIDTH - EDGE, self.at + 170)
            self._pen.rectangle(box, outline=_RULE, width=2)
            self._pen.text((box[0] + 15, box[1] + 8), f"{ward}　受付印", _INK, _font(22))
            self._pen.text((box[0] + 15, box[1] + 46), in_era(received), _INK, _font(TEXT))
        self.at += 210

    def title(self, text: str) -> None:
        self._pen.text((EDGE, self.at + 14), text, _INK, _font(28))
        self.at += 60

    def height_of(self, row: Row) -> int:
        lines = max(len(self._wrapped(row.label, LABEL - 30)), len(list(self._lines(row))))
        return lines * LINE + 16

    def row(self, row: Row) -> None:
        height = self.height_of(row)
        self._pen.rectangle((EDGE, self.at, WIDTH - EDGE, self.at + height), outline=_RULE, width=2)
        self._pen.line((EDGE + LABEL, self.at, EDGE + LABEL, self.at + height), _RULE, 2)
        for number, line in enumerate(self._wrapped(row.label, LABEL - 30)):
            self._pen.text((EDGE + 15, self.at + 14 + number * LINE), line, _INK, _font(TEXT))
        for number, parts in enumerate(self._lines(row)):
            left = EDGE + LABEL + 25.0
            for text, ticked in parts:
                left = self._part(left, self.at + 14 + number * LINE, text, ticked)
        self.at += height

    def _part(self, left: float, top: float, text: str, ticked: bool | None) -> float:
        """Where the next begins."""
        if ticked is not None:
            self._pen.rectangle((left, top + 4, left + 26, top + 30), outline=_INK, width=2)
            if ticked:
                self._pen.line((left + 4, top + 15, left + 12, top + 26, left + 30, top - 2), _INK, 4)
            left += 38
        self._pen.text((left, top), text, _INK, _font(TEXT))
        return left + _font(TEXT).getlength(text) + 30

    def _lines(self, row: Row) -> Iterator[list[tuple[str, bool | None]]]:
        room = WIDTH - 2 * EDGE - LABEL - 50
        if not row.ticks:
            for written in self._wrapped(row.text, room):
                yield [(written, None)]
            return
        line: list[tuple[str, bool | None]] = []
        taken = 0.0
        for text, ticked in row.ticks:
            wide = _font(TEXT).getlength(text) + 68
            if line and taken + wide > room:
                yield line
                line, taken = [], 0.0
            line.append((text, ticked))
            taken += wide
        yield line

    def _wrapped(self, text: str, room: float) -> list[str]:
        lines = [""]
        for sign in text:
            if _font(TEXT).getlength(lines[-1] + sign) > room:
                lines.append("")
            lines[-1] += sign
        return lines


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    file = next((one for one in FONTS if Path(one).is_file()), None)
    if file is None:
        raise NoFont
    return ImageFont.truetype(file, size)
