"""The rows of a class list as pupils: which heading is what, and what is wrong with which row, in plain Japanese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bff.school.roster_file import LONGEST_CELL, FileRefused, Sheet
from bff.school.school import Kind, same_name
from life_events import contains_individual_number

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "year": ("学年", "年", "年齢クラス", "歳児"),
    "class_name": ("組", "クラス", "学級", "クラス名", "学級名", "組名"),
    "number": ("番号", "出席番号", "番", "no", "no."),
    "name": ("氏名", "名前", "児童氏名", "生徒氏名", "園児氏名", "児童名", "園児名", "児童生徒氏名"),
    "kana": ("ふりがな", "フリガナ", "よみ", "読み", "カナ", "氏名カナ", "氏名かな", "氏名フリガナ", "かな"),
    "birth_date": ("生年月日", "誕生日"),
    "clubs": ("クラブ", "部活", "部活動", "クラブ活動", "委員会"),
    "paper": ("紙", "紙の希望", "紙希望", "紙で希望"),
}
NEEDED: Final = {"class_name": "組（クラス）", "name": "氏名"}
LOOKS_FOR: Final = 20
_ERAS: Final = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988}
_YES: Final = {"有", "あり", "○", "〇", "◯", "1", "はい", "希望", "紙", "yes", "true"}


@dataclass(frozen=True)
class Row:
    """`line`: as the file counts. `paper` None: the list does not say."""

    line: int
    year: int
    class_name: str
    number: int | None
    name: str
    kana: str
    birth_date: date | None
    clubs: tuple[str, ...]
    paper: bool | None


@dataclass(frozen=True)
class Fault:
    line: int
    text: str


@dataclass(frozen=True)
class Rows:
    """`notes`: what is worth knowing and stops nothing."""

    rows: Sequence[Row]
    faults: Sequence[Fault]
    notes: Sequence[str]


def rows_of(sheet: Sheet, kind: Kind, today: date) -> Rows:
    """Raises `FileRefused` when no headings are found. With one fault nothing is to be counted."""
    place, columns = _headings(sheet)
    found: list[Row] = []
    faults = [_merged(ref) for ref in sheet.merged if _touches(ref, sheet.rows[place][0])]
    seen: dict[tuple[str, date | None], int] = {}
    for line, cells in sheet.rows[place + 1 :]:
        said = {name: _plain(cells[at]) if at < len(cells) else "" for name, at in columns.items()}
        row, wrong = _row(line, said, kind, today)
        faults += [Fault(line, one) for one in wrong]
        if row is None:
            continue
        key = (same_name(row.name), row.birth_date)
        if key in seen:
            born = "生年月日も同じ" if row.birth_date else "生年月日がなく、区別できない"
            faults.append(
                Fault(line, f"{seen[key]}行目と同じ氏名で、{born}です。生年月日の列を足すか、重なりを消してください。")
            )
            continue
        seen[key] = line
        found.append(row)
    return Rows(found, sorted(faults, key=lambda one: one.line), _notes(sheet))


def _headings(sheet: Sheet) -> tuple[int, Mapping[str, int]]:
    """The place of the row with the headings, and the column of each thing."""
    for place, (line, cells) in enumerate(sheet.rows[:LOOKS_FOR]):
        columns: dict[str, int] = {}
        for at, cell in enumerate(cells):
            heading = re.sub(r"[\s（(].*", "", unicodedata.normalize("NFKC", cell)).casefold()
            for name, words in HEADINGS.items():
                if heading in words:
                    if name in columns:
                        raise FileRefused(f"{line}行目の見出し「{cell}」が2列あります。どちらか1列にしてください。")
                    columns[name] = at
        if set(NEEDED) <= set(columns):
            return place, columns
    wanted = "と".join(f"「{one}」" for one in NEEDED.values())
    read_as = (
        f"文字は{sheet.encoding}として読みました。それが違うなら、ExcelでCSV（UTF-8）かExcelブック（.xlsx）として保存し直してください。"
        if sheet.encoding
        else ""
    )
    raise FileRefused(f"見出しの行が見つかりません。1〜{LOOKS_FOR}行目に{wanted}の見出しを置いてください。{read_as}")


def _row(line: int, said: Mapping[str, str], kind: Kind, today: date) -> tuple[Row | None, list[str]]:
    wrong = [
        f"{_label(name)}が長すぎます（{LONGEST_CELL}字まで）。" for name, one in said.items() if len(one) > LONGEST_CELL
    ]
    if any(contains_individual_number(one) for one in said.values()):
        wrong.append("マイナンバー（個人番号）のような12桁の数字があります。この列を消してから読み込んでください。")
    if not said["name"]:
        wrong.append("氏名が空です。結合したセルの続きなら、結合を解除してください。")
    if not said["class_name"]:
        wrong.append("組（クラス）が空です。結合したセルの続きなら、結合を解除して各行に入れてください。")
    year = _year(said.get("year", ""), said["class_name"], kind)
    if year is None:
        wrong.append(f"学年「{said.get('year', '')}」を読み取れません。「1」や「1年」「2歳児」のように入れてください。")
    born = _day(said.get("birth_date", ""))
    if born is None and said.get("birth_date"):
        wrong.append(
            f"生年月日「{said['birth_date']}」を読み取れません。「2019-04-10」や「平成31年4月10日」のように入れてください。"
        )
    if born is not None and not date(1990, 1, 1) <= born <= today:
        wrong.append(f"生年月日「{said['birth_date']}」が合いません。")
    number = _number(said.get("number", ""))
    if number is None and said.get("number"):
        wrong.append(f"番号「{said['number']}」を読み取れません。1から999の数字にしてください。")
    if wrong or year is None:
        return None, wrong
    clubs = tuple(dict.fromkeys(one for one in re.split(r"[、,，/／・;；]", said.get("clubs", "")) if one.strip()))
    paper = said["paper"].casefold() in _YES if said.get("paper") else None
    name = " ".join(said["name"].split())
    class_name = _of_year(said["class_name"], year, kind)
    return Row(line, year, class_name, number, name, said.get("kana", ""), born, clubs, paper), []


def _of_year(class_name: str, year: int, kind: Kind) -> str:
    """1組 is 1年1組: a class is called so that no other of the school is called the same."""
    if unicodedata.normalize("NFKC", class_name).startswith(str(year)) and class_name[1:2] in "年歳才":
        return class_name
    if kind in ("nursery", "kindergarten"):
        return f"{year}歳児 {class_name}" if year else class_name
    return f"{year}年{class_name}"


def _year(said: str, class_name: str, kind: Kind) -> int | None:
    """From its own column, else from the name of the class (1年2組, 2歳児 ひよこ組)."""
    text = unicodedata.normalize("NFKC", said or class_name)
    found = re.match(r"(?:小|中|第)?\s*(\d)(?!\d)\s*(?:年|歳|才|学年|$|[-‐ー組])?", text)
    if found:
        return int(found[1])
    return 0 if kind in ("nursery", "kindergarten") and not said else None


def _day(said: str) -> date | None:
    text = unicodedata.normalize("NFKC", said).strip().casefold()
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?", text)
    era = re.fullmatch(r"(令和|平成|r|h)\s*(元|\d{1,2})[-/.年]\s*(\d{1,2})[-/.月]\s*(\d{1,2})日?", text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if era:
            return date(_ERAS[era[1]] + (1 if era[2] == "元" else int(era[2])), int(era[3]), int(era[4]))
    except ValueError:
        return None
    return None


def _number(said: str) -> int | None:
    text = unicodedata.normalize("NFKC", said).removesuffix("番").strip()
    return int(text) if re.fullmatch(r"[1-9]\d{0,2}", text) else None


def _plain(cell: str) -> str:
    text = re.sub(r"[\x00-\x1f\x7f\ufeff\u200b-\u200f\u202a-\u202e]", " ", cell).replace("\u3000", " ")
    return " ".join(text.split()).lstrip("'")


def _merged(ref: str) -> Fault:
    line = int(re.sub(r"\D", "", ref.partition(":")[0]) or 0)
    return Fault(line, f"セルが結合されています（{ref}）。結合を解除し、各行に同じ内容を入れてください。")


def _touches(ref: str, headings: int) -> bool:
    last = int(re.sub(r"\D", "", ref.rpartition(":")[2]) or 0)
    return last > headings


def _label(name: str) -> str:
    return HEADINGS[name][0]


def _notes(sheet: Sheet) -> list[str]:
    notes = []
    if sheet.encoding:
        notes.append(f"文字コード：{sheet.encoding}")
    if sheet.hidden:
        notes.append(
            f"隠れている列・行も読みました：{'、'.join(sheet.hidden[:10])}。入れたくなければ、消してから選び直してください。"
        )
    if sheet.others:
        notes.append(f"1枚目のシートだけを読みました。ほかのシート（{'、'.join(sheet.others[:5])}）は読んでいません。")
    return notes
