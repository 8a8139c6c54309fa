"""A text that must not go out is told back to the official with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from notifications.fitness import faults_of, holds_individual_number
from notifications.notice import Text
from tests.notifications.house import draft

TODAY = date(2026, 6, 13)


def codes(**changes: object) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in faults_of(draft(**changes), TODAY)]


def test_watanabes_ordinary_notice_is_fit() -> None:
    assert codes(act_by=TODAY, about="/steps/infant_checkup?from=notice") == []


def test_everything_wrong_is_told_at_once() -> None:
    told = codes(title=Text.of(" "), body=Text.of("あ" * 4001), act_by=date(2026, 6, 12), about="https://x.example/")
    assert told == [("title", "empty"), ("body", "too_long"), ("act_by", "past"), ("about", "not_a_path")]


@pytest.mark.parametrize("about", ["//evil.example/", "/\\evil.example", "javascript:alert(1)", "", "inbox", "/a b"])
def test_a_link_never_leaves_the_app(about: str) -> None:
    assert codes(about=about) == [("about", "not_a_path")]


@pytest.mark.parametrize(
    "text", ["123456789018", "番号は1234-5678-9018です", "１２３４５６７８９０１８", "1234 5678 9018"]
)
def test_an_individual_number_never_goes_out(text: str) -> None:
    """By hand: 12345678901 weighs 6·1+5·2+4·3+3·4+2·5+7·6+6·7+5·8+4·9+3·0+2·1 = 212; 212 mod 11 = 3; 11 − 3 = 8."""
    assert codes(body=Text.of(text)) == [("body", "individual_number")]
    assert codes(title=Text("よい題", "よい題", text)) == [("title", "individual_number")]


@pytest.mark.parametrize("text", ["123456789012", "1234567890181", "03-1234-5678", "2026年6月13日", "12345678901"])
def test_other_numbers_may(text: str) -> None:
    assert not holds_individual_number(text)


def test_a_missing_easy_text_falls_back_to_japanese_and_a_missing_english_one_to_the_easier() -> None:
    assert Text.of("健診") == Text("健診", "健診", "健診")
    assert Text.of("健診", easy="けんしん") == Text("健診", "けんしん", "けんしん")
    assert Text.of("健診", en="Check-up") == Text("健診", "健診", "Check-up")
