"""Who sees a broadcast when, and which numbers are in which chunk: everybody once, whatever the waves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap, FrozenBitMap

from notifications.post.snapshot import Snapshot, Wave, between, chunked, staged

NINE = datetime(2026, 6, 13, 0, 0, tzinfo=UTC)
HALF_PAST = NINE + timedelta(minutes=30)
NUMBERS = st.sets(st.integers(0, 200_000), min_size=1, max_size=60)


def kept(members: BitMap, waves: list[Wave], turn: int, stopped_at: datetime | None = None) -> Snapshot:
    stages = tuple(staged(members, waves, NINE, turn)) if waves else ()
    year = NINE + timedelta(days=365)
    return Snapshot(UUID(int=1), 1, "131032", NINE, year, 1, FrozenBitMap(members), stages, stopped_at)


@given(NUMBERS, st.integers(0, 10**9), st.floats(0.01, 1), st.integers(1, 7))
def test_each_member_is_in_exactly_one_chunk_of_her_wave(numbers: set[int], turn: int, share: float, most: int) -> None:
    members = BitMap(numbers)
    stages = staged(members, [Wave(share, NINE), Wave(1, HALF_PAST)], NINE, turn)
    cut = chunked(members, stages, most)
    found = [sorted(between(members, one.low, one.high)) for one in cut]
    assert sorted(number for each in found for number in each) == sorted(numbers)
    assert [len(each) for each in found] == [one.size for one in cut]
    assert max(one.size for one in cut) <= most
    first = sum(one.size for one in cut if one.at == NINE)
    assert first == min(len(numbers), max(1, round(len(numbers) * share)))


@given(NUMBERS, st.integers(0, 10**9))
def test_who_is_told_later_sees_it_later_and_never_once_it_was_stopped_before(numbers: set[int], turn: int) -> None:
    members, waves = BitMap(numbers), [Wave(0.1, NINE), Wave(1, HALF_PAST)]
    going, stopped = kept(members, waves, turn), kept(members, waves, turn, stopped_at=NINE + timedelta(minutes=5))
    now, later = NINE + timedelta(minutes=10), HALF_PAST + timedelta(minutes=1)
    first = {number for number in numbers if going.shows(number, now)}
    assert len(first) == max(1, round(len(numbers) * 0.1))
    assert all(going.shows(number, later) for number in numbers)
    assert {number for number in numbers if stopped.shows(number, later)} == first == set(stopped.told(later))
    assert not any(going.shows(number, NINE + timedelta(days=365)) for number in numbers), "lapsed"


def test_it_is_not_always_the_oldest_accounts_that_are_told_first() -> None:
    members, waves = BitMap(range(1_000)), [Wave(0.01, NINE), Wave(1, HALF_PAST)]
    first = [staged(members, waves, NINE, turn)[0] for turn in (0, 995, 500)]
    assert [(one.low, one.high) for one in first] == [(0, 9), (995, 999), (500, 509)]
    assert staged(members, [], NINE, 995) == [first[0].__class__(0, 999, NINE, 0, 1)]
