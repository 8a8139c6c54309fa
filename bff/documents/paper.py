"""A document as a PDF to hand in or show: a copy made by the house, which says so on each page. ADR 0042."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from reportlab.lib.colors import Color, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from bff.documents.document import Written
from bff.ink import GETA, Ink, square
from life_events import day

MARK: Final = "写し"
_PALE: Final = Color(0.9, 0.9, 0.9)
_MARGIN: Final = 20 * mm
_SQUARE: Final = 36 * mm


@dataclass(frozen=True)
class Print:
    """What stands beside the ward's words. `address`: whoever opens it sees what the ward sealed, until `until`."""

    ward: str
    fetched: str
    digest: str
    address: str
    until: date
    is_over: bool


def paper(one: Written, beside: Print, *, ink: Ink, made_at: datetime) -> bytes:
    """The whole file; takes its time, so never in the event loop."""
    styles = _styles(ink)

    def marked(canvas: Any, _: Any) -> None:
        """Across each page, under what is written, so that no page of it is taken for the original."""
        canvas.saveState()
        canvas.setFillColor(_PALE)
        canvas.setFont(ink.font, 120)
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(45)
        canvas.drawCentredString(0, -40, MARK)
        canvas.restoreState()
        canvas.setFont(ink.font, 8)
        canvas.drawCentredString(A4[0] / 2, 10 * mm, f"{MARK}　{canvas.getPageNumber()}")

    parts: list[Any] = [
        Paragraph(f"{MARK}（原本ではありません）", styles["mark"]),
        Paragraph(ink.written(one.title), styles["title"]),
        Paragraph(f"{ink.written(one.to)}　様", styles["to"]),
        _rows([(entry.label, entry.value) for entry in one.entries], ink),
        Spacer(1, 4 * mm),
        _rows(_about(one, beside), ink),
        Spacer(1, 8 * mm),
        _proof(one, beside, ink),
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
    ).build(parts, onFirstPage=marked, onLaterPages=marked)
    return out.getvalue()


def _about(one: Written, beside: Print) -> list[tuple[str, str]]:
    until = day(one.valid_until).ja if one.valid_until else "定めなし"
    return [
        ("発行", beside.ward),
        ("書類の番号", one.number),
        ("発行日", day(one.issued_on).ja),
        ("有効期限", f"{until}（有効期限を過ぎています）" if beside.is_over else until),
    ]


def _proof(one: Written, beside: Print, ink: Ink) -> Table:
    said = [
        f"この紙は、{beside.ward}が電子署名を付けて発行した書類を、くらしまどが印刷用にした{MARK}です。",
        f"右の四角い符号を読み取ると、区の署名が付いた内容が表示されます（{day(beside.until).ja}まで）。"
        "この紙と同じか見比べてください。",
        f"区の署名の確認: 有効（{beside.fetched}に受け取り）",
        f"区の書類のハッシュ値（SHA-256）: {beside.digest}",
    ]
    told = (one.title, one.to, *(text for entry in one.entries for text in (entry.label, entry.value)))
    if any(GETA in ink.written(text) and GETA not in text for text in told):
        said.insert(0, f"{GETA}は印刷できない文字です。右の四角い符号を読み取ると、正しい文字で表示されます。")
    words = [Paragraph(ink.written(line), _styles(ink)["small"]) for line in said]
    table = Table(
        [[words, square(beside.address, _SQUARE)]], colWidths=[A4[0] - 2 * _MARGIN - _SQUARE - 6 * mm, _SQUARE + 6 * mm]
    )
    table.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 0.7, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    return table


def _rows(rows: Sequence[tuple[str, str]], ink: Ink) -> Table:
    styles = _styles(ink)
    cells = [
        [Paragraph(ink.written(label), styles["small"]), Paragraph(ink.written(value), styles["text"])]
        for label, value in rows
    ]
    table = Table(cells or [["", ""]], colWidths=[40 * mm, A4[0] - 2 * _MARGIN - 40 * mm])
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.4, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    return table


@cache
def _styles(ink: Ink) -> dict[str, Any]:
    return {
        "mark": ink.style("mark", 13, 18, alignment=1, spaceAfter=6),
        "title": ink.style("title", 20, 28, alignment=1, spaceAfter=10),
        "to": ink.style("to", 13, 20, spaceAfter=8),
        "text": ink.style("text", 11, 16),
        "small": ink.style("small", 9, 13.5),
    }
