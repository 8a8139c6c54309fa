"""A ward's file into rows, whatever programme has saved it; never more of it in memory than some rows."""

from __future__ import annotations

import codecs
import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Final

import openpyxl

from bff.facilities.columns import Dataset, limits

Rows = Iterator[tuple[int, list[str]]]
_CHUNK: Final = 1 << 16
_LINES_BEFORE_HEADER: Final = 12
_LONGEST_CELL: Final = 20_000
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK\x03\x04"
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class NotReadable(Exception):
    """The file as a whole: `why` is a key of [file] in texts.toml."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Sheet:
    """`encoding` as an official knows it; `rows`: (line of the file, cells), without the header; read once."""

    encoding: str
    header: Sequence[str]
    rows: Rows


def opened(path: Path, dataset: Dataset) -> Sheet:
    """Raises `NotReadable`; while its rows are read too."""
    size = path.stat().st_size
    if size == 0:
        raise NotReadable("empty")
    if size > limits().most_bytes:
        raise NotReadable("too_large")
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_OLD_EXCEL):
        raise NotReadable("old_excel")
    if head.startswith(_ZIP):
        return _under_header("Excel", _of_excel(path), dataset)
    encoding = _encoding(path, head)
    return _under_header(_called(encoding), _of_csv(path, encoding), dataset)


def _called(encoding: str) -> str:
    return {"utf-8-sig": "UTF-8（BOM付き）", "utf-8": "UTF-8", "cp932": "Shift_JIS"}.get(encoding, "UTF-16")


def _encoding(path: Path, head: bytes) -> str:
    """By its mark, by the zeros of UTF-16 without one, else by reading it all."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if max(zeros) > len(head) // 8:
        return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    for name in ("utf-8", "cp932"):
        if _is_in(path, name):
            return name
    raise NotReadable("encoding")


def _is_in(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _of_csv(path: Path, encoding: str) -> Rows:
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, newline="", errors="strict") as file:
        try:
            first = file.readline()
            file.seek(0)
            told = max(",\t;", key=first.count)
            reader = csv.reader((line.replace("\x00", "") for line in file), delimiter=told)
            for row in reader:
                yield reader.line_num, row
        except UnicodeDecodeError as wrong:
            raise NotReadable("encoding") from wrong
        except csv.Error as wrong:
            raise NotReadable("csv") from wrong


def _of_excel(path: Path) -> Rows:
    """The first sheet; of a formula what was last reckoned."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > 4 * limits().most_bytes:
                raise NotReadable("too_large")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            yield number, [_cell(value) for value in row]
        book.close()
    except NotReadable:
        raise
    except Exception as wrong:  # whatever a damaged book brings a library to, it is the book that is wrong
        raise NotReadable("excel") from wrong


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
    return str(value)


def _under_header(encoding: str, rows: Rows, dataset: Dataset) -> Sheet:
    """A title or empty lines may stand above the header; the row with most known headings is it."""
    before = list(islice(rows, _LINES_BEFORE_HEADER))
    known = [len(dataset.places(cells)) for _, cells in before]
    if not known or "name" not in dataset.places(before[known.index(max(known))][1]):
        raise NotReadable("no_name_column" if before else "empty")
    place = known.index(max(known))
    header = before[place][1]
    return Sheet(encoding, header, _counted(before[place + 1 :], rows))


def _counted(first: Iterable[tuple[int, list[str]]], rest: Rows) -> Rows:
    """Empty rows are none. Raises `NotReadable` when there are more than anybody has."""
    count = 0
    for part in (first, rest):
        for line, cells in part:
            if any(cell.strip() for cell in cells):
                count += 1
                if count > limits().most_rows:
                    raise NotReadable("too_many_rows")
                yield line, cells
