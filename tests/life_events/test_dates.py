"""Days counted as the law counts them; expected values by hand or from the fact sheet's test vectors."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from life_events import Catalogue
from life_events.dates import (
    attained_age,
    birthday,
    care_validity_end,
    fiscal_year_end_from_age,
    full_days_between,
    last_day,
    last_of_months,
    month_birthday,
    next_open_day,
    school_entry,
)

DAYS = st.dates(date(1920, 1, 1), date(2060, 12, 31))


def test_a_baby_born_on_1_november_2026_is_registered_by_the_16th_because_the_14th_is_a_saturday(
    catalogue: Catalogue,
) -> None:
    # counting_rules.test_vectors, birth_registration (戸籍法43条・49条)
    assert catalogue.law.last_day("birth_notice", date(2026, 11, 1)) == date(2026, 11, 16)


@pytest.mark.parametrize(("filed", "in_time"), [(date(2024, 5, 15), True), (date(2024, 5, 16), False)])
def test_a_child_born_on_30_april_2024_is_claimed_for_in_april_until_15_may(
    catalogue: Catalogue, filed: date, in_time: bool
) -> None:
    # counting_rules.test_vectors, child_allowance_15 (Edogawa ward's worked example)
    assert (filed <= catalogue.law.last_day("child_allowance_claim", date(2024, 4, 30))) is in_time


def test_somebody_who_moves_on_1_april_2026_files_by_15_april(catalogue: Catalogue) -> None:
    # 住民基本台帳法22条, 民法140条: the day of the move is left out
    assert catalogue.law.last_day("move_in_notice", date(2026, 4, 1)) == date(2026, 4, 15)


def test_a_last_day_in_golden_week_gives_way_to_7_may(catalogue: Catalogue) -> None:
    # 2026-04-19 + 14 = Sunday 3 May; 4, 5 May holidays, 6 May substitute day
    assert catalogue.law.last_day("move_in_notice", date(2026, 4, 19)) == date(2026, 5, 7)


def test_a_last_day_at_new_year_gives_way_to_4_january(catalogue: Catalogue) -> None:
    # 2026-12-15 + 14 = 29 December; closed to 3 January 2027, a Sunday
    assert catalogue.law.last_day("move_in_notice", date(2026, 12, 15)) == date(2027, 1, 4)


def test_the_allowance_does_not_wait_for_an_open_day(catalogue: Catalogue) -> None:
    assert catalogue.law.last_day("child_allowance_claim", date(2026, 11, 14)) == date(2026, 11, 29)


def test_somebody_born_on_1_april_is_65_on_31_march() -> None:
    assert attained_age(date(1961, 4, 1), date(2026, 3, 30)) == 64
    assert attained_age(date(1961, 4, 1), date(2026, 3, 31)) == 65


def test_somebody_born_on_29_february_is_a_year_older_on_28_february() -> None:
    assert attained_age(date(2004, 2, 29), date(2026, 2, 27)) == 21
    assert attained_age(date(2004, 2, 29), date(2026, 2, 28)) == 22
    assert attained_age(date(2004, 2, 29), date(2028, 2, 28)) == 24


def test_a_child_born_on_1_april_belongs_to_the_older_school_year() -> None:
    assert fiscal_year_end_from_age(date(2008, 4, 1), 18) == date(2026, 3, 31)
    assert fiscal_year_end_from_age(date(2008, 4, 2), 18) == date(2027, 3, 31)


def test_27_whole_days_after_a_monday_is_the_monday_four_weeks_later() -> None:
    # counting_rules.test_vectors, vaccine_interval_27 (Kanazawa city's worked example)
    monday = date(2026, 11, 2)
    assert full_days_between(monday, 27) == date(2026, 11, 30)
    assert full_days_between(monday, 27).weekday() == monday.weekday()


def test_a_baby_born_on_31_december_is_two_months_old_on_1_march() -> None:
    # 民法143条2項: February has no 31st, so two months are complete at its end
    assert month_birthday(date(2026, 12, 31), 2) == date(2027, 3, 1)
    assert month_birthday(date(2027, 12, 31), 2) == date(2028, 3, 1)
    assert month_birthday(date(2026, 12, 28), 2) == date(2027, 2, 28)


def test_the_school_year_runs_from_2_april_to_1_april() -> None:
    # 学校教育法17条 and 年齢計算ニ関スル法律
    assert school_entry(date(2020, 4, 1)) == date(2026, 4, 1)
    assert school_entry(date(2020, 4, 2)) == date(2027, 4, 1)
    assert school_entry(date(2021, 4, 1)) == date(2027, 4, 1)


def test_the_holidays_in_the_table_are_those_of_the_law(catalogue: Catalogue) -> None:
    assert catalogue.law.holidays == {day for year in (2026, 2027, 2028) for day in _holidays(year)}


def test_a_term_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        last_day(date(2026, 1, 1), 0, first_day_counted=False)


@pytest.mark.parametrize(
    ("applied", "ends"), [(date(2026, 4, 1), date(2026, 9, 30)), (date(2026, 4, 15), date(2026, 10, 31))]
)
def test_a_certification_of_six_months_ends_on_a_month_end(applied: date, ends: date) -> None:
    # counting_rules.test_vectors, care_validity_6m (Funabashi's examples)
    assert care_validity_end(applied, 6) == ends


@pytest.mark.parametrize(
    ("first", "months", "ends"),
    [
        (date(2026, 5, 1), 24, date(2028, 4, 30)),
        (date(2026, 3, 1), 24, date(2028, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2028, 2, 29), 13, date(2029, 3, 28)),
        (date(2026, 10, 10), 13, date(2027, 11, 9)),
    ],
)
def test_months_end_the_day_before_the_same_day_or_with_a_shorter_month(first: date, months: int, ends: date) -> None:
    # 民法143条2項, by hand
    assert last_of_months(first, months) == ends


@given(DAYS, st.integers(1, 60))
def test_the_term_that_follows_in_months_begins_on_the_next_day_unless_the_month_was_too_short(
    first: date, months: int
) -> None:
    ends = last_of_months(first, months)
    following = ends + timedelta(days=1)
    assert (following.year * 12 + following.month) - (first.year * 12 + first.month) in (months, months + 1)
    assert following.day in (first.day, 1)


@given(DAYS, st.integers(3, 48))
def test_a_certification_always_ends_on_a_month_end_and_is_never_short(applied: date, months: int) -> None:
    ends = care_validity_end(applied, months)
    assert (ends + timedelta(days=1)).day == 1
    assert ends >= last_of_months(applied, months)


@given(DAYS, st.integers(1, 400))
def test_counting_the_first_day_always_ends_one_day_earlier(event: date, days: int) -> None:
    later = last_day(event, days, first_day_counted=False)
    assert later - last_day(event, days, first_day_counted=True) == timedelta(days=1)
    assert (later - event).days == days


@given(DAYS, st.sets(DAYS, max_size=5))
def test_the_next_open_day_is_open_and_skips_only_closed_days(day: date, closed: set[date]) -> None:
    opened = next_open_day(day, closed.__contains__)
    assert opened not in closed
    assert all(day + timedelta(days=n) in closed for n in range((opened - day).days))


@given(DAYS, st.integers(0, 100))
def test_an_age_is_reached_on_the_day_before_the_birthday(birth: date, age: int) -> None:
    eve = birthday(birth, age) - timedelta(days=1)
    assert attained_age(birth, eve) == age
    assert attained_age(birth, eve - timedelta(days=1)) == age - 1


@given(DAYS)
def test_school_years_end_on_31_march_at_most_a_year_after_the_age(birth: date) -> None:
    end = fiscal_year_end_from_age(birth, 6)
    assert (end.month, end.day) == (3, 31)
    assert timedelta(0) <= end - (birthday(birth, 6) - timedelta(days=1)) < timedelta(days=366)


@given(DAYS, st.integers(0, 20))
def test_years_and_twelve_months_are_the_same_age(birth: date, years: int) -> None:
    assert month_birthday(birth, 12 * years) == birthday(birth, years)


@given(DAYS, st.integers(0, 200))
def test_the_day_of_a_month_of_age_has_the_number_of_the_birth_or_begins_a_month(birth: date, months: int) -> None:
    reached = month_birthday(birth, months)
    assert reached.day in (birth.day, 1)
    assert 28 * months <= (reached - birth).days <= 31 * months + 1


@given(DAYS, st.integers(0, 120))
def test_a_month_later_is_a_later_day(birth: date, months: int) -> None:
    assert month_birthday(birth, months + 1) > month_birthday(birth, months)


@given(DAYS, st.integers(0, 200))
def test_whole_days_between_are_counted_without_both_ends(previous: date, days: int) -> None:
    following = full_days_between(previous, days)
    between = [previous + timedelta(days=n) for n in range(1, (following - previous).days)]
    assert len(between) == days


@given(DAYS)
def test_school_begins_between_six_and_seven_years_of_age(birth: date) -> None:
    entry = school_entry(birth)
    assert (entry.month, entry.day) == (4, 1)
    assert attained_age(birth, entry - timedelta(days=1)) == 6
    assert birthday(birth, 6) <= entry < birthday(birth, 7)


def _holidays(year: int) -> set[date]:
    """国民の祝日に関する法律2条・3条; the equinoxes from the almanac."""
    spring = {2026: 20, 2027: 21, 2028: 20}[year]
    autumn = {2026: 23, 2027: 23, 2028: 22}[year]
    fixed = {(1, 1), (2, 11), (2, 23), (3, spring), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (9, autumn)}
    fixed |= {(11, 3), (11, 23)}
    days = {date(year, month, day) for month, day in fixed}
    days |= {_monday(year, month, nth) for month, nth in ((1, 2), (7, 3), (9, 3), (10, 2))}
    for sunday in sorted(day for day in days if day.weekday() == 6):
        days.add(next_open_day(sunday, days.__contains__))
    between = {day + timedelta(days=1) for day in days if day + timedelta(days=2) in days}
    return days | {day for day in between if day.weekday() != 6}


def _monday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7 + 7 * (nth - 1))
