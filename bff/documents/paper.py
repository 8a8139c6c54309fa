"""A document as a PDF to hand in or show: a copy made by the house, which says so on each page. ADR 0042.

Japanese is real text in the fonts that every reader of PDF brings along (Adobe-Japan1), as in `bff.ledger.paper`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from xml.sax.saxutils import escape

import segno
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import Color, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from bff.documents.document import Written
from life_events import day

FONT: Final = "HeiseiKakuGo-W5"
MARK: Final = "写し"
_PALE: Final = Color(0.9, 0.9, 0.9)
_MARGIN: Final = 20 * mm
_SQUARE: Final = 36 * mm


_MISSING: Final = re.compile("[\U00010000-\U000e00ff\U000e01f0-\U0010ffff]")
"""Characters of names and places that the fonts every reader brings along do not have; a blank would hide them."""
_VARIANT: Final = re.compile("[\U000e0100-\U000e01ef]")
GETA: Final = "〓"


@dataclass(frozen=True)
class Print:
    """What stands beside the ward's words. `address`: whoever opens it sees what the ward sealed, until `until`."""

    ward: str
    fetched: str
    digest: str
    address: str
    until: date
    is_over: bool


def paper(one: Written, beside: Print, *, made_at: datetime) -> bytes:
    """The whole file; takes its time, so never in the event loop."""
    styles = _styles()
    parts: list[Any] = [
        Paragraph(f"{MARK}（原本ではありません）", styles["mark"]),
        Paragraph(_printed(one.title), styles["title"]),
        Paragraph(f"{_printed(one.to)}　様", styles["to"]),
        _rows([(entry.label, entry.value) for entry in one.entries], styles),
        Spacer(1, 4 * mm),
        _rows(_about(one, beside), styles),
        Spacer(1, 8 * mm),
        _proof(one, beside, styles),
    ]
    out = io.BytesIO()
    SimpleDocTemplate(
        out,
        pagesize=A4,
        title=f"{one.title}（{MARK}）",
        author="くらしまど",
        creationDate=made_at,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
    ).build(parts, onFirstPage=_marked, onLaterPages=_marked)
    return out.getvalue()


def _about(one: Written, beside: Print) -> list[tuple[str, str]]:
    until = day(one.valid_until).ja if one.valid_until else "定めなし"
    return [
        ("発行", beside.ward),
        ("書類の番号", one.number),
        ("発行日", day(one.issued_on).ja),
        ("有効期限", f"{until}（有効期限を過ぎています）" if beside.is_over else until),
    ]


def _proof(one: Written, beside: Print, styles: dict[str, Any]) -> Table:
    said = [
        f"この紙は、{beside.ward}が電子署名を付けて発行した書類を、くらしまどが印刷用にした{MARK}です。",
        f"右の四角い符号を読み取ると、区の署名が付いた内容が表示されます（{day(beside.until).ja}まで）。"
        "この紙と同じか見比べてください。",
        f"区の署名の確認: 有効（{beside.fetched}に受け取り）",
        f"区の書類のハッシュ値（SHA-256）: {beside.digest}",
    ]
    told = (one.title, one.to, *(text for entry in one.entries for text in (entry.label, entry.value)))
    if any(_MISSING.search(text) for text in told):
        said.insert(0, f"{GETA}は印刷できない文字です。右の四角い符号を読み取ると、正しい文字で表示されます。")
    words = [Paragraph(escape(line), styles["small"]) for line in said]
    table = Table(
        [[words, _square(beside.address)]], colWidths=[A4[0] - 2 * _MARGIN - _SQUARE - 6 * mm, _SQUARE + 6 * mm]
    )
    table.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 0.7, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    return table


def _rows(rows: Sequence[tuple[str, str]], styles: dict[str, Any]) -> Table:
    cells = [
        [Paragraph(_printed(label), styles["small"]), Paragraph(_printed(value), styles["text"])]
        for label, value in rows
    ]
    table = Table(cells or [["", ""]], colWidths=[40 * mm, A4[0] - 2 * _MARGIN - 40 * mm])
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.4, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    return table


def _printed(text: str) -> str:
    return _MISSING.sub(GETA, _VARIANT.sub("", escape(text)))


def _square(address: str) -> Drawing:
    """With its quiet zone, error correction M: printed small and folded it is still read."""
    rows = [list(row) for row in segno.make_qr(address, error="m").matrix_iter(border=4)]
    module = _SQUARE / len(rows)
    drawn = Drawing(_SQUARE, _SQUARE)
    drawn.add(Rect(0, 0, _SQUARE, _SQUARE, fillColor=white, strokeWidth=0, strokeColor=white))
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                left, below = x * module, _SQUARE - (y + 1) * module
                drawn.add(Rect(left, below, module, module, fillColor=black, strokeColor=black, strokeWidth=0.1))
    return drawn


def _marked(canvas: Any, _: Any) -> None:
    """Across each page, under what is written, so that no page of it is taken for the original."""
    canvas.saveState()
    canvas.setFillColor(_PALE)
    canvas.setFont(FONT, 120)
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(45)
    canvas.drawCentredString(0, -40, MARK)
    canvas.restoreState()
    canvas.setFont(FONT, 8)
    canvas.drawCentredString(A4[0] / 2, 10 * mm, f"{MARK}　{canvas.getPageNumber()}")


@cache
def _styles() -> dict[str, Any]:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    plain = {"fontName": FONT, "wordWrap": "CJK"}
    return {
        "mark": ParagraphStyle("mark", fontSize=13, leading=18, alignment=1, spaceAfter=6, **plain),
        "title": ParagraphStyle("title", fontSize=20, leading=28, alignment=1, spaceAfter=10, **plain),
        "to": ParagraphStyle("to", fontSize=13, leading=20, spaceAfter=8, **plain),
        "text": ParagraphStyle("text", fontSize=11, leading=16, **plain),
        "small": ParagraphStyle("small", fontSize=9, leading=13.5, **plain),
    }
