"""A gap in a text is a name and nothing else, whoever wrote it and whatever is put in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.broadcasts.placeholders import Misplaced, filled, names_in, unknown_in
from notifications.broadcasts.told import told_on
from notifications.words import Text
from tests.notifications.house import draft


def test_a_text_with_gaps_is_filled_and_the_unknown_ones_are_named() -> None:
    text = "{{ 区 }}の健診は{{会場}}です。\n{{期限}}まで。{{ 会場 }}"
    assert names_in(text) == ("区", "会場", "期限")
    assert unknown_in(text) == ("会場",)
    assert (
        filled(text, {"区": "港区", "会場": "芝公園", "期限": "12月1日"})
        == "港区の健診は芝公園です。\n12月1日まで。芝公園"
    )
    assert filled("{{ 区 }}の{{会場}}", {"区": "港区"}) == "港区の{{ 会場 }}"


def test_what_is_put_in_is_no_text_with_gaps_itself() -> None:
    assert filled("{{会場}}", {"会場": "{{ 区 }}{% raw %}", "区": "港区"}) == "{{ 区 }}{% raw %}"


@pytest.mark.parametrize(
    "text",
    [
        "{{ 区.__class__ }}",
        "{{ 区['x'] }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ self }}",
        "{{ cycler.__init__ }}",
        "{{ 区() }}",
        "{{ 区|upper }}",
        "{{ 'x' * 999999999 }}",
        "{{ 区 ~ 区 }}",
        "{% for x in 区 %}{{ x }}{% endfor %}",
        "{% set x = 区 %}",
        "{% include 'a' %}",
        "{{ 区",
        "{{ }}",
        "{{ _secret }}",
        "{{" * 500,
        "{{ (((((((区))))))).a }}",
        "{{ 区 }}" * 51,
        "{{ 区 if 区 else 1 }}",
    ],
)
def test_more_than_a_name_between_braces_is_refused(text: str) -> None:
    with pytest.raises(Misplaced):
        filled(text, {"区": "港区"})


@given(st.text(alphabet="{}%#|.区()[]'\n a1", max_size=40))
def test_no_text_whatever_does_more_than_put_a_value_in(text: str) -> None:
    try:
        told = filled(text, {"区": "港"})
    except Misplaced:
        return
    assert len(told) <= len(text) + 10 * len(names_in(text))


def test_what_nobody_wrote_in_english_is_read_with_a_japanese_day() -> None:
    told = told_on(
        draft(title=Text.of("{{ 配信日 }}の回収"), body=Text.of("本文", en="On {{ 配信日 }}")), date(2026, 11, 28)
    )
    assert (told.title.en, told.body.en) == ("2026年11月28日の回収", "On November 28, 2026")
