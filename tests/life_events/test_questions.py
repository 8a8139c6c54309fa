"""What Hana may answer to a question."""

from datetime import timedelta

import pytest

from life_events import Catalogue, check_answer, plan, question_of
from tests.life_events.people import NAO, SETAGAYA, TODAY, hana


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


def test_a_question_about_a_child_tells_which_child(catalogue: Catalogue) -> None:
    asked = plan(hana(), catalogue, TODAY).next_questions
    (about,) = [one.question.subject for one in asked if one.question.fact == "nursery_wish:m-4"]
    assert about is not None
    assert (about.id, about.name) == (NAO.person, NAO.name)


def test_a_question_about_nobody_of_the_household_names_nobody(catalogue: Catalogue) -> None:
    assert question_of(catalogue, "moving", hana(), TODAY).subject is None
    assert question_of(catalogue, "nursery_wish:m-9", hana(), TODAY).subject is None


def test_a_question_for_a_day_tells_the_first_and_the_last_day_it_takes(catalogue: Catalogue) -> None:
    asked = question_of(catalogue, "move_date", hana(), TODAY)
    assert asked.min_date == TODAY - timedelta(days=180)
    assert asked.max_date == TODAY + timedelta(days=365)
    for day, taken in ((asked.min_date, True), (asked.min_date - timedelta(days=1), False), (asked.max_date, True)):
        assert (check_answer(catalogue, "move_date", day.isoformat(), TODAY) is None) is taken
