"""Files of old systems: every line is taken or says what is wrong with it, and none is lost."""

from __future__ import annotations

import io
import threading
import time
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bff.exchange.drop import letters
from bff.exchange.drop.layout import Layout, WrongLayout, layout_of
from bff.exchange.drop.lines import LONGEST_LINE, Line, WrongFile, lines_beside, lines_of, spans_with_numbers

COLUMNS = [
    {"name": "受付番号", "field": "receipt_number", "required": True, "width": 26},
    {"name": "状況", "field": "state", "type": "code", "required": True, "width": 2},
    {"name": "区の番号", "field": "number", "width": 16},
    {"name": "連絡事項", "field": "note", "width": 40, "longest": 100},
]
CODES = {"01": "received", "02": "checking", "03": "sent_back", "04": "decided", "05": "rejected"}
RECEIPT = "KM-131032-20261126-000001"
HEADER = "受付番号,状況,区の番号,連絡事項\r\n"


def layout(**changed: object) -> Layout:
    columns = [{**column, "codes": CODES} if column["field"] == "state" else column for column in COLUMNS]
    described = {
        "record": "application_status",
        "encoding": "cp932",
        "form": "csv",
        "key": ["receipt_number", "state"],
        "columns": columns,
        **changed,
    }
    return msgspec.convert(described, Layout)


def read(text: str | bytes, **changed: object) -> list[Line]:
    chosen = layout(**changed)
    raw = text if isinstance(text, bytes) else text.encode(chosen.encoding)
    return list(lines_of(chosen, io.BytesIO(raw)))


def told(line: Line) -> list[tuple[str, str]]:
    return [(fault.column, fault.text) for fault in line.faults]


def test_a_line_of_shift_jis_is_understood_with_its_wave_dash_and_full_width_code() -> None:
    (line,) = read(HEADER + f"{RECEIPT},０３,ア-1,10時〜12時に髙橋へ①\r\n")
    assert line.values == {
        "receipt_number": RECEIPT,
        "state": "sent_back",
        "number": "ア-1",
        "note": "10時〜12時に髙橋へ①",
    }
    raw = (HEADER + f"{RECEIPT},03,,10時\uff5e12時\r\n").encode("cp932")
    assert b"\x81\x60" in raw
    (line,) = read(raw)
    assert line.values is not None
    assert line.values["note"] == "10時\u301c12時"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_is_no_letter(encoding: str) -> None:
    raw = b"\xef\xbb\xbf" + (HEADER + f"{RECEIPT},02,,\r\n").encode()
    assert read(raw, encoding=encoding)[0].values == {
        "receipt_number": RECEIPT,
        "state": "checking",
        "number": "",
        "note": "",
    }


