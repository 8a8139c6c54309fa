"""A text that must not go out is told back to the official with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from notifications.fitness import faults_of
from notifications.notice import Text
from tests.notifications.house import draft, forbidden

TODAY = date(2026, 6, 13)


def codes(**changes: object) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in faults_of(draft(**changes), TODAY, forbidden)]


def test_watanabes_ordinary_notice_is_fit() -> None:
    assert codes(act_by=TODAY, about="/steps/infant_checkup?from=notice") == []


def test_everything_wrong_is_told_at_once() -> None:
    told = codes(title=Text.of(" "), body=Text.of("あ" * 4001), act_by=date(2026, 6, 12), about="https://x.example/")
    assert told == [("title", "empty"), ("body", "too_long"), ("act_by", "past"), ("about", "not_a_path")]


@pytest.mark.parametrize("about", ["//evil.example/", "/\\evil.example", "javascript:alert(1)", "", "inbox", "/a b"])
def test_a_link_never_leaves_the_app(about: str) -> None:
    assert codes(about=about) == [("about", "not_a_path")]


def test_what_no_text_may_hold_is_told_wherever_it_stands() -> None:
    assert codes(body=Text.of("番号は123456789018です")) == [("body", "individual_number")]
    assert codes(title=Text("よい題", "よい題", "123456789018")) == [("title", "individual_number")]
    assert codes(title=Text("よい題", "123456789018", "Good")) == [("title", "individual_number")]


def test_a_missing_easy_text_falls_back_to_japanese_and_a_missing_english_one_to_the_easier() -> None:
    assert Text.of("健診") == Text("健診", "健診", "健診")
    assert Text.of("健診", easy="けんしん") == Text("健診", "けんしん", "けんしん")
    assert Text.of("健診", en="Check-up") == Text("健診", "健診", "Check-up")
