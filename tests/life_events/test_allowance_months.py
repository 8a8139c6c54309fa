"""児童手当: the month a claim counts for, and the first month paid."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from life_events import load_catalogue
from life_events.allowance_months import ClaimMonths, claim_months, written
from life_events.dates import months_after

LAW = load_catalogue().law
EVENTS = st.dates(date(2013, 1, 1), date(2059, 12, 31))
APRIL, MAY, JUNE = date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1)


@pytest.mark.parametrize(
    ("filed", "expected"),
    [(date(2024, 5, 15), ClaimMonths(APRIL, MAY)), (date(2024, 5, 16), ClaimMonths(MAY, JUNE))],
)
def test_of_an_event_on_30_april_2024_a_claim_on_15_may_is_of_april_and_one_on_the_16th_of_may(
    filed: date, expected: ClaimMonths
) -> None:
    # counting_rules.test_vectors, child_allowance_15 (Edogawa ward's worked example, S020)
    assert claim_months(LAW, date(2024, 4, 30), filed) == expected


@pytest.mark.parametrize(
    ("event", "filed", "first"),
    [
        (date(2026, 12, 31), date(2027, 1, 15), "2027-01"),  # the fifteenth day, in another year
        (date(2026, 12, 31), date(2027, 1, 16), "2027-02"),
        (date(2028, 2, 29), date(2028, 3, 15), "2028-03"),  # a leap day
        (date(2028, 2, 29), date(2028, 3, 16), "2028-04"),
        (date(2026, 11, 1), date(2026, 11, 30), "2026-12"),  # late, but no month end lies between: nothing is lost
        (date(2026, 12, 10), date(2026, 12, 1), "2027-01"),  # filed before a move that is still to come
    ],
)
def test_the_first_month_paid_is_the_one_after_the_month_the_claim_counts_for(
    event: date, filed: date, first: str
) -> None:
    assert written(claim_months(LAW, event, filed).first_paid) == first


@given(EVENTS, st.integers(0, 400))
def test_nobody_is_paid_before_the_month_after_the_event_nor_later_than_after_the_filing(
    event: date, days: int
) -> None:
    filed = event + timedelta(days=days)
    months = claim_months(LAW, event, filed)
    assert months.first_paid == months_after(months.treated_as, 1)
    assert event.replace(day=1) <= months.treated_as <= filed.replace(day=1)


@given(EVENTS, st.integers(0, 15))
def test_within_fifteen_days_no_month_is_lost(event: date, days: int) -> None:
    assert claim_months(LAW, event, event + timedelta(days=days)).treated_as == event.replace(day=1)


@given(EVENTS, st.integers(0, 60))
def test_waiting_one_more_day_never_pays_earlier(event: date, days: int) -> None:
    one_day, the_next = event + timedelta(days=days), event + timedelta(days=days + 1)
    assert claim_months(LAW, event, one_day).first_paid <= claim_months(LAW, event, the_next).first_paid