def test_a_fixed_line_is_cut_by_bytes_not_by_letters() -> None:
    note = "確認中です".encode("cp932")
    raw = RECEIPT.encode().ljust(26) + b"02" + b"131032-2026-0001" + note.ljust(40) + b"\r\n"
    assert len(raw) == 86
    (line,) = read(raw + b"\x1a", form="fixed", header=False)
    assert line.values is not None
    assert (line.values["number"], line.values["note"]) == ("131032-2026-0001", "確認中です")
    short = read(raw[:50] + b"\r\n" + raw, form="fixed", header=False)
    assert told(short[0]) == [("", "行の長さが84バイトではありません（50バイト）。")]
    assert short[1].values is not None


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        (f"{RECEIPT},09,,", "状況", "コード「09」"),
        (",02,,", "受付番号", "必須"),
        (f"{RECEIPT},02,,{'あ' * 101}", "連絡事項", "100字"),
        (f"{RECEIPT},02,,番号は1234-5678-9018", "連絡事項", "個人番号"),
        (f"{RECEIPT},02,,番号は１２３４５６７８９０１８", "連絡事項", "個人番号"),
        (f"{RECEIPT},02,", "", "列の数が4ではありません（3列）"),
        (f"{RECEIPT},02,,\"a\"b", "", "引用符"),
        (f"{RECEIPT},02,,a\x00b", "連絡事項", "使えない文字"),
        (f"{RECEIPT},02,,\ue000さん", "連絡事項", "外字"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_column_and_the_next_line_is_taken(
    cells: str, column: str, says: str
) -> None:
    wrong, right = read(HEADER + cells + "\r\n" + f"{RECEIPT},02,,\r\n")
    assert (wrong.number, wrong.values) == (2, None)
    assert any(where == column and says in text for where, text in told(wrong)), told(wrong)
    assert right.values is not None


def test_bytes_that_are_no_letters_are_told_with_their_line() -> None:
    raw = HEADER.encode("cp932") + f"{RECEIPT},02,,".encode() + b"\x81\xff\r\n" + f"{RECEIPT},02,,\r\n".encode()
    wrong, right = read(raw)
    assert told(wrong)[0][0] == "連絡事項"
    assert "81FF" in told(wrong)[0][1]
    assert right.number == 3


def test_a_quoted_cell_may_go_on_over_lines_and_an_open_quote_takes_no_others_with_it() -> None:
    first, second = read(HEADER + f'{RECEIPT},02,,"二行に\r\nわたる, 文"\r\n{RECEIPT},03,,\r\n')
    assert first.values is not None
    assert first.values["note"] == "二行に\r\nわたる, 文"
    assert second.number == 4
    lines = read(HEADER + f'{RECEIPT},02,,"開いたまま\r\n' + "".join(f"{RECEIPT}{n},03,,\r\n" for n in range(5)))
    assert [line.values is not None for line in lines] == [False, True, True, True, True, True]
    assert [line.number for line in lines] == [2, 3, 4, 5, 6, 7]


def test_a_line_without_end_is_told_and_does_not_fill_the_memory() -> None:
    long, right = read(HEADER + f"{RECEIPT},02,,{'あ' * LONGEST_LINE}\r\n{RECEIPT},02,,\r\n")
    assert told(long) == [("", "行が長すぎます。")]
    assert right.values is not None
    assert right.number == 3


def test_the_same_key_twice_is_told_and_another_header_stops_all() -> None:
    lines = read(HEADER + f"{RECEIPT},02,,\r\n{RECEIPT},02,,\r\n{RECEIPT},04,,\r\n")
    assert [bool(line.faults) for line in lines] == [False, True, False]
    with pytest.raises(WrongFile):
        read("状況,受付番号,区の番号,連絡事項\r\n")
    with pytest.raises(WrongFile):
        read(HEADER.encode("utf-8"))
    with pytest.raises(WrongFile):
        read(HEADER + f"{RECEIPT},02,,\r\n{RECEIPT},03,,\r\n", most_lines=1)


@pytest.mark.parametrize(
    ("dates", "text", "day"),
    [
        ("iso", "2026-11-26", "2026-11-26"),
        ("compact", "２０２６１１２６", "2026-11-26"),
        ("slash", "2026/1/5", "2026-01-05"),
        ("wareki", "R08.11.26", "2026-11-26"),
        ("wareki", "令和元年5月1日", "2019-05-01"),
        ("wareki", "昭和64年1月7日", "1989-01-07"),
        ("iso", "2026-02-29", None),
        ("compact", "2026-11-26", None),
        ("wareki", "R00", None),
    ],
)
def test_days_are_read_as_the_layout_writes_them(dates: str, text: str, day: str | None) -> None:
    columns = list(msgspec.to_builtins(layout())["columns"])
    columns[3] |= {"type": "date"}
    (line,) = read(HEADER + f"{RECEIPT},02,,{text}\r\n", dates=dates, columns=columns)
    assert (line.values or {}).get("note") == day


DOUBLES = "¢£¬‖−〜"
LETTERS = st.text(
    st.characters(codec="cp932", exclude_categories=["Cc", "Co", "Cs"], exclude_characters=DOUBLES), max_size=40
)


@given(st.lists(LETTERS, min_size=1, max_size=8), st.binary(max_size=30), st.integers(0, 400))
def test_whatever_stands_in_a_file_every_line_is_taken_or_told(notes: list[str], damage: bytes, place: int) -> None:
    rows = [f'{RECEIPT}{number},02,,"{note.replace(chr(34), chr(34) * 2)}"' for number, note in enumerate(notes)]
    raw = "\r\n".join([HEADER.strip(), *rows, ""]).encode("cp932", "replace")
    lines = read(raw)
    assert len(lines) == len(notes)
    damaged = raw[:place] + damage + raw[place:]
    try:
        found = list(lines_of(layout(), io.BytesIO(damaged)))
    except WrongFile:
        return
    assert all((line.values is None) == bool(line.faults) for line in found)
    ends = [line.span for line in found]
    assert all(first[1] <= then[0] for first, then in pairwise(ends))


def test_where_a_number_stands_in_a_file_that_is_not_taken_is_known() -> None:
    raw = (HEADER + f"{RECEIPT},02,,\r\nx,123456789018\r\n").encode("cp932")
    ((begin, end),) = spans_with_numbers(layout(), io.BytesIO(raw))
    assert raw[begin:end] == b"x,123456789018\r\n"


@pytest.mark.parametrize("cell", ["=1+1", "+81", "-1", "@sum", "\tx", "＝cmd"])
def test_no_cell_of_a_result_is_a_formula(cell: str) -> None:
    assert letters.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ('record = "application_status"', "missing required field"),
        (LAYOUT := 'record = "application_status"\nencoding = "cp932"\nform = "csv"\nkey = ["other"]\n'
         '[[columns]]\nname = "a"\nfield = "receipt_number"\n', "the key other is no column"),
        (LAYOUT.replace('"csv"', '"fixed"'), "a has no width"),
        (LAYOUT, "no column is state"),
        (LAYOUT, "receipt_number must be required"),
        (LAYOUT + '[[columns]]\nname = "s"\nfield = "state"\ntype = "code"\ncodes = { 1 = "perhaps" }\n',
         "perhaps is no state"),
        (LAYOUT + '[[columns]]\nname = "a"\nfield = "colour"\n', "colour is no part of a status"),
        (LAYOUT.replace("cp932", "euc-jp"), "Invalid enum value"),
        ("=", "Invalid"),
    ],
)  # fmt: skip
def test_a_layout_that_cannot_be_used_says_why(tmp_path: Path, change: str, says: str) -> None:
    (tmp_path / "layout.toml").write_text(change)
    with pytest.raises(WrongLayout, match=says):
        layout_of(tmp_path / "layout.toml")


