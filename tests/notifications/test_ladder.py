"""How far we go for one notice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from notifications.ladder import Rung, next_rung, retry_at, seconds_left, urgency
from notifications.notice import Kind
from tests.notifications.house import notice

NOW = datetime(2026, 6, 13, 1, 0, tzinfo=UTC)
TOLD = notice(NOW)


def test_hana_who_opened_it_is_left_in_peace() -> None:
    assert next_rung(TOLD, None, NOW) is Rung.PUSH
    assert next_rung(TOLD, NOW, NOW) is Rung.OPENED


def test_after_the_last_day_in_japan_a_push_is_of_no_use() -> None:
    told = notice(NOW, act_by=date(2026, 6, 14))
    end = datetime(2026, 6, 14, 15, 0, tzinfo=UTC)
    assert next_rung(told, None, end - timedelta(seconds=1)) is Rung.PUSH
    assert next_rung(told, None, end) is Rung.TOO_LATE
    assert seconds_left(told, end - timedelta(seconds=90)) == 90
    assert seconds_left(told, end + timedelta(hours=1)) == 0


@pytest.mark.parametrize("kind", Kind)
def test_no_push_is_left_at_a_push_service_for_longer_than_28_days(kind: Kind) -> None:
    assert 0 < seconds_left(notice(NOW, kind=kind, act_by=date(2027, 6, 13)), NOW) <= 28 * 86400


def test_pauses_grow_until_it_is_given_up() -> None:
    pauses = [retry_at(TOLD, tries, None, NOW) for tries in range(1, 7)]
    minutes = [None if pause is None else (pause - NOW) // timedelta(minutes=1) for pause in pauses]
    assert minutes == [1, 5, 25, 120, 360, None]


def test_a_push_services_own_time_goes_first_and_beyond_use_it_is_given_up() -> None:
    assert retry_at(TOLD, 1, timedelta(hours=3), NOW) == NOW + timedelta(hours=3)
    assert retry_at(TOLD, 5, timedelta(seconds=10), NOW) == NOW + timedelta(seconds=10)
    assert retry_at(TOLD, 1, timedelta(days=15), NOW) is None
    assert retry_at(TOLD, 9, timedelta(minutes=1), NOW) == NOW + timedelta(minutes=5), "busy is no refusal"
    assert retry_at(TOLD, 9, timedelta(hours=1), NOW) == NOW + timedelta(hours=1)


def test_only_plain_information_may_wait_until_the_phone_wakes() -> None:
    assert [urgency(kind) for kind in Kind] == ["normal", "high", "high", "high"]
