"""The 12-digit 個人番号 is found and refused; other numbers pass."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from life_events import contains_individual_number
from life_events.individual_number import check_digit

# 平成26年総務省令85号5条 by hand for 12345678901:
# 1*2+0*3+9*4+8*5+7*6+6*7+5*2+4*3+3*4+2*5+1*6 = 212, 212 mod 11 = 3, 11 - 3 = 8
VALID = "123456789018"
CASES = json.loads((Path(__file__).parents[1] / "shape" / "individual_numbers.json").read_text("utf-8"))
"""The app's own tests read them too."""


def test_the_check_digit_is_that_of_the_ordinance() -> None:
    assert check_digit("12345678901") == 8
    # 2 * 6 (eleventh place) = 12 mod 11 = 1, and a rest of 0 or 1 gives 0
    assert check_digit("20000000000") == 0
    assert check_digit("00000000000") == 0


@pytest.mark.parametrize("text", [one["text"] for one in CASES["found"]], ids=[one["how"] for one in CASES["found"]])
def test_a_number_is_found_however_hana_writes_it(text: str) -> None:
    assert contains_individual_number(text)
    assert contains_individual_number(f"私の番号は{text}です。")


@pytest.mark.parametrize(
    "text", [one["text"] for one in CASES["innocent"]], ids=[one["what"] for one in CASES["innocent"]]
)
def test_other_numbers_pass(text: str) -> None:
    assert not contains_individual_number(text)


@given(st.sets(st.integers(1, 11)), st.text(alphabet=" -.・/ー−\u200b\u00a0\u3000", min_size=1, max_size=4))
def test_one_and_the_same_sign_hides_it_nowhere(cuts: set[int], sign: str) -> None:
    assert contains_individual_number("".join(sign * (at in cuts) + digit for at, digit in enumerate(VALID)))


@given(st.text(alphabet="0123456789", min_size=11, max_size=11), st.integers(0, 9))
def test_exactly_one_twelfth_digit_makes_a_number(first: str, last: int) -> None:
    assert contains_individual_number(f"{first}{last}") == (last == check_digit(first))


@given(st.text(max_size=200))
def test_no_text_makes_it_stumble(text: str) -> None:
    assert contains_individual_number(text) in (True, False)
