"""A report that returns every year: announced, due, late, and then forgotten."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from life_events import Done, Due, NotYet, NotYours, Open
from life_events.rules.yearly import in_season, report

AUGUST = (date(2026, 8, 1), date(2026, 8, 31))
NEXT_AUGUST = (date(2027, 8, 1), date(2027, 8, 31))
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def test_the_year_of_a_mother_who_reports_in_august() -> None:
    def on(today: date, filed: date | None = None) -> type[object]:
        window = AUGUST if today <= AUGUST[1] else NEXT_AUGUST
        return type(report(window, filed, today, asks="rearing_interview_done"))

    assert on(date(2026, 6, 30)) is NotYours
    assert on(date(2026, 7, 1)) is NotYet
    assert on(date(2026, 8, 1)) is Due
    assert on(date(2026, 8, 31)) is Due
    assert on(date(2026, 9, 1)) is Open
    assert on(date(2026, 10, 31)) is Open
    assert on(date(2026, 11, 1)) is NotYours
    assert on(date(2026, 8, 20), filed=date(2026, 8, 1)) is Done
    assert on(date(2026, 8, 20), filed=date(2025, 8, 20)) is Due
    assert on(date(2027, 7, 2), filed=date(2026, 8, 20)) is NotYet


@given(DAYS)
def test_whoever_has_filed_is_never_told_to_file_again_in_the_same_year(today: date) -> None:
    window = AUGUST if today <= AUGUST[1] else NEXT_AUGUST
    filed = max(AUGUST[0], min(today, AUGUST[1])) if today >= AUGUST[0] else date(2025, 8, 10)
    assert not isinstance(report(window, filed, today, asks="rearing_interview_done"), Due | Open)


@given(DAYS)
def test_outside_the_season_a_report_without_a_word_about_it_is_silent(today: date) -> None:
    window = AUGUST if today <= AUGUST[1] else NEXT_AUGUST
    silent = isinstance(report(window, None, today, asks="rearing_interview_done"), NotYours)
    assert silent == (not in_season(window, today))
    assert in_season(window, window[0] - timedelta(days=31))
