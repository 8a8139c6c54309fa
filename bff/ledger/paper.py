"""Her list as a PDF, to read and to print."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from bff.ink import Ink

MOST: Final = 3_000
"""Entries on paper; the JSON holds all."""


@dataclass(frozen=True)
class Line:
    """One entry in words: when, what, and pairs of a label and what stands there."""

    at: str
    what: str
    said: Sequence[tuple[str, str]]


def paper(title: str, lead: Sequence[str], lines: Sequence[Line], *, ink: Ink, made_at: datetime) -> bytes:
    """The whole file; takes its time, so never in the event loop."""
    styles = _styles(ink)

    def numbered(canvas: Any, _: Any) -> None:
        canvas.setFont(ink.font, 8)
        canvas.drawCentredString(A4[0] / 2, 10 * mm, str(canvas.getPageNumber()))

    parts: list[Any] = [Paragraph(ink.written(title), styles["title"])]
    parts += [Paragraph(ink.written(one), styles["small"]) for one in lead]
    parts.append(Spacer(1, 4 * mm))
    for line in lines:
        parts.append(Paragraph(f"{ink.written(line.at)}　{ink.written(line.what)}", styles["entry"]))
        said = "　".join(f"{ink.written(label)}：{ink.written(value)}" for label, value in line.said if value)
        parts.append(Paragraph(said, styles["small"]))
    out = io.BytesIO()
    SimpleDocTemplate(
        out,
        pagesize=A4,
        title=title,
        author="くらしまど",
        creationDate=made_at,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
    ).build(parts, onFirstPage=numbered, onLaterPages=numbered)
    return out.getvalue()


@cache
def _styles(ink: Ink) -> Mapping[str, Any]:
    return {
        "title": ink.style("title", 16, 22, spaceAfter=6),
        "entry": ink.style("entry", 10.5, 15, spaceBefore=7),
        "small": ink.style("small", 9, 13.5),
    }
