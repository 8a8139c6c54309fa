"""A book that is damaged, or made to swell, is said to be so; it brings down neither the page nor the house."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from bff.school import roster_file
from bff.school.roster_file import FileRefused

SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"


def test_whatever_is_wrong_with_a_book_is_told_as_the_books_fault() -> None:
    good = _book()
    assert [cells[3] for _, cells in roster_file.read(good).rows] == ["氏名", "港 太郎"]
    locked, squeezed = bytearray(good), bytearray(good)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        _everywhere(locked, mark, at, 1)
        _everywhere(squeezed, mark, at + 2, 99)
    damaged = {
        "locked": bytes(locked),
        "squeezed in a way nobody knows": bytes(squeezed),
        "no workbook named": _with(good, "[Content_Types].xml", lambda _: b"<Types/>"),
        "odd workbook": _with(good, "xl/workbook.xml", lambda xml: xml.replace(b"sheetId", b"sheetNo")),
        "a merge of nothing": _with(
            good, SHEET, lambda xml: xml.replace(b"</sheetData>", b"</sheetData><mergeCells><mergeCell/></mergeCells>")
        ),
    }
    for body in damaged.values():
        with pytest.raises(FileRefused, match="Excelのファイルとして読めません"):
            roster_file.read(body)


def test_a_book_made_to_keep_the_house_counting_is_read_or_refused_at_once() -> None:
    """A row past the end of Excel was counted up to without end; a long attribute was tried in all ways at once, which
    held up everybody in the process."""
    began = time.process_time()
    last = b'<row r="1000000000000"><c><v>1</v></c></row></sheetData>'
    beyond = _with(_book(), SHEET, lambda xml: xml.replace(b"</sheetData>", last))
    with pytest.raises(FileRefused, match="1,048,576行より後"):
        roster_file.read(beyond)
    rows = b"".join(b'<row r="%d"><c><v>1</v></c></row>' % n for n in range(3, 2500))
    odd = b"<row spans='" + b' r="' * 8000 + b'\' r="2500"><c><v>1</v></c></row>'
    many = b"<cols>" + b'<col min="1" max="60" hidden="1"/>' * 20_000 + b"</cols><sheetData>"
    tried = _with(
        _book(),
        SHEET,
        lambda xml: xml.replace(b"</sheetData>", rows + odd + b"</sheetData>").replace(b"<sheetData>", many),
    )
    assert len(roster_file.read(tried).rows) > 2000
    assert time.process_time() - began < 3


def test_a_book_whose_styles_swell_is_refused_before_they_are_unpacked() -> None:
    """8 MB of such a file took minutes of a core and gigabytes: what is held whole is measured part by part."""
    styles = b"".join(b'<xf numFmtId="%d" fontId="%d"/>' % (n % 97, n % 89) for n in range(80_000))
    swollen = _with(_book(), STYLES, lambda xml: xml.replace(b"</cellXfs>", styles + b"</cellXfs>"))
    assert len(swollen) < roster_file.MOST_BYTES // 10
    tracemalloc.start()
    with pytest.raises(FileRefused, match="展開すると大きくなりすぎる"):
        roster_file.read(swollen)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def _book() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["学年", "組", "番号", "氏名", "生年月日"])
    sheet.append([1, "1組", 1, "港 太郎", date(2019, 4, 10)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _with(body: bytes, name: str, changed: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            part = old.read(one)
            new.writestr(one.filename, changed(part) if one.filename == name else part)
    return out.getvalue()


def _everywhere(body: bytearray, mark: bytes, at: int, value: int) -> None:
    place = body.find(mark)
    while place >= 0:
        body[place + at] |= value
        place = body.find(mark, place + 4)
