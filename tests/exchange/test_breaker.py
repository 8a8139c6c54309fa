"""A service that keeps failing rests; then one call tries, and only one."""

from __future__ import annotations

import pytest

from bff.exchange.breaker import Breaker, Resting, State


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(3, 10.0, clock)
    for _ in range(3):
        breaker.failed(breaker.enter())
    return breaker


def test_three_failures_in_a_row_open_it_and_an_answer_between_does_not() -> None:
    breaker = Breaker(3, 10.0, Clock())
    for _ in range(5):
        breaker.failed(breaker.enter())
        breaker.failed(breaker.enter())
        breaker.answered(breaker.enter())
    assert breaker.state is State.CLOSED


def test_while_it_rests_nobody_goes_through() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 9.9
    assert breaker.state is State.OPEN
    with pytest.raises(Resting):
        breaker.enter()


def test_after_the_rest_exactly_one_goes_through() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 10
    assert breaker.state is State.HALF_OPEN
    assert breaker.enter()
    for _ in range(20):
        with pytest.raises(Resting):
            breaker.enter()
    breaker.answered(True)
    assert breaker.state is State.CLOSED
    assert not breaker.enter()


def test_a_trial_that_fails_begins_the_rest_anew() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 10
    breaker.failed(breaker.enter())
    clock.now += 9.9
    with pytest.raises(Resting):
        breaker.enter()


def test_a_trial_that_was_cancelled_leaves_the_turn_to_the_next() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 10
    breaker.told_nothing(breaker.enter())
    assert breaker.enter()


def test_an_answer_to_a_call_of_before_does_not_close_it() -> None:
    clock = Clock()
    breaker = Breaker(3, 10.0, clock)
    early = breaker.enter()
    for _ in range(3):
        breaker.failed(breaker.enter())
    breaker.answered(early)
    assert breaker.state is State.OPEN
