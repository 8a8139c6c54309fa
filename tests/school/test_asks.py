"""What a parent types is taken as she means it, or refused with its field; pure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bff.errors import FieldsRefused
from bff.school.asks import Asks, checked, questions_of

HEALTH = Asks("health", datetime(2026, 12, 1, tzinfo=UTC), questions_of("health"))


@pytest.mark.parametrize("typed", ["36.5", "３６．５", "36,5", "36.5℃", "３６.５度"])
def test_a_temperature_is_taken_as_a_phone_in_japan_writes_it(typed: str) -> None:
    assert checked(HEALTH, {"temperature": typed, "feeling": "well"})["temperature"] == "36.5"


@pytest.mark.parametrize("typed", ["365", "32.9", "43.1", "36.55", "高い"])
def test_what_is_no_temperature_is_refused_with_its_field(typed: str) -> None:
    with pytest.raises(FieldsRefused) as refused:
        checked(HEALTH, {"temperature": typed, "feeling": "well"})
    assert [one.field for one in refused.value.fields] == ["temperature"]
