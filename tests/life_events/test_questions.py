"""What Hana may answer to a question."""

from datetime import timedelta

import pytest

from life_events import Catalogue, check_answer
from tests.life_events.people import SETAGAYA, TODAY


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("moving", True),
        ("moving", False),
        ("move_date", "2026-12-10"),
        ("move_to", SETAGAYA),
        ("move_to", "other"),
        ("care_worry", True),
        ("child_insured:m-4", True),
    ],
)
def test_a_good_answer_is_kept(catalogue: Catalogue, fact: str, value: object) -> None:
    assert check_answer(catalogue, fact, value, TODAY) is None


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("favourite_colour", True, "unknown_question"),
        ("", True, "unknown_question"),
        (None, True, "unknown_question"),
        ("moving:m-1", True, "unknown_question"),
        ("child_insured", True, "unknown_question"),
        ("child_insured:", True, "unknown_question"),
        ("child_insured:123456789018", True, "unknown_question"),
        ("child_insured:m 4'; --", True, "unknown_question"),
        ("x" * 10_000, True, "unknown_question"),
        ("moving", "yes", "wrong_type"),
        ("moving", None, "wrong_type"),
        ("move_date", "2026-02-30", "not_a_date"),
        ("move_date", 20261210, "wrong_type"),
        ("move_date", (TODAY + timedelta(days=366)).isoformat(), "out_of_window"),
        ("birth_date", (TODAY + timedelta(days=1)).isoformat(), "out_of_window"),
        ("move_to", "131033", "not_a_choice"),
        ("move_to", ["131032"], "wrong_type"),
    ],
)
def test_a_bad_answer_is_refused(catalogue: Catalogue, fact: object, value: object, code: str) -> None:
    refused = check_answer(catalogue, fact, value, TODAY)  # type: ignore[arg-type]
    assert refused is not None
    assert refused.code == code
    assert refused.text.easy
