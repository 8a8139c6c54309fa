"""Class lists as schools truly have them: whatever is wrong is said in plain Japanese, and nothing is taken of it."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from datetime import date

import openpyxl
import pytest

from bff.school import roster_file
from bff.school.roster_file import FileRefused
from bff.school.roster_rows import Rows, rows_of

TODAY = date(2026, 11, 27)
LIST = "令和8年度 名簿\n学年,組,番号,氏名,ふりがな,生年月日,クラブ\n"
LIST += "1,2組,3,海野　みなと,うんの みなと,平成31年4月10日,図書・合唱\n"


def told(body: bytes, kind: str = "elementary") -> Rows:
    return rows_of(roster_file.read(body), kind, TODAY)  # type: ignore[arg-type]


def book(*rows: tuple[object, ...], **layout: str) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if "merged" in layout:
        made.active.merge_cells(layout["merged"])
    if "hidden" in layout:
        made.active.column_dimensions[layout["hidden"]].hidden = True
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_list_is_read_in_the_encodings_schools_save_it_in(encoding: str) -> None:
    (row,) = told(LIST.encode(encoding)).rows
    assert (row.line, row.year, row.class_name, row.number, row.name) == (3, 1, "1年2組", 3, "海野 みなと")
    assert (row.birth_date, row.clubs) == (date(2019, 4, 10), ("図書", "合唱"))


def test_every_wrong_row_is_named_and_none_is_taken_silently() -> None:
    wrong = LIST + "1,2組,4,,x,2019-13-40,\n7x,,5,森,も,2019-05-05,\n1,2組,3,海野 みなと,,2019-04-10,\n"
    wrong += "1,2組,6,林 123456789018,はやし,2019-05-06,\n"
    found = told(wrong.encode())
    said = {line: " ".join(one.text for one in found.faults if one.line == line) for line in (4, 5, 6, 7)}
    assert "氏名が空" in said[4]
    assert "生年月日「2019-13-40」" in said[4]
    assert "組（クラス）が空" in said[5]
    assert "3行目と同じ氏名" in said[6]
    assert "マイナンバー" in said[7]


def test_merged_cells_and_hidden_columns_of_excel_are_told() -> None:
    rows = (("学年", "組", "番号", "氏名", "備考"), (1, "2組", 1, "海野 みなと", "x"), (1, None, 2, "森 つむぎ", "y"))
    found = told(saved(book(*rows, merged="B2:B3", hidden="E")))
    assert any("結合されています（B2:B3）" in one.text for one in found.faults)
    assert any("E列" in one for one in found.notes)
    assert not told(saved(book(("Ⅰ",), *rows[:2]))).faults, "a title above the headings is passed over"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b" \n", "空です"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "古い形式（.xls）か、パスワード"),
        (b"PK\x03\x04 not a zip", "読めません"),
        ("あ,い\n1,2\n".encode(), "見出しの行が見つかりません"),
        ("組,氏名\n1年2組,谷\n".encode("euc_jp"), "文字はShift_JISとして読みました"),
        (b"\x81\xff,\x00\xfe\n", "文字を読み取れません"),
        ("組,氏名\n".encode("utf-16-le"), "UTF-16"),
        (("組,氏名\n" + "1年1組,森\n" * 5_001).encode(), "5,000行を超える"),
        (b"x" * (roster_file.MOST_BYTES + 1), "大きすぎます"),
    ],
)
def test_what_cannot_be_a_list_ends_in_a_clear_word(body: bytes, why: str) -> None:
    with pytest.raises(FileRefused, match=why):
        told(body)


def _packed(row: bytes, many: int, last: bytes = b"") -> bytes:
    """A workbook whose sheet has this row so many times, without ever being held whole."""
    made = book(("組", "氏名"))
    whole = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(made))) as old,
        zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for one in old.infolist():
            body = old.read(one)
            if one.filename == "xl/worksheets/sheet1.xml":
                start, _, end = body.partition(b"</sheetData>")
                with new.open(one.filename, "w") as sheet:
                    sheet.write(start)
                    for _ in range(many // 1000):
                        sheet.write(row * 1000)
                    sheet.write(last + b"</sheetData>" + end)
            else:
                new.writestr(one.filename, body)
    return whole.getvalue()


def test_formatted_emptiness_costs_nothing_and_hides_no_true_row_behind_it() -> None:
    cells = "".join(f'<c r="{at}150002" t="inlineStr"><is><t>{said}</t></is></c>' for at, said in ("A組", "B谷"))
    hidden = f'<row r="150002" hidden="1">{cells}</row>'.encode()
    book = _packed(b'<row r="2" s="1"><c r="A2" s="1"/><c s="1"></c></row>', 150_000, hidden)
    began = time.process_time()
    found = roster_file.read(book)
    assert time.process_time() - began < 1.5, "read one by one, a million took ten seconds"
    assert found.rows == [(1, ["組", "氏名"]), (150_002, ["組", "谷"])]
    assert found.hidden == ("150002行目",)
    with pytest.raises(FileRefused, match="空の行が50,000行を超えています"):
        told(_packed(b'<row><c s="1"/></row>', 60_000))


def test_four_hundred_thousand_rows_and_a_bomb_are_refused_within_little_memory() -> None:
    long, bomb = _packed(b"<row><c><v>1</v></c></row>", 400_000), _packed(b" " * 12_000, 1_000)
    tracemalloc.start()
    with pytest.raises(FileRefused, match="5,000行を超える"):
        told(long)
    with pytest.raises(FileRefused, match="大きくなりすぎる"):
        told(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 40 * 1024 * 1024
