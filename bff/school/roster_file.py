"""A list as a file (a class's, a ward's own): CSV or Excel, read row by row, never held whole; what is wrong with it
is said in plain Japanese and nothing is kept of it."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

import openpyxl
from lxml import etree
from openpyxl.utils import get_column_letter

from bff.school.filled_rows import FilledRows

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_RATIO: Final = 100
MOST_HELD: Final = {"xl/sharedStrings.xml": 32 * 1024 * 1024}
"""Parts that are held whole when a book is opened, all but the sheets: so large each may be, any other MOST_OTHER."""
MOST_OTHER: Final = 2 * 1024 * 1024
MOST_MERGED: Final = 100
MOST_ROWS: Final = 5_000
MOST_EMPTY: Final = 50_000
LAST_ROW: Final = 1_048_576
"""Excel has no more; whoever says a higher number would have all before it counted."""
MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 200
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SHEET: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class FileRefused(Exception):
    """The whole file cannot be taken; the message is for the teacher."""


@dataclass(frozen=True)
class Sheet:
    """`rows`: the number of the row as the file has it, and its cells. `hidden`: columns and rows that are not seen in
    the file and are read all the same. `encoding`: of a CSV."""

    rows: list[tuple[int, list[str]]]
    encoding: str = ""
    hidden: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    others: tuple[str, ...] = field(default=())


def read(body: bytes) -> Sheet:
    """Raises `FileRefused`."""
    if not body.strip():
        raise FileRefused("ファイルが空です。ファイルを選び直してください。")
    if len(body) > MOST_BYTES:
        raise FileRefused(
            f"ファイルが大きすぎます（{MOST_BYTES // 1024 // 1024}MBまで）。画像や使わないシートを削ってください。"
        )
    if body.startswith(_OLE):
        raise FileRefused(
            "古い形式（.xls）か、パスワードの付いたファイルです。"
            "Excelの「名前を付けて保存」で .xlsx かCSVにし、パスワードを外してください。"
        )
    return _excel(body) if body.startswith(_ZIP) else _csv(body)


def _csv(body: bytes) -> Sheet:
    encoding, text = _decoded(body)
    if "\x00" in text:
        raise FileRefused(
            "CSVでもExcelでもないか、印（BOM）のないUTF-16のファイルです。"
            "ExcelでCSV（UTF-8）として保存し直してください。"
        )
    first = text[:4096].splitlines()[0] if text.strip() else ""
    mark = max(",\t;", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    return Sheet(_bounded(_numbered(rows)), encoding)


def _numbered(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from enumerate(rows, 1)
    except csv.Error as wrong:
        raise FileRefused(
            f"CSVとして読めないところがあります（{wrong}）。Excelで開いて保存し直してください。"
        ) from wrong


def _decoded(body: bytes) -> tuple[str, str]:
    """Name of the encoding and the text: by its mark, else UTF-8, else Shift_JIS as Japanese Excel writes it."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _as(body, name)
    try:
        return "UTF-8", body.decode("utf-8")
    except UnicodeDecodeError:
        return _as(body, "cp932")


def _as(body: bytes, encoding: str) -> tuple[str, str]:
    name = {"utf-8-sig": "UTF-8（BOM付き）", "utf-16": "UTF-16", "cp932": "Shift_JIS"}[encoding]
    try:
        return name, body.decode(encoding)
    except UnicodeDecodeError as wrong:
        line = body[: wrong.start].count(b"\n") + 1
        raise FileRefused(
            f"{line}行目の文字を読み取れません（{name}として読みました）。ExcelでCSV（UTF-8）かExcelブック（.xlsx）として保存し直してください。"
        ) from wrong


def _excel(body: bytes) -> Sheet:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            _not_a_bomb(packed)
            book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
            visible = [one for one in book.worksheets if one.sheet_state == "visible"]
            if not visible:
                raise FileRefused("表示されているシートがありません。使うシートを表示して保存し直してください。")
            sheet = visible[0]
            sheet.reset_dimensions()
            path = _member(packed, sheet)
            vars(sheet)["_get_source"] = lambda: io.BufferedReader(FilledRows(packed.open(path)))
            rows = _bounded((n, [_text(one) for one in row]) for n, row in _within(sheet.iter_rows(values_only=True)))
            with io.BufferedReader(FilledRows(packed.open(path))) as xml:
                hidden, merged = _layout(xml, rows)
            return Sheet(rows, "", hidden, merged, tuple(one.title for one in visible[1:]))
    except FileRefused:
        raise
    except Exception as wrong:  # whatever a damaged book brings a library to, it is the book that is wrong
        raise FileRefused(
            "Excelのファイルとして読めません。壊れているか、別の形式です。Excelで開いて保存し直すか、CSVにしてください。"
        ) from wrong


