"""Letters on paper, each with a square of its own: to join, to answer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from bff.ink import Ink, square

_MARGIN: Final = 20 * mm
_SQUARE: Final = 34 * mm


@dataclass(frozen=True)
class Letter:
    """One page. `asked`: question and the choices to tick (none: a line to write on). `address`: of its square."""

    to: str
    sender: str
    title: str
    body: str
    asked: Sequence[tuple[str, Sequence[str]]]
    how: str
    address: str
    code: str


def pages(
    letters: Sequence[Letter], *, title: str, listed: Sequence[Sequence[str]], ink: Ink, made_at: datetime
) -> bytes:
    """The list of whom it goes to first, then a page each; takes its time, so never in the event loop."""
    styles = _styles(ink)
    parts: list[Any] = [Paragraph(ink.written(title), styles["title"])]
    table = Table(
        [[Paragraph(ink.written(cell), styles["small"]) for cell in row] for row in listed] or [[""]], repeatRows=1
    )
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.4, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    parts.append(table)
    for one in letters:
        parts += [PageBreak(), *_page(one, ink)]
    out = io.BytesIO()
    margins = {f"{side}Margin": _MARGIN for side in ("left", "right", "top", "bottom")}
    SimpleDocTemplate(out, pagesize=A4, title=title, author="くらしまど", creationDate=made_at, **margins).build(parts)
    return out.getvalue()


def _page(one: Letter, ink: Ink) -> list[Any]:
    styles = _styles(ink)
    body = [Paragraph(ink.written(line) or "&nbsp;", styles["text"]) for line in one.body.splitlines()]
    asked: list[Any] = []
    for label, choices in one.asked:
        ticks = "　".join(f"□ {ink.written(each)}" for each in choices) or "＿" * 28
        asked.append(KeepTogether([Paragraph(ink.written(label), styles["ask"]), Paragraph(ticks, styles["text"])]))
    told = [Paragraph(ink.written(line), styles["small"]) for line in (*one.how.splitlines(), f"コード：{one.code}")]
    box = Table(
        [[told, square(one.address, _SQUARE)]], colWidths=[A4[0] - 2 * _MARGIN - _SQUARE - 6 * mm, _SQUARE + 6 * mm]
    )
    box.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 0.7, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    head = [Paragraph(ink.written(one.to), styles["to"]), Paragraph(ink.written(one.sender), styles["from"])]
    return [
        *head,
        Paragraph(ink.written(one.title), styles["title"]),
        *body,
        *asked,
        Spacer(1, 8 * mm),
        KeepTogether([box]),
    ]


@cache
def _styles(ink: Ink) -> dict[str, Any]:
    return {
        "title": ink.style("title", 17, 25, alignment=1, spaceBefore=8, spaceAfter=10),
        "to": ink.style("to", 12, 18),
        "from": ink.style("from", 12, 18, alignment=2),
        "text": ink.style("text", 11, 18),
        "ask": ink.style("ask", 11, 18, spaceBefore=9),
        "small": ink.style("small", 9.5, 14.5),
    }
