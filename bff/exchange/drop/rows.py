"""An application as a line in a ward's own layout and encoding, for its old system."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bff.exchange.drop import letters
from bff.exchange.drop.layout import Column, Layout

TOKYO = ZoneInfo("Asia/Tokyo")
_CONTROL = re.compile("\r\n|[\x00-\x1f\x7f\x85\u2028\u2029]")
"""In a line of fixed widths each would end it early, or mean something to who reads it."""
_ERAS = ((date(2019, 5, 1), "R", 2018), (date(1989, 1, 8), "H", 1988), (date(1926, 12, 25), "S", 1925))


class Unfit(ValueError):
    """This record cannot be written in this layout without losing something."""


def header(layout: Layout) -> bytes:
    """'' when the layout has none; with the byte order mark, when it has one."""
    mark = b"\xef\xbb\xbf" if layout.encoding == "utf-8-sig" else b""
    if not layout.header:
        return mark
    return mark + _joined(layout, [column.name for column in layout.columns])


def row(layout: Layout, values: Mapping[str, object]) -> bytes:
    """`values` by field; raises `Unfit`."""
    return _joined(layout, [_text(layout, column, values.get(column.field)) for column in layout.columns])


def _joined(layout: Layout, texts: list[str]) -> bytes:
    if layout.form == "csv":
        line = io.StringIO()
        csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="").writerow(texts)
        return letters.encoded(line.getvalue(), layout.encoding)[0] + layout.newline
    cells = [_padded(layout, column, text) for column, text in zip(layout.columns, texts, strict=True)]
    return b"".join(cells) + layout.newline


def _padded(layout: Layout, column: Column, text: str) -> bytes:
    cell = letters.encoded(_CONTROL.sub(" ", text), layout.encoding)[0]
    if len(cell) > column.width:
        raise Unfit(f"「{column.name}」が{column.width}バイトに収まりません（{len(cell)}バイト）。")
    return cell.ljust(column.width)


def _text(layout: Layout, column: Column, value: object) -> str:
    text = _plain(layout, value)
    if column.type == "code" and text:
        if text not in column.codes:
            raise Unfit(f"「{column.name}」の値「{text[:20]}」のコードが定義されていません。")
        return column.codes[text]
    if layout.form == "csv" and layout.formulas == "guard" and not _reckoned(column, text):
        text = letters.harmless(text)
    if column.required and not text:
        raise Unfit(f"「{column.name}」が空です。")
    if len(text) > column.longest:
        raise Unfit(f"「{column.name}」が{column.longest}字を超えています。")
    return text


def _reckoned(column: Column, text: str) -> bool:
    """A sign before what the layout types as a number is part of it; whatever else stands there is none."""
    kind = {"number": letters.NUMERAL, "phone": letters.PHONE}.get(column.type)
    return kind is not None and kind.fullmatch(text) is not None


def _plain(layout: Layout, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return _day(layout, value)
    if isinstance(value, list | tuple):
        return "；".join(_plain(layout, one) for one in value)
    return str(value)


def _day(layout: Layout, day: date) -> str:
    if layout.dates == "wareki":
        era, before = next((letter, year) for since, letter, year in _ERAS if day >= since)
        return f"{era}{day.year - before:02}.{day.month:02}.{day.day:02}"
    return day.strftime({"iso": "%Y-%m-%d", "slash": "%Y/%m/%d", "compact": "%Y%m%d"}[layout.dates])
