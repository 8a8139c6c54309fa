"""Which of Hana's answers still speak: each belongs to its event, and some are true for a while only."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from life_events import Answers, Catalogue, Facts, WrongData, load_catalogue, plan, standing
from life_events.loading import DATA
from life_events.standing import dated, with_answer
from tests.life_events.people import SETAGAYA, hana, household

SPRING, AUTUMN = datetime(2026, 4, 1, 3, tzinfo=UTC), datetime(2026, 10, 1, 3, tzinfo=UTC)
DAY = timedelta(days=1)


def answered(catalogue: Catalogue, *said: tuple[str, object, datetime], before: Answers | None = None) -> Answers:
    answers = before or Answers()
    for fact, value, at in said:
        answers = with_answer(answers, catalogue.questions, fact, value, at)
    return answers


def heard(catalogue: Catalogue, answers: Answers, today: date, **facts: object) -> set[str]:
    known: Facts = hana(answers=answers, **facts)
    return set(standing(known, catalogue, today).answers.values)


MOVES_IN_SPRING = (
    ("moving", True, SPRING),
    ("move_date", "2026-04-20", SPRING),
    ("move_to", SETAGAYA, SPRING),
    ("card_renewed", True, SPRING + 25 * DAY),
)


def test_an_earlier_moves_answers_do_not_speak_for_the_next_move(catalogue: Catalogue) -> None:
    answers = answered(catalogue, *MOVES_IN_SPRING, ("move_date", "2026-11-01", AUTUMN))
    assert heard(catalogue, answers, date(2026, 10, 2)) == {"moving", "move_date"}


def test_a_move_put_off_by_some_weeks_is_the_same_move(catalogue: Catalogue) -> None:
    answers = answered(catalogue, *MOVES_IN_SPRING, ("move_date", "2026-06-10", SPRING + 30 * DAY))
    assert heard(catalogue, answers, date(2026, 6, 2)) == {"moving", "move_date", "move_to", "card_renewed"}
    assert answers.times["move_date"].since == SPRING
    assert answers.times["move_date"].at == SPRING + 30 * DAY


def test_a_move_called_off_and_planned_anew_begins_from_nothing(catalogue: Catalogue) -> None:
    answers = answered(catalogue, *MOVES_IN_SPRING, ("moving", False, AUTUMN), ("moving", True, AUTUMN + DAY))
    assert heard(catalogue, answers, date(2026, 10, 3)) == {"moving"}


def test_what_was_taken_back_takes_along_what_belonged_to_it(catalogue: Catalogue) -> None:
    answers = answered(catalogue, *MOVES_IN_SPRING, ("move_date", None, AUTUMN), ("has_dog", True, AUTUMN + DAY))
    assert heard(catalogue, answers, date(2026, 10, 3)) == {"moving", "has_dog"}


def test_whoever_came_untold_is_not_answered_for_by_an_earlier_move(catalogue: Catalogue) -> None:
    answers = answered(catalogue, ("moved_from", SETAGAYA, SPRING), ("card_renewed", True, SPRING))
    assert heard(catalogue, answers, date(2026, 10, 3)) == {"moved_from", "card_renewed"}
    assert heard(catalogue, answers, date(2026, 10, 3), registry=household(since=date(2026, 9, 20))) == set()


def test_what_was_told_before_the_move_still_speaks_after_it(catalogue: Catalogue) -> None:
    answers = answered(catalogue, *MOVES_IN_SPRING[:3], ("has_dog", True, SPRING))
    arrived = household(ward=SETAGAYA, since=date(2026, 4, 22))
    assert "has_dog" in heard(catalogue, answers, date(2026, 5, 1), registry=arrived)


def test_the_same_answer_given_again_lasts_anew(catalogue: Catalogue) -> None:
    once = answered(catalogue, ("care_worry", True, SPRING))
    assert heard(catalogue, once, date(2027, 4, 1)) == {"care_worry"}
    assert heard(catalogue, once, date(2027, 4, 2)) == set()
    again = answered(catalogue, ("care_worry", True, AUTUMN), before=once)
    assert heard(catalogue, again, date(2027, 4, 2)) == {"care_worry"}
    assert again.times["care_worry"].since == SPRING


def test_a_pregnancy_told_after_the_last_one_is_long_over_is_another(catalogue: Catalogue) -> None:
    first = (("pregnant", True, SPRING), ("due_date", "2026-10-20", SPRING), ("support_first_claimed", True, SPRING))
    answers = answered(catalogue, *first)
    later = datetime(2027, 5, 1, tzinfo=UTC)
    assert heard(catalogue, answers, later.date()) == {"due_date", "support_first_claimed"}, "a claim hangs on them yet"
    assert heard(catalogue, answered(catalogue, ("pregnant", True, later), before=answers), later.date()) == {
        "pregnant"
    }


def test_what_was_told_just_before_its_event_belongs_to_it(catalogue: Catalogue) -> None:
    answers = answered(catalogue, ("bereaved", True, SPRING), ("deceased_was_head", True, SPRING + DAY))
    answers = answered(catalogue, ("death_date", "2026-03-30", SPRING + 2 * DAY), before=answers)
    assert "deceased_was_head" in heard(catalogue, answers, date(2026, 4, 4))


def test_an_answer_about_one_child_does_not_touch_that_about_another(catalogue: Catalogue) -> None:
    bought = (("equipment_bought:m-5", "2026-03-01", SPRING), ("equipment_item:m-5", "cane", SPRING))
    answers = answered(catalogue, *bought, ("equipment_bought:m-2", "2026-09-01", AUTUMN))
    assert "equipment_item:m-5" in heard(catalogue, answers, date(2026, 4, 2))
    answers = answered(catalogue, ("equipment_bought:m-5", "2026-03-15", AUTUMN), before=answers)
    assert "equipment_item:m-5" not in heard(catalogue, answers, date(2026, 10, 2)), "another purchase"


def test_answers_of_before_they_had_times_are_as_old_as_the_last_of_them(catalogue: Catalogue) -> None:
    answers = dated(Answers({"care_worry": True}), SPRING)
    assert heard(catalogue, answers, date(2027, 4, 1)) == {"care_worry"}
    assert heard(catalogue, answers, date(2027, 4, 2)) == set()


def test_answers_without_any_time_all_speak(catalogue: Catalogue) -> None:
    facts = hana(answers=Answers({"care_worry": True}))
    assert standing(facts, catalogue, date(2040, 1, 1)) is facts


def test_a_pregnancy_told_after_a_loss_is_another_one(catalogue: Catalogue) -> None:
    loss = (("pregnant", True, SPRING), ("pregnancy_ended", True, SPRING + 30 * DAY))
    answers = answered(catalogue, *loss, ("pregnant", True, AUTUMN))
    assert heard(catalogue, answers, date(2026, 10, 2)) == {"pregnant"}


def test_a_step_says_which_answers_it_hangs_on(catalogue: Catalogue) -> None:
    step = plan(hana(answers=Answers({"moving": True})), catalogue, date(2026, 11, 23)).step("move_out_notice")
    assert step is not None
    assert {"moving", "move_date"} <= set(step.heard)
    assert "care_worry" not in step.heard


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('of = ["move_date"]', 'of = ["moved_out"]', "no such fact moved_out"),
        ('of = ["moving"]', 'of = ["card_renewed"]', "belongs in the end to itself"),
        ('of = ["moving"]', 'of = ["care_life"]', "care_life is asked of each person"),
        ("lasts = 500", "lasts = 0", "no answer is over before it is given"),
        ("lasts = 500", "same_within = 3", "only for a date"),
    ],
)
def test_a_wrong_event_is_named_with_its_file_and_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    data = copytree(DATA, tmp_path / "data")
    path = data / "questions" / "moving.toml"
    text = path.read_text("utf-8").replace(old, new, 1)
    path.write_text(text, "utf-8")
    with pytest.raises(WrongData, match=fault) as wrong:
        load_catalogue(data)
    assert wrong.value.file == "moving.toml"
    assert wrong.value.line == text[: text.index(new)].count("\n") + 1
