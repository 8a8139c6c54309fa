"""A ward's files as they really come: what can be taken is taken, the rest is told, nothing is published by itself."""

from __future__ import annotations

import io
import resource
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest

from bff.db import Database
from bff.facilities import cells, importing, store
from bff.facilities.cells import Unreadable
from bff.facilities.columns import datasets
from bff.facilities.importing import File
from bff.facilities.judging import Judge
from bff.facilities.places import places
from bff.facilities.reading import NotReadable, opened
from bff.facilities.store import Version
from infra.places.files import as_csv, of_ward
from infra.places.made_up import City, wards
from notifications.jobs import JAPAN

MINATO = "131032"
NOW = datetime(2026, 11, 27, 10, tzinfo=JAPAN)
HEAD = "全国地方公共団体コード,ID,名称,住所,緯度,経度,受入年齢,利用可能曜日,開始時間,終了時間,電話番号,URL,空き_1歳"
GOOD = "131032,{id},{id}ばん保育園,港区芝浦1-2-3,35.6401,139.7450,生後57日から就学前,月～土,7:15,18:15,03-0000-0001,https://a.example.jp/,2"


def file(path: Path, dataset: str = "childcare") -> File:
    return File(path, path.name, datasets()[dataset], MINATO, "港区", date(2026, 11, 1), "https://a.example.jp", "渡辺")


async def brought(db: Database, path: Path, content: bytes, dataset: str = "childcare") -> Version:
    path.write_bytes(content)
    async with db.ward(MINATO) as conn:
        return await importing.bring_in(conn, file(path, dataset), id=uuid4(), now=NOW)


def of(count: int) -> bytes:
    return "\n".join([HEAD, *(GOOD.format(id=n) for n in range(count))]).encode()


def excel(*rows: object) -> bytes:
    book, told = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(told)
    return told.getvalue()


