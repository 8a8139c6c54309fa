"""A dropped file line by line: what it says, or what is wrong with it and where. Never whole in memory."""

from __future__ import annotations

import asyncio
import csv
import re
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise
from typing import BinaryIO, Final

from bff.exchange.drop import letters
from bff.exchange.drop.layout import Column, Layout
from life_events import contains_individual_number

LONGEST_LINE: Final = 64 * 1024
BOM: Final = b"\xef\xbb\xbf"
END_OF_OLD_FILES: Final = b"\x1a"
_ERAS: Final = {"R": 2018, "H": 1988, "S": 1925, "令和": 2018, "平成": 1988, "昭和": 1925}
_DATES: Final = {
    "iso": re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    "slash": re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    "compact": re.compile(r"(\d{4})(\d{2})(\d{2})"),
}
_WAREKI: Final = re.compile(r"(R|H|S|令和|平成|昭和)(\d{1,2}|元)[./年-](\d{1,2})[./月-](\d{1,2})日?")

_AT_ONCE: Final = 50
Span = tuple[int, int]
_Record = tuple[int, Span, bytes]


@dataclass(frozen=True)
class Fault:
    """`column`: its heading, '' when the whole line is meant; `text` is for the ward."""

    column: str
    text: str


@dataclass(frozen=True)
class Line:
    """`number`: of its first line in the file, from 1; `span`: its bytes. `values` by field, None when at fault."""

    number: int
    span: Span
    raw: bytes
    values: dict[str, str] | None
    faults: tuple[Fault, ...]

    @property
    def holds_number(self) -> bool:
        return any(fault.text == letters.NUMBER for fault in self.faults)


class WrongFile(Exception):
    """Nothing of it can be taken."""


def lines_of(layout: Layout, file: BinaryIO) -> Iterator[Line]:
    """Every line with something in it but the header; raises `WrongFile` when the header is another one."""
    known: set[tuple[str, ...]] = set()
    for number, span, raw in _within(layout.most_lines, _records(layout, file)):
        if number == 1 and layout.header:
            _look_at_header(layout, raw)
            continue
        line = _line(layout, number, span, raw)
        if line.values is not None and layout.key:
            key = tuple(line.values[name] for name in layout.key)
            if key in known:
                line = Line(number, span, raw, None, (Fault("", "同じキーの行がこのファイルにもうあります。"),))
            known.add(key)
        yield line


async def lines_beside(layout: Layout, file: BinaryIO) -> AsyncIterator[Line]:
    """`lines_of`, read in a thread: however a file is made, whatever else the worker does goes on meanwhile."""
    lines = lines_of(layout, file)
    while True:
        some, wrong = await asyncio.to_thread(_some, lines)
        for line in some:
            yield line
        if wrong is not None:
            raise wrong
        if len(some) < _AT_ONCE:
            return


def _some(lines: Iterator[Line]) -> tuple[list[Line], WrongFile | None]:
    """What came before something wrong with the whole file counts."""
    some = list[Line]()
    try:
        some.extend(islice(lines, _AT_ONCE))
    except WrongFile as wrong:
        return some, wrong
    return some, None


def _within(most: int, records: Iterator[_Record]) -> Iterator[_Record]:
    """Those with something in them; blank ones are counted for themselves, for a file may be made of nothing else."""
    count = blank = 0
    for record in records:
        if record[2]:
            count += 1
            if count > most + 1:
                raise WrongFile(f"{most}行を超えています。分けて置いてください。")
            yield record
        elif (blank := blank + 1) > most:
            raise WrongFile(f"空の行が{most}行を超えています。")


@dataclass(frozen=True)
class _Raw:
    """`length`: how many bytes of the file it took, more than `text` has when the line is too long to be read."""

    text: bytes
    length: int


def spans_with_numbers(layout: Layout, file: BinaryIO) -> list[Span]:
    """Of a file that is not taken at all: where a 個人番号 stands in it."""
    codec = "cp932" if layout.encoding == "cp932" else "utf-8"
    return [
        span
        for _, span, raw in _records(layout, file)
        if contains_individual_number(raw.decode(codec, "replace")) or len(raw) > LONGEST_LINE
    ]


def _records(layout: Layout, file: BinaryIO) -> Iterator[_Record]:
    """Blank ones too; in CSV a quoted cell may go on over several lines.

    Neither comma, quote nor newline is half of a kanji.
    """
    number, at, waiting = 0, 0, deque[_Raw]()
    while (raw := waiting.popleft() if waiting else _physical(file)).length:
        number += 1
        if number == 1 and layout.encoding != "cp932":
            raw = replace(raw, text=raw.text.removeprefix(BOM))
        more = _quoted_on(raw, waiting, file) if layout.form == "csv" else []
        whole = b"".join([raw.text, *(one.text for one in more)])
        if more and not _fits(layout, whole):  # a quote that nobody closed: the lines after it stand for themselves
            waiting.extendleft(reversed(more))
            whole, more = raw.text, []
        begin, at = at, at + raw.length + sum(one.length for one in more)
        yield number, (begin, at), whole.rstrip(b"\r\n" + END_OF_OLD_FILES)
        number += len(more)


