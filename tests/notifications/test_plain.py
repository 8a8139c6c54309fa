"""A clerk at ten past five is told what a reader of plain Japanese would stumble over."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from notifications.broadcasts import plain
from notifications.broadcasts.plain import Remark, remarks
from notifications.notice import Kind, Language

JA = "12月1日（火）10時から、芝公園の区役所1階の窓口で申し込みを受け付けます。電話: 03-3578-2111"
EASY = "12月1日 10時から、区の 役所の 1階で もうしこみが できます。電話：03-3578-2111。"


def of(easy: str = EASY, ja: str = JA, en: str = "", kind: Kind = Kind.INFORMATION) -> tuple[Remark, ...]:
    bodies = {Language.JA: ja, Language.EASY: easy, Language.EN: en}
    return remarks(kind, {Language.EASY: "おしらせ"}, bodies)


def test_a_plain_text_with_when_where_and_whom_to_ask_gets_no_remark() -> None:
    assert of() == ()
    assert of(ja="") == (), "an empty form is no bad text"


@pytest.mark.parametrize(
    ("told", "code", "seen"),
    [
        ({"ja": "申し込みを受け付けます。"}, "no_date", None),
        ({"ja": "申し込みを受け付けます。"}, "no_place", None),
        ({"ja": "申し込みを受け付けます。"}, "no_contact", None),
        ({"easy": ""}, "no_easy", None),
        ({"kind": Kind.EMERGENCY}, "no_english", None),
        ({"easy": EASY + "とても" * 16 + "長い。"}, "long", 50),
        ({"easy": EASY + "拉致。"}, "kanji", "拉、致"),
        ({"ja": JA + "鰯を配ります。"}, "rare", "鰯"),
        ({"easy": EASY + "紙を 提出してください。"}, "word", "出す"),
        ({"easy": EASY + "12/5までです。"}, "slash", None),
        ({"easy": EASY + "令和8年です。"}, "era", None),
        ({"easy": EASY + "行かなければなりません。"}, "twice", "「〜してください」"),
        ({"easy": EASY.replace("12月1日", "あした")}, "other_day", "12月1日"),
        ({"easy": EASY.replace("2111", "2112")}, "other_phone", "03-3578-2111"),
        ({"en": "Apply on 2 December. Phone 03-3578-2111"}, "other_day", "12月1日"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_hard_is_named_with_what_to_do(told: dict[str, str], code: str, seen: str | int | None) -> None:
    found = [one for one in of(**told) if one.code == code]  # type: ignore[arg-type]
    assert found, of(**told)  # type: ignore[arg-type]
    assert seen is None or seen in found[0].told.values()


@pytest.mark.parametrize("day", ["December 1", "Dec. 1st", "1 December", "the 1st of December", "2026-12-01", "12/1"])
def test_a_day_is_found_again_however_english_writes_it(day: str) -> None:
    assert of(en=f"Apply on {day}. Phone +81 03-3578-2111.") == ()


def test_a_hard_character_with_its_reading_is_no_remark() -> None:
    assert of(easy=EASY + "避難（ひなん）してください。") == ()


def test_the_lists_of_characters_are_as_long_as_the_ministry_s() -> None:
    kept = tomllib.loads((Path(plain.__file__).parent / "data" / "kanji.toml").read_text("utf-8"))
    years = [kept[f"year_{year}"]["characters"] for year in range(1, 7)]
    assert [len(one) for one in years] == [80, 160, 200, 202, 193, 191]
    everything = "".join(years) + kept["beyond_primary"]["characters"]
    assert len(everything) == len(set(everything)) == 2136