def _within(cells: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, tuple[object, ...]]]:
    for number, row in enumerate(cells, 1):
        if number > LAST_ROW:
            raise FileRefused(f"{LAST_ROW:,}行より後の行があるファイルです。Excelで開いて保存し直してください。")
        if row:
            yield number, row


def _not_a_bomb(packed: zipfile.ZipFile) -> None:
    """What it says it unpacks to, before anything is unpacked."""
    whole = sum(one.file_size for one in packed.infolist())
    squeezed = max(1, sum(one.compress_size for one in packed.infolist()))
    held = [one for one in packed.infolist() if not one.filename.startswith("xl/worksheets/")]
    swollen = any(one.file_size > MOST_HELD.get(one.filename, MOST_OTHER) for one in held if _is_xml(one.filename))
    if swollen or whole > MOST_UNPACKED or (whole > MOST_BYTES and whole / squeezed > MOST_RATIO):
        raise FileRefused("展開すると大きくなりすぎるファイルです。必要な表だけのシートにして保存し直してください。")


def _is_xml(name: str) -> bool:
    """Pictures and what else is in a book is never unpacked."""
    return name.casefold().endswith((".xml", ".rels"))


def _member(packed: zipfile.ZipFile, sheet: object) -> str:
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    if path not in packed.namelist():
        raise FileRefused("Excelのファイルのシートが見つかりません。Excelで開いて保存し直してください。")
    return path


def _layout(xml: IO[bytes], rows: list[tuple[int, list[str]]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Hidden columns and rows with something in them, and merged cells; the sheet is walked, never held."""
    filled = {n for n, _ in rows}
    columns = {n for _, cells in rows for n, cell in enumerate(cells, 1) if cell}
    hidden: set[int] = set()
    unseen: dict[str, None] = {}
    merged: list[str] = []
    wanted = (f"{_SHEET}col", f"{_SHEET}row", f"{_SHEET}mergeCell")
    for _, one in etree.iterparse(xml, tag=wanted, resolve_entities=False, no_network=True, huge_tree=False):
        if one.tag == wanted[2]:
            if len(merged) < MOST_MERGED:
                merged.append(str(one.get("ref")))
        elif one.get("hidden") in ("1", "true"):
            if one.tag == wanted[0]:
                first, last = int(one.get("min")), min(int(one.get("max")), MOST_COLUMNS)
                hidden.update(range(first, last + 1))
            elif int(one.get("r") or 0) in filled:
                unseen[f"{one.get('r')}行目"] = None
        one.clear()
        while one.getprevious() is not None:
            del one.getparent()[0]
    return (*(f"{get_column_letter(n)}列" for n in sorted(hidden & columns)), *unseen), tuple(merged)


def _bounded(rows: Iterator[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Rows with something in them. Emptiness that could not be passed over unread is told, never taken for the end."""
    kept: list[tuple[int, list[str]]] = []
    empty = 0
    for number, cells in rows:
        said = [one.strip() for one in cells]
        if not any(said):
            empty += 1
            if empty > MOST_EMPTY:
                raise FileRefused(
                    f"空の行が{MOST_EMPTY:,}行を超えています。使わない行を削除するか、必要な行だけを新しいシートに写してください。"
                )
            continue
        if len(said) > MOST_COLUMNS and any(said[MOST_COLUMNS:]):
            raise FileRefused(f"{number}行目に{MOST_COLUMNS}列より多くの列があります。必要な表だけにしてください。")
        if len(kept) >= MOST_ROWS:
            raise FileRefused(
                f"{MOST_ROWS:,}行を超える表です。必要な行だけにするか、ファイルを分けてください。何も取り込んでいません。"
            )
        kept.append((number, said[:MOST_COLUMNS]))
    if not kept:
        raise FileRefused("中身のある行がありません。使うシートを1枚目にして保存し直してください。")
    return kept


def _text(value: object) -> str:
    if value is None:
        return ""
    if hasattr(value, "date") and callable(value.date):
        return str(value.date().isoformat())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
