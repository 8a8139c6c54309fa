"""When a visit to the office makes sense after a move; expected days by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from life_events import Catalogue, load_catalogue
from life_events.law import Opening
from life_events.rules.move import Move, papers_ready, visit_day
from life_events.rules.moving import card_lives_until

LAW = load_catalogue().law
DAYS = st.dates(date(2026, 1, 1), date(2028, 6, 30))


@pytest.mark.parametrize(
    ("filed", "ready"),
    [
        (date(2026, 12, 7), date(2026, 12, 9)),  # Monday: Tuesday, Wednesday
        (date(2026, 12, 10), date(2026, 12, 14)),  # Thursday: Friday, Monday
        (date(2026, 12, 12), date(2026, 12, 15)),  # Saturday: Monday, Tuesday
        (date(2026, 12, 25), date(2027, 1, 4)),  # Friday: Monday 28, then the offices close until 4 January
        (date(2026, 5, 1), date(2026, 5, 8)),  # Friday before Golden Week: Thursday 7, Friday 8
    ],
)
def test_two_open_days_pass_after_the_filing(filed: date, ready: date) -> None:
    assert papers_ready(LAW, filed) == ready


def moves(day: date, to: str = "131121") -> Move:
    return Move(planned=day, on=day, came_from="131032", to=to, arrived=False, within=False)


def test_a_visit_is_on_a_day_of_the_ward_she_moves_to_and_not_of_the_one_she_leaves() -> None:
    sundays = Opening(sundays=(2,))
    there, here = replace(LAW, openings={"131121": sundays}), replace(LAW, openings={"131032": sundays})
    assert visit_day(there, moves(date(2026, 12, 12))) == date(2026, 12, 13)
    assert visit_day(here.in_ward({}, (), sundays), moves(date(2026, 12, 12))) == date(2026, 12, 14)
    assert visit_day(there, moves(date(2026, 12, 12), to="other")) == date(2026, 12, 14)


@given(DAYS)
def test_a_visit_is_never_on_a_closed_day_and_never_later_than_needed(day: date) -> None:
    visit = visit_day(LAW, moves(day, to="other"))
    assert LAW.opens_office(visit)
    assert all(LAW.closed(day + timedelta(days=n)) for n in range((visit - day).days))


@given(DAYS)
def test_exactly_two_open_days_lie_between_the_filing_and_the_visit(filed: date) -> None:
    ready = papers_ready(LAW, filed)
    after = [filed + timedelta(days=n) for n in range(1, (ready - filed).days + 1)]
    assert [LAW.opens_office(day) for day in after].count(True) == 2
    assert LAW.opens_office(ready)


@given(DAYS, st.integers(-30, 60))
def test_the_card_outlives_neither_of_its_two_terms(planned: date, days: int) -> None:
    real = planned + timedelta(days=days)
    move = Move(planned=planned, on=real, came_from="131032", to="131121", arrived=False, within=False)
    lives = card_lives_until(LAW, move)
    assert lives in (LAW.last_day("move_in_notice", real), LAW.last_day("special_move_in", planned))
    assert lives <= LAW.last_day("move_in_notice", real)
    assert lives <= LAW.last_day("special_move_in", planned)


def test_the_old_name_of_the_app_is_only_a_word_to_search_by(catalogue: Catalogue) -> None:
    # renamed マイナアプリ on 2026-08-25: a name is data, so no text may keep the old one
    told = [
        text
        for procedure in catalogue.procedures.values()
        for text in (procedure.how, procedure.summary, procedure.follow_up, procedure.result and procedure.result.note)
        if text
    ]
    assert any("マイナアプリ" in text.ja for text in told)
    assert not [text.ja for text in told if "マイナポータルアプリ" in text.ja]
