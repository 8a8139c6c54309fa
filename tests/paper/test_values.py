"""What is written on paper, put as a form wants it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image, ImageDraw

from bff.paper import ticks, values
from bff.paper.days import day_in, in_era
from bff.paper.people import same_place
from bff.paper.seen import Box, Piece, Word
from life_events import Field, FieldKind, Text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("令和8年11月20日", date(2026, 11, 20)),
        ("令 和 ８ 年 １１ 月 ２０ 日", date(2026, 11, 20)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("S61.2.14", date(1986, 2, 14)),
        ("大正 15年12月24日", date(1926, 12, 24)),
        ("2026-11-20", date(2026, 11, 20)),
        ("2026/1/5 受付", date(2026, 1, 5)),
        ("20261120", date(2026, 11, 20)),
        ("61年2月14日", None),  # of which era?
        ("令和8年13月1日", None),
        ("11月20日", None),
        ("", None),
    ],
)
def test_a_day_is_read_in_every_way_it_is_written(written: str, meant: date | None) -> None:
    assert day_in(written) == meant


@given(some.dates(date(1868, 1, 25), date(2099, 12, 31)))
def test_a_day_written_in_its_era_is_read_back(day: date) -> None:
    assert day_in(in_era(day)) == day


def field(kind: FieldKind, **more: object) -> Field:
    label = Text("欄", "欄", "field")
    return Field(id="one", label=label, help=None, kind=kind, required=True, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "lines", "typed"),
    [
        (FieldKind.PHONE, ["０９０ー１２３４ー５６７８"], "090-1234-5678"),
        (FieldKind.PHONE, ["03(1234)5678"], "03-1234-5678"),
        (FieldKind.POSTAL_CODE, ["〒154 - 0004"], "154-0004"),
        (FieldKind.KANA, ["すずき　けん"], "スズキ ケン"),
        (FieldKind.KANA, ["ｽｽﾞｷ ｹﾝ"], "スズキ ケン"),
        (FieldKind.NUMBER, ["１６O"], "160"),
        (FieldKind.MONTH, ["令和8年11月"], "2026-11"),
        (FieldKind.TIME, ["９時30分"], "09:30"),
        (FieldKind.TEXT, ["東京都 世田谷区 太子堂 四丁目2 番7 号"], "東京都世田谷区太子堂四丁目2番7号"),
        (FieldKind.LONG_TEXT, ["6月に 転職 しました 。", "", "| 渋谷区です"], "6月に転職しました。\n渋谷区です"),
        (FieldKind.DATE, ["とくになし"], ""),
    ],
)
def test_what_is_written_is_put_as_the_form_wants_it(kind: FieldKind, lines: list[str], typed: str) -> None:
    assert values.written(field(kind), lines) == typed


def test_what_a_clerk_typed_is_kept_where_it_is_not_plain() -> None:
    assert values.normal(field(FieldKind.DATE), "昭和61年2月14日") == "1986-02-14"
    assert values.normal(field(FieldKind.DATE), "61年2月14日") == "61年2月14日"
    assert values.normal(field(FieldKind.TEXT), " 佐藤　はな ") == "佐藤　はな"
    assert values.answer(field(FieldKind.YES_NO), ("no",)) is False
    assert values.answer(field(FieldKind.MANY_CHOICE), ("a", "", "b")) == ["a", "b"]
    assert values.answer(field(FieldKind.TEXT), ("",)) is None


@pytest.mark.parametrize(
    ("kept", "said", "same"),
    [
        ("東京都世田谷区太子堂四丁目2番7号", "世田谷区太子堂4-2-7", True),
        ("東京都世田谷区太子堂四丁目2番7号", "東京都世田谷区太子堂４丁目２番地７", True),
        ("東京都港区芝浦十一丁目2番", "港区芝浦11-2", True),
        ("世田谷区太子堂4-2-7", "世田谷区太子堂4-2-7 コーポ青葉201", True),
        ("世田谷区太子堂4-2-7", "世田谷区太子堂4-2-71", False),
        ("世田谷区太子堂4-2-7", "世田谷区三軒茶屋4-2-7", False),
        ("", "世田谷区", False),
    ],
)
def test_one_place_is_known_however_it_is_written(kept: str, said: str, same: bool) -> None:
    assert same_place(kept, said) is same


def test_a_circle_around_one_of_the_words_is_a_choice_and_two_are_none() -> None:
    def page(*circled: int) -> list[str]:
        picture = Image.new("L", (600, 120), "white")
        for number in circled:
            left = 100 + number * 150
            ImageDraw.Draw(picture).ellipse((left - 14, 34, left + 70, 86), outline="black", width=3)
        words = [(100, "はい"), (250, "いいえ")]
        seen = [Piece((word,), word.box) for word in (_word(text, left) for left, text in words)]
        return [
            one.value for one in ticks.circled(ticks.options_in([("yes", "はい"), ("no", "いいえ")], seen, picture))
        ]

    assert (page(0), page(1), page(), page(0, 1)) == (["yes"], ["no"], [], [])


def _word(text: str, left: int) -> Word:
    return Word(text, Box(1, left, 48, left + 28 * len(text), 74), 90.0, (1, 1, 1))
