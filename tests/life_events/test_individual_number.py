"""The 12-digit 個人番号 is found and refused; other numbers pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from life_events import contains_individual_number
from life_events.individual_number import check_digit

# 平成26年総務省令85号5条 by hand for 12345678901:
# 1*2+0*3+9*4+8*5+7*6+6*7+5*2+4*3+3*4+2*5+1*6 = 212, 212 mod 11 = 3, 11 - 3 = 8
VALID = "123456789018"


def test_the_check_digit_is_that_of_the_ordinance() -> None:
    assert check_digit("12345678901") == 8
    # 2 * 6 (eleventh place) = 12 mod 11 = 1, and a rest of 0 or 1 gives 0
    assert check_digit("20000000000") == 0
    assert check_digit("00000000000") == 0


@pytest.mark.parametrize(
    "text",
    [
        VALID,
        "1234 5678 9018",
        "1234-5678-9018",
        "1234－5678－9018",
        "１２３４５６７８９０１８",
        "１２３４　５６７８　９０１８",
        "1234 - 5678 - 9018",
        "123456 789018",
        "私の番号は1234ー5678ー9018です。",
        "03-1234-5678 1234-5678-9018",
        "1234\u200b5678\u200b9018",
        "1234\n5678\n9018",
    ],
)
def test_a_number_is_found_however_hana_writes_it(text: str) -> None:
    assert contains_individual_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "佐藤 はな",
        "123456789012",
        "1234567890189",
        "0123456789018",
        "090-1234-5678",
        "東京都港区芝公園1-5-25 1203号室",
        "0001234567",
        "2026-11-23",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert not contains_individual_number(text)


@given(st.text(alphabet="0123456789", min_size=11, max_size=11), st.integers(0, 9))
def test_exactly_one_twelfth_digit_makes_a_number(first: str, last: int) -> None:
    assert contains_individual_number(f"{first}{last}") == (last == check_digit(first))


@given(st.text(max_size=200))
def test_no_text_makes_it_stumble(text: str) -> None:
    assert contains_individual_number(text) in (True, False)