@pytest.mark.parametrize(
    ("encoding", "called"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8（BOM付き）"),
        ("cp932", "Shift_JIS"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_every_encoding_a_ward_saves_in_is_told_by_itself(tmp_path: Path, encoding: str, called: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"{HEAD}\r\n{GOOD.format(id=1)}\r\n".encode(encoding))
    sheet = opened(path, datasets()["childcare"])
    assert (sheet.encoding, next(sheet.rows)[1][2]) == (called, "1ばん保育園")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old_excel"),
        (b"PK\x03\x04 not a book", "excel"),
        (b"\x810\x811", "encoding"),
        ("ID,住所\n1,港区".encode(), "no_name_column"),
    ],
)
def test_a_file_that_is_none_is_refused_by_what_it_is(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    with pytest.raises(NotReadable, match=why):
        opened(path, datasets()["childcare"])


def test_cells_are_read_as_people_write_them() -> None:
    assert cells.degrees("３５．６５８１") == 35.6581
    assert cells.degrees("35°39'29\"") == pytest.approx(35.658056, abs=1e-6)
    assert [cells.hour(one) for one in ("９時", "午後6時15分", "7:05", "0.375", "18:00:00")] == [
        "09:00",
        "18:15",
        "07:05",
        "09:00",
        "18:00",
    ]
    assert cells.days("月～金・祝") == 0b10011111
    assert cells.days("平日、土曜日") == 0b111111
    assert cells.ages("生後57日～就学前") == (1, 83)
    assert cells.ages("０〜２歳児") == (0, 35)
    assert cells.number("１，２００人") == 1200
    assert cells.plain('="03-0000-0001"') == "03-0000-0001"
    assert cells.phone("（０３）００００ー０００１") == "03-0000-0001"
    for how, cell in ((cells.plain, "=HYPERLINK(A1)"), (cells.hour, "25:00"), (cells.address_of_page, "javascript:a")):
        with pytest.raises(Unreadable):
            how(cell)


async def test_nasty_rows_are_told_by_line_and_the_rest_is_taken(db: Database, tmp_path: Path) -> None:
    """Expected line numbers are counted in the text below, with the title and the header."""
    rows = [
        "子育て施設一覧（港区）,,",
        "",
        HEAD,
        GOOD.format(id=1),
        GOOD.format(id=2).replace("35.6401,139.7450", "139.7450,35.6401"),
        GOOD.format(id=3).replace("35.6401,139.7450", "34.70,135.50"),
        GOOD.format(id=1),
        GOOD.format(id=4).replace("4ばん保育園", ""),
        GOOD.format(id=5).replace("131032", "131121"),
        GOOD.format(id=6).replace("7:15", '"=1+1"'),
        GOOD.format(id=7).replace("7ばん保育園", '"改行\nのある園"'),
        GOOD.format(id=8).replace("8ばん保育園", "番号 123456789018"),
        *(GOOD.format(id=10 + one) for one in range(40)),
    ]
    version = await brought(db, tmp_path / "a.csv", "\r\n".join(rows).encode("cp932"))
    assert (version.rows, version.good, version.bad, version.warned) == (49, 45, 4, 3)
    told = {(flaw.row, flaw.column): flaw.text for flaw in version.flaws}
    assert "入れ替えて" in told[5, "緯度"]
    assert "港区の位置ではありません" in told[6, "緯度"]
    assert told[7, "ID"] == "4行目と同じ施設です。この行は取り込みません。"
    assert "名称がありません" in told[8, "名称"]
    assert "131121" in told[9, "全国地方公共団体コード"]
    assert "計算式" in told[10, "開始時間"]
    assert "マイナンバー" in told[13, "名称"]
    assert importing.blocks(version, None) == []
    async with db.ward(MINATO) as conn:
        some = await store.some_of(conn, version.id)
    assert some[1].lat == 35.6401
    assert (some[2].lat, some[2].vacancies[1], some[0].age_to) == (None, 2, 83)
    assert some[4].name == "改行 のある園"


async def test_reordered_and_missing_columns_and_excel_are_the_same_facilities(db: Database, tmp_path: Path) -> None:
    head, row = HEAD.split(","), GOOD.format(id=1).split(",")
    turned = await brought(db, tmp_path / "a.csv", f"{','.join(head[::-1])}\n{','.join(row[::-1])}\n".encode())
    short = await brought(db, tmp_path / "b.csv", "名称\t住所\nA保育園\t港区芝1\n".encode())
    book = await brought(db, tmp_path / "c.xlsx", excel(["題"], head, [*row[:4], 35.6401, 139.745, *row[6:]]))
    async with db.ward(MINATO) as conn:
        one, two = await store.some_of(conn, turned.id), await store.some_of(conn, book.id)
        only = await store.some_of(conn, short.id)
    assert one == two
    assert (book.encoding, only[0].name, only[0].lat) == ("Excel", "A保育園", None)
    assert {"緯度", "電話番号", "受入年齢"} <= set(short.missing)


async def test_too_much_wrong_is_not_published_and_there_is_a_way_back(db: Database, tmp_path: Path) -> None:
    first = await brought(db, tmp_path / "a.csv", of(20))
    broken = [GOOD.format(id=n).replace("131032", "131121") for n in range(8)]
    bad = await brought(db, tmp_path / "b.csv", "\n".join([HEAD, *broken, GOOD.format(id=99)]).encode())
    few = await brought(db, tmp_path / "c.csv", of(1))
    more = await brought(db, tmp_path / "d.csv", of(21))
    async with db.ward(MINATO) as conn:
        await store.publish(conn, first, by="小林", now=NOW)
        (now,) = await store.published(conn, MINATO)
        assert "8行／9行" in importing.blocks(bad, now)[0]
        assert "20件に対して1件" in importing.blocks(few, now)[0]
        assert importing.blocks(more, now) == []
        await store.publish(conn, more, by="小林", now=NOW)
        await store.publish(conn, first, by="小林", now=NOW)
        assert [one.id for one in await store.published(conn, MINATO)] == [first.id]
        states = {one.id: one.state for one in await store.all_of(conn, MINATO)}
    assert states[more.id] == "past"


def test_a_hundred_thousand_rows_take_little_memory(tmp_path: Path) -> None:
    """Read and judged as an import does; what is kept of a row that has gone is where it stood, to know it again."""
    path, childcare = tmp_path / "large.csv", datasets()["childcare"]
    with path.open("w", encoding="utf-8") as out:
        out.write(HEAD + "\n")
        out.writelines(GOOD.format(id=n) + "\n" for n in range(100_000))
    sheet = opened(path, childcare)
    judge = Judge(childcare, childcare.places(sheet.header), MINATO, "港区", places()[MINATO])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(judge.judged(line, row)[0] is not None for line, row in sheet.rows) == 100_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000, "kilobytes"


def test_the_made_up_files_of_a_ward_are_taken_whole(tmp_path: Path) -> None:
    minato = next(ward for ward in wards() if ward.code == MINATO)
    for dataset, rows in of_ward(City(minato)):
        path, known = tmp_path / dataset, datasets()[dataset]
        path.write_bytes(as_csv(list(rows)).encode("utf-16"))
        sheet = opened(path, known)
        judge = Judge(known, known.places(sheet.header), MINATO, "港区", places()[MINATO])
        judged = [judge.judged(line, cells) for line, cells in sheet.rows]
        assert len(judged) > 5
        assert [flaw for _, flaws in judged for flaw in flaws] == []
        assert all(found is not None and found.lat for found, _ in judged)
