"""Until when a decision may be contested and when an answer is usual; every day counted by hand on a calendar."""

from datetime import date

import jpholiday
import msgspec
import pytest

from life_events import Catalogue, appeal_of, expected_by
from life_events.dates import weekend_or_new_year

ALLOWANCE, CARE = "child_allowance_change", "care_certification"


@pytest.mark.parametrize(
    ("learnt", "until", "perhaps"),
    [
        (date(2026, 11, 27), date(2027, 2, 27), date(2027, 3, 1)),  # ends on a Saturday
        (date(2026, 11, 30), date(2027, 2, 28), date(2027, 3, 1)),  # from 1 December: whole months; a Sunday
        (date(2026, 1, 31), date(2026, 4, 30), None),  # from 1 February to the end of April
        (date(2027, 11, 30), date(2028, 2, 29), None),  # whole months to a leap day
        (date(2027, 11, 29), date(2028, 2, 29), None),  # no 30 February: its last day (民法143条2項)
        (date(2026, 11, 29), date(2027, 2, 28), date(2027, 3, 1)),
        (date(2026, 9, 29), date(2026, 12, 29), date(2027, 1, 4)),  # the year's end; 4 January is a Monday
        (date(2026, 10, 10), date(2027, 1, 10), date(2027, 1, 12)),  # a Sunday before 成人の日
        (date(2026, 2, 3), date(2026, 5, 3), date(2026, 5, 7)),  # 憲法記念日, on a Sunday, with its substitute day
    ],
)
def test_three_months_from_the_day_after_she_learnt_of_it(
    catalogue: Catalogue, learnt: date, until: date, perhaps: date | None
) -> None:
    appeal = appeal_of(catalogue, ALLOWANCE, decided=learnt, learnt=learnt)
    assert appeal is not None
    assert (appeal.until, appeal.perhaps) == (until, perhaps), "the earlier day is the safe one to tell"


def test_a_last_day_moves_on_where_the_law_file_says_that_it_does(catalogue: Catalogue) -> None:
    numbers = {**catalogue.law.numbers}
    numbers["appeal_months"] = msgspec.structs.replace(numbers["appeal_months"], rolls=True)
    rolling = msgspec.structs.replace(catalogue.law, numbers=numbers)
    changed = msgspec.structs.replace(catalogue, law=rolling)
    appeal = appeal_of(changed, ALLOWANCE, decided=date(2026, 11, 27), learnt=date(2026, 11, 27))
    assert appeal is not None
    assert (appeal.until, appeal.perhaps) == (date(2027, 3, 1), None)


def test_a_year_after_the_decision_nothing_is_moved_by_late_knowledge(catalogue: Catalogue) -> None:
    late = appeal_of(catalogue, ALLOWANCE, decided=date(2026, 1, 15), learnt=date(2026, 12, 20))
    assert late is not None
    assert (late.latest, late.until, late.suit_until) == (date(2027, 1, 15), date(2027, 1, 15), date(2027, 1, 15))


def test_a_court_is_open_for_six_months_but_for_insurance_only_after_the_board(catalogue: Catalogue) -> None:
    on = date(2026, 8, 31)
    allowance, care = (appeal_of(catalogue, id, decided=on, learnt=on) for id in (ALLOWANCE, CARE))
    assert allowance is not None
    assert care is not None
    assert allowance.suit_until == date(2027, 2, 28), "from 1 September, whole months"
    assert care.suit_until is None, "介護保険法196条"
    assert care.until == date(2026, 11, 30)


def test_nothing_is_said_of_what_is_no_disposition_or_fell_under_the_former_act(catalogue: Catalogue) -> None:
    assert appeal_of(catalogue, "move_out_notice", decided=date(2026, 11, 27), learnt=date(2026, 11, 27)) is None
    assert appeal_of(catalogue, ALLOWANCE, decided=date(2016, 3, 31), learnt=date(2016, 3, 31)) is None


def test_days_with_her_are_not_the_wards(catalogue: Catalogue) -> None:
    """Thirty days (介護保険法27条11項); four of December were hers, and a day sent back and corrected is none."""
    arrived = date(2026, 11, 27)
    assert expected_by(catalogue, CARE, arrived=arrived) == date(2026, 12, 27)
    hers = [(date(2026, 12, 1), date(2026, 12, 5)), (date(2026, 12, 10), date(2026, 12, 10))]
    assert expected_by(catalogue, CARE, arrived=arrived, hers=hers) == date(2026, 12, 31)
    assert expected_by(catalogue, CARE, arrived=date(2028, 1, 31), days=29) == date(2028, 2, 29)
    assert expected_by(catalogue, ALLOWANCE, arrived=arrived) is None, "none is published"


def test_our_holidays_are_those_of_a_library_that_is_kept_by_others(catalogue: Catalogue) -> None:
    ours = catalogue.law.holidays
    for year in sorted({day.year for day in ours}):
        theirs = {day for day, _ in jpholiday.year_holidays(year)}
        missing = {day for day in theirs ^ {one for one in ours if one.year == year} if not weekend_or_new_year(day)}
        assert missing == set(), year