def _quoted_on(first: _Raw, waiting: deque[_Raw], file: BinaryIO) -> list[_Raw]:
    """The lines over which a cell that `first` leaves open goes on."""
    more, quotes, length = list[_Raw](), first.text.count(b'"'), len(first.text)
    while quotes % 2 and length <= LONGEST_LINE:
        if not (following := waiting.popleft() if waiting else _physical(file)).length:
            break
        more.append(following)
        quotes, length = quotes + following.text.count(b'"'), length + len(following.text)
    return more


def _physical(file: BinaryIO) -> _Raw:
    """The next line with its end; of one that is too long so much that this can be told."""
    raw = line = file.readline(LONGEST_LINE + 1)
    length = len(raw)
    while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
        line = file.readline(LONGEST_LINE + 1)
        length += len(line)
    return _Raw(raw, length)


def _fits(layout: Layout, raw: bytes) -> bool:
    try:
        return bool(_cells(layout, raw.rstrip(b"\r\n" + END_OF_OLD_FILES)))
    except ValueError:
        return False


def _line(layout: Layout, number: int, span: Span, raw: bytes) -> Line:
    try:
        cells = _cells(layout, raw)
    except ValueError as wrong:
        return Line(number, span, raw, None, _with_number(layout, raw, Fault("", str(wrong))))
    values, faults = dict[str, str](), list[Fault]()
    for column, cell in zip(layout.columns, cells, strict=True):
        try:
            values[column.field] = _value(layout, column, cell)
        except ValueError as wrong:
            faults.append(Fault(column.name, str(wrong)))
    return Line(number, span, raw, None if faults else values, tuple(faults))


def _with_number(layout: Layout, raw: bytes, fault: Fault) -> tuple[Fault, ...]:
    """A line that cannot be taken apart is looked through whole: no number may stay in what is kept of it."""
    text = raw.decode("cp932" if layout.encoding == "cp932" else "utf-8", "replace")
    return (Fault("", letters.NUMBER),) if contains_individual_number(text) else (fault,)


def _cells(layout: Layout, raw: bytes) -> list[bytes]:
    if len(raw) > LONGEST_LINE:
        raise ValueError("行が長すぎます。")
    if layout.form == "fixed":
        if len(raw) != layout.record_bytes:
            raise ValueError(f"行の長さが{layout.record_bytes}バイトではありません（{len(raw)}バイト）。")
        ends = [sum(column.width for column in layout.columns[:place]) for place in range(len(layout.columns) + 1)]
        return [raw[begin:end] for begin, end in pairwise(ends)]
    try:
        # As Latin-1 every byte is a letter of its own, so cells can be told apart before any is understood.
        rows = list(csv.reader([raw.decode("latin-1")], strict=True))
    except csv.Error as wrong:
        raise ValueError('引用符（"）の使い方が正しくありません。') from wrong
    cells = [cell.encode("latin-1") for cell in rows[0]] if len(rows) == 1 else []
    if len(cells) != len(layout.columns):
        raise ValueError(f"列の数が{len(layout.columns)}ではありません（{len(cells)}列）。")
    return cells


def _value(layout: Layout, column: Column, cell: bytes) -> str:
    try:
        text = cell.decode("cp932" if layout.encoding == "cp932" else "utf-8")
    except UnicodeDecodeError as wrong:
        code = cell[wrong.start : wrong.start + 2].hex().upper()
        raise ValueError(
            f"文字コードが正しくありません（{code}）。外字か、文字コードの違いの可能性があります。"
        ) from wrong
    text = letters.plain(text) if column.type == "text" else letters.narrow(text)
    if fault := letters.fault_of(text):
        raise ValueError(fault)
    if not text:
        if column.required:
            raise ValueError("必須の項目が空です。")
        return ""
    return _typed(layout, column, text)


def _typed(layout: Layout, column: Column, text: str) -> str:
    if len(text) > column.longest:
        raise ValueError(f"{column.longest}字を超えています（{len(text)}字）。")
    if column.type == "code":
        if text not in column.codes:
            raise ValueError(f"コード「{text[:20]}」は定義されていません。")
        return column.codes[text]
    if column.type == "number" and not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise ValueError("数字ではありません。")
    if column.type == "phone" and not letters.PHONE.fullmatch(text):
        raise ValueError("電話番号ではありません。")
    return _day(layout, text).isoformat() if column.type == "date" else text


def _day(layout: Layout, text: str) -> date:
    if layout.dates == "wareki":
        if found := _WAREKI.fullmatch(text):
            year = _ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))
            return _calendar(year, found[3], found[4])
    elif found := _DATES[layout.dates].fullmatch(text):
        return _calendar(int(found[1]), found[2], found[3])
    raise ValueError("日付の書き方が違います。")


def _calendar(year: int, month: str, day: str) -> date:
    try:
        return date(year, int(month), int(day))
    except ValueError as wrong:
        raise ValueError("ない日付です。") from wrong


def _look_at_header(layout: Layout, raw: bytes) -> None:
    try:
        cells = [letters.narrow(cell.decode("cp932" if layout.encoding == "cp932" else "utf-8"))
                 for cell in _cells(layout, raw)]  # fmt: skip
    except ValueError as wrong:
        raise WrongFile("見出しの行がレイアウトと違います。文字コードと列を確かめてください。") from wrong
    if cells != [letters.narrow(column.name) for column in layout.columns]:
        raise WrongFile("見出しの行がレイアウトと違います。列の名前と順序を確かめてください。")