def test_an_open_quote_before_many_short_lines_costs_no_more_than_many_before_few() -> None:
    def takes(quotes: int, lines: int) -> float:
        begun = time.process_time()
        spans_with_numbers(layout(), io.BytesIO((b'"\n' + b"\n" * lines) * quotes))
        return time.process_time() - begun

    assert takes(1, 60_000) < 3 * takes(60, 1_000) + 0.1


def test_blank_lines_are_passed_over_but_not_without_end() -> None:
    (line,) = read(HEADER + "\r\n" * 50 + f"{RECEIPT},02,,\r\n" + "\r\n" * 50, most_lines=100)
    assert (line.number, line.values is not None) == (52, True)
    with pytest.raises(WrongFile, match="空の行"):
        read(HEADER + "\r\n" * 101, most_lines=100)


class Watched(io.BytesIO):
    """A file that knows in which threads it was read."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.threads = set[int]()

    def readline(self, size: int | None = -1, /) -> bytes:
        self.threads.add(threading.get_ident())
        return super().readline(size)


async def test_no_line_is_read_where_all_else_is_done_and_what_came_before_a_fault_counts() -> None:
    rows = "".join(f"{RECEIPT}{number},02,,\r\n" for number in range(120))
    file, taken = Watched((HEADER + rows).encode("cp932")), list[Line]()

    async def take() -> None:
        async for line in lines_beside(layout(most_lines=110), file):
            taken.append(line)

    with pytest.raises(WrongFile):
        await take()
    assert [line.number for line in taken] == list(range(2, 112))
    assert file.threads
    assert threading.get_ident() not in file.threads
