"""Letters as a file to print: first the list of whom they go to, then a sheet each, addressed for a window envelope,
with the notice's own words and a square that leads to it. And the same list for a spreadsheet."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from reportlab.graphics import renderPDF
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from bff.ink import Ink, square
from bff.reach.letters import Line
from bff.reach.words import say
from life_events import Text
from notifications.jobs import day_in_japan

HEADINGS: Final = ("番号", "住所", "氏名")
_MARGIN: Final = 22 * mm
_SQUARE: Final = 32 * mm
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Told:
    """What every letter of a list says. `url`: of the square."""

    sender: Text
    title: Text
    body: Text
    act_by: date | None
    sent_at: datetime
    url: str


def as_csv(lines: Sequence[Line]) -> bytes:
    """As a spreadsheet opens it: with a mark of its encoding, and no cell that it would take for a formula."""
    out = io.StringIO()
    writing = csv.writer(out)
    writing.writerow(HEADINGS)
    writing.writerows((place, _plain(one.address), _plain(one.name)) for place, one in enumerate(lines, 1))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_pdf(told: Told, lines: Sequence[Line], *, title: str, ink: Ink, made_at: datetime) -> bytes:
    """Takes its time, so never in the event loop."""
    styles, out = _styles(ink), io.BytesIO()
    pages = [
        PageTemplate("list", [_frame(_MARGIN)]),
        PageTemplate("letter", [_frame((_place()["first_fold"] + 6) * mm)], onPage=_folds),
        PageTemplate("more", [_frame(_MARGIN)]),
    ]
    parts: list[Any] = [Paragraph(ink.written(title), styles["title"]), _listed(lines, ink)]
    for place, one in enumerate(lines, 1):
        parts += [NextPageTemplate("letter"), PageBreak(), NextPageTemplate("more")]
        parts += _letter(told, one, f"{place}/{len(lines)}", made_at, ink)
    BaseDocTemplate(
        out, pagesize=A4, pageTemplates=pages, title=title, author="くらしまど", creationDate=made_at
    ).build(parts, canvasmaker=_with_square(told.url))
    return out.getvalue()


def _letter(told: Told, one: Line, number: str, made_at: datetime, ink: Ink) -> list[Any]:
    styles = _styles(ink)

    def said(text: Text) -> str:
        return text.in_language(one.language)

    head = [said(told.sender), said(_day(day_in_japan(made_at))), number]
    body = [Paragraph(ink.written(line) or "&nbsp;", styles["text"]) for line in said(told.body).splitlines()]
    until = (
        [Paragraph(ink.written(said(say("letter_until", day=_day(told.act_by)))), styles["strong"])]
        if told.act_by
        else []
    )
    how = [
        Paragraph(ink.written(said(say(key))), styles["small"])
        for key in ("letter_why", "letter_square", "letter_read")
    ]
    box = Table([[how, _Square()]], colWidths=[A4[0] - 2 * _MARGIN - _SQUARE - 6 * mm, _SQUARE + 6 * mm])
    box.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 0.7, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    title = Paragraph(ink.written(said(told.title)), styles["title"])
    return [_Address(one, head, ink), title, *until, *body, Spacer(1, 7 * mm), KeepTogether([box])]


def _listed(lines: Sequence[Line], ink: Ink) -> Table:
    styles = _styles(ink)
    cells = [[*HEADINGS, "封入"], *([str(place), one.address, one.name, "□"] for place, one in enumerate(lines, 1))]
    wide = [14 * mm, None, 45 * mm, 14 * mm]
    table = Table(
        [[Paragraph(ink.written(cell), styles["small"]) for cell in row] for row in cells], wide, repeatRows=1
    )
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.4, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    return table


class _Address(Flowable):  # type: ignore[misc]
    """Above the frame, where the window is; `head`: who sends it, the day and the letter's number, at its right."""

    def __init__(self, to: Line, head: Sequence[str], ink: Ink) -> None:
        super().__init__()
        self._to, self._head, self._ink = to, head, ink

    def wrap(self, *_: object) -> tuple[float, float]:
        return (0, 0)

    def draw(self) -> None:
        place, styles = _place(), _styles(self._ink)
        top = (place["first_fold"] + 6 - place["top"]) * mm
        left = place["left"] * mm - _MARGIN
        for size in (12, 10.5, 9, 7.5):
            style = ParagraphStyle("to", styles["text"], fontSize=size, leading=size * 1.5)
            lines = [Paragraph(self._ink.written(said), style) for said in (self._to.address, f"{self._to.name}　様")]
            high = [one.wrap(place["width"] * mm, A4[1])[1] for one in lines]
            if sum(high) <= place["height"] * mm:
                break
        for one, tall in zip(lines, high, strict=True):
            one.drawOn(self.canv, left, top - tall)
            top -= tall
        self.canv.setFont(self._ink.font, 9)
        for at, said in enumerate(self._head):
            down = (place["first_fold"] + 6 - place["top"]) * mm - (at + 1) * 14
            self.canv.drawRightString(A4[0] - 2 * _MARGIN, down, said)


class _Square(Flowable):  # type: ignore[misc]
    """Drawn once a file, and shown on each sheet."""

    def wrap(self, *_: object) -> tuple[float, float]:
        return (_SQUARE, _SQUARE)

    def draw(self) -> None:
        self.canv.doForm("square")


def _with_square(url: str) -> Any:
    """A canvas that knows the square from its first page on."""
    from reportlab.pdfgen.canvas import Canvas

    class WithSquare(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            self.beginForm("square", 0, 0, _SQUARE, _SQUARE)
            renderPDF.draw(square(url, _SQUARE), self, 0, 0)
            self.endForm()

    return WithSquare


def _folds(canvas: Any, _: Any) -> None:
    canvas.setLineWidth(0.3)
    for fold in ("first_fold", "second_fold"):
        canvas.line(4 * mm, A4[1] - _place()[fold] * mm, 8 * mm, A4[1] - _place()[fold] * mm)


def _frame(top: float) -> Frame:
    return Frame(_MARGIN, _MARGIN, A4[0] - 2 * _MARGIN, A4[1] - top - _MARGIN, 0, 0, 0, 0)


def _day(day: date) -> Text:
    said = f"{day.year}年{day.month}月{day.day}日"
    return Text(ja=said, easy=said, en=day.isoformat())


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


@cache
def _place() -> dict[str, float]:
    return tomllib.loads(Path(__file__).with_name("envelope.toml").read_text("utf-8"))


@cache
def _styles(ink: Ink) -> dict[str, Any]:
    return {
        "title": ink.style("title", 16, 23, spaceBefore=2, spaceAfter=8),
        "text": ink.style("text", 11, 18),
        "strong": ink.style("strong", 12.5, 20, spaceAfter=6),
        "small": ink.style("small", 9.5, 14.5, spaceAfter=2),
    }
