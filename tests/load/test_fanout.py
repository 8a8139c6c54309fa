"""The parts of the bench run together; nothing here asserts a time."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from infra.load import fanout
from infra.load.fanout import BESIDE, Fanout, Load
from infra.load.sources import LONG, LONGEST, SHORTEST, delay_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tiny() -> Fanout:
    return fanout.measure(Load(sources=(2,), rates=(10.0,), seconds=0.5, halvings=1))


def test_refreshes_are_answered_over_each_kind_of_connection_and_over_mutual_tls(tiny: Fanout) -> None:
    every = [*tiny.cells.values(), *tiny.beside.values(), tiny.secured]
    assert set(tiny.beside) == set(BESIDE)
    assert [one.unanswered for one in every] == [0.0] * len(every)
    assert all(one.refreshes and one.cpu and one.memory_mb for one in every)


def test_nothing_is_told_before_its_slowest_source(tiny: Fanout) -> None:
    assert all(one.over_p50 >= 0 for one in (*tiny.cells.values(), tiny.secured))


def test_the_table_has_a_line_for_each(tiny: Fanout) -> None:
    lines = fanout.table(tiny).splitlines()
    assert [line.split("  ")[0] for line in lines[1:6]] == [
        "2 x 10",
        *(f"2 x 10, {name}" for name in BESIDE),
        "2 x 10, mutual TLS",
    ]


def test_a_source_takes_as_long_as_the_id_says() -> None:
    assert delay_of(UUID(int=0)) == LONG
    assert delay_of(UUID(int=(1 << 128) - 1)) == pytest.approx(LONGEST)
    every = [delay_of(uuid4()) for _ in range(2000)]
    assert all(SHORTEST <= seconds <= LONGEST or seconds == LONG for seconds in every)
    assert 0 < sum(seconds == LONG for seconds in every) < 100
