"""Her list as a PDF, to read and to print: Japanese as real text, in the fonts that every reader of PDF brings along
(Adobe-Japan1, ISO 32000-1 §9.7), so that no font is shipped.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

FONT: Final = "HeiseiKakuGo-W5"
MOST: Final = 3_000
"""Entries on paper; the JSON holds all."""


@dataclass(frozen=True)
class Line:
    """One entry in words: when, what, and pairs of a label and what stands there."""

    at: str
    what: str
    said: Sequence[tuple[str, str]]


def paper(title: str, lead: Sequence[str], lines: Sequence[Line], *, made_at: datetime) -> bytes:
    """The whole file; takes its time, so never in the event loop."""
    styles = _styles()
    parts: list[Any] = [Paragraph(escape(title), styles["title"])]
    parts += [Paragraph(escape(one), styles["small"]) for one in lead]
    parts.append(Spacer(1, 4 * mm))
    for line in lines:
        parts.append(Paragraph(f"{escape(line.at)}　{escape(line.what)}", styles["entry"]))
        said = "　".join(f"{escape(label)}：{escape(value)}" for label, value in line.said if value)
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
    ).build(parts, onFirstPage=_numbered, onLaterPages=_numbered)
    return out.getvalue()


def _numbered(canvas: Any, _: Any) -> None:
    canvas.setFont(FONT, 8)
    canvas.drawCentredString(A4[0] / 2, 10 * mm, str(canvas.getPageNumber()))


@cache
def _styles() -> Mapping[str, Any]:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    plain = {"fontName": FONT, "alignment": TA_LEFT, "wordWrap": "CJK"}
    return {
        "title": ParagraphStyle("title", fontSize=16, leading=22, spaceAfter=6, **plain),
        "entry": ParagraphStyle("entry", fontSize=10.5, leading=15, spaceBefore=7, **plain),
        "small": ParagraphStyle("small", fontSize=9, leading=13.5, **plain),
    }
