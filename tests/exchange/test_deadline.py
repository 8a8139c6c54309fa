"""One deadline for all attempts, the queue and the whole fan-out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bff.exchange.deadline import Deadline, deadline_of, together
from bff.exchange.patience import Patience
from bff.exchange.silence import Silent, Why
from bff.exchange.waiting import Waiting
from tests.exchange.provider import IMPATIENT

SLACK = 3.0
Act = Callable[[], Awaitable[str]]


async def _hangs() -> str:
    await asyncio.sleep(60)
    return "never"


async def _answers() -> str:
    return "told"


async def _asks(waiting: Waiting, act: Act, how: Patience, service: str = "s", repeatable: bool = True) -> str | Why:
    try:
        return await waiting.through(act, source="registry", service=service, patience=how, repeatable=repeatable)
    except Silent as silent:
        return silent.why


async def test_all_attempts_share_one_deadline() -> None:
    tried: list[float] = []

    async def fails_slowly() -> str:
        tried.append(time.monotonic())
        await asyncio.sleep(0.15)
        raise Silent("registry", Why.UNAVAILABLE)

    begun = time.monotonic()
    how = replace(IMPATIENT, attempts=50, pause=0.001, whole=0.5)
    why = await _asks(Waiting(), fails_slowly, how)
    assert why in (Why.TIMEOUT, Why.UNAVAILABLE), "cut off in the last attempt, or too late for another"
    assert 1 < len(tried) < 5
    assert time.monotonic() - begun < 0.5 + SLACK


async def test_nobody_pauses_for_an_attempt_that_could_not_be_made_any_more() -> None:
    begun, tried = time.monotonic(), []

    async def fails() -> str:
        tried.append(1)
        raise Silent("registry", Why.UNAVAILABLE)

    assert await _asks(Waiting(), fails, replace(IMPATIENT, attempts=3, pause=60, whole=30)) is Why.UNAVAILABLE
    assert tried == [1]
    assert time.monotonic() - begun < SLACK


async def test_pauses_grow_and_chance_spreads_them() -> None:
    times: list[float] = []

    async def fails() -> str:
        times.append(asyncio.get_running_loop().time())
        raise Silent("registry", Why.UNAVAILABLE)

    how = replace(IMPATIENT, attempts=3, pause=0.1, whole=30)
    await _asks(Waiting(chance=lambda: 0.5), fails, how)
    first, second = times[1] - times[0], times[2] - times[1]
    assert first > 0.14
    assert second > 0.29


async def test_whoever_waited_for_a_turn_in_vain_was_never_asked_for() -> None:
    waiting, how = Waiting(), replace(IMPATIENT, at_once=2, whole=0.4)
    asked: list[int] = []

    async def hangs() -> str:
        asked.append(1)
        return await _hangs()

    outcomes = await asyncio.gather(*(_asks(waiting, hangs, how) for _ in range(5)))
    assert sorted(outcomes) == [Why.BUSY, Why.BUSY, Why.BUSY, Why.TIMEOUT, Why.TIMEOUT]
    assert len(asked) == 2
    lane = waiting.lanes["s"]
    assert (lane.under_way, lane.queued, lane.breaker.failures) == (0, 0, 2)
    assert await _asks(waiting, _answers, how) == "told"


async def test_no_more_than_its_share_is_under_way_to_one_service_and_others_are_free() -> None:
    waiting, how = Waiting(), replace(IMPATIENT, at_once=3, whole=20)
    now = most = 0

    async def counts() -> str:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1
        return "told"

    slow = [asyncio.create_task(_asks(waiting, counts, how)) for _ in range(30)]
    assert await _asks(waiting, _answers, how, service="another") == "told"
    assert set(await asyncio.gather(*slow)) == {"told"}
    assert most == 3


async def test_a_queue_of_ours_is_not_held_against_the_service() -> None:
    waiting, how = Waiting(), replace(IMPATIENT, at_once=1, whole=0.5, threshold=2)

    async def takes_its_time() -> str:
        await asyncio.sleep(0.3)
        return "told"

    outcomes = await asyncio.gather(*(_asks(waiting, takes_its_time, how) for _ in range(3)))
    assert outcomes == ["told", Why.TIMEOUT, Why.BUSY]
    assert waiting.lanes["s"].breaker.failures == 0


async def test_after_its_rest_a_hanging_service_is_tried_by_one_call_alone() -> None:
    waiting, how = Waiting(), replace(IMPATIENT, threshold=1, rest=0.2, whole=0.3, attempts=1)
    assert await _asks(waiting, _hangs, how) is Why.TIMEOUT
    await asyncio.sleep(0.25)
    asked: list[int] = []

    async def hangs() -> str:
        asked.append(1)
        return await _hangs()

    outcomes = await asyncio.gather(*(_asks(waiting, hangs, how) for _ in range(10)))
    assert sorted(outcomes) == [*[Why.RESTING] * 9, Why.TIMEOUT]
    assert len(asked) == 1


async def test_a_cancellation_from_elsewhere_stays_one_and_says_nothing_of_the_service() -> None:
    waiting, how = Waiting(), replace(IMPATIENT, whole=30, threshold=1)
    asking = asyncio.create_task(_asks(waiting, _hangs, how))
    await asyncio.sleep(0.01)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert waiting.lanes["s"].breaker.failures == 0
    assert waiting.lanes["s"].under_way == 0


async def test_a_fan_out_has_one_timer_and_ends_all_that_hang_at_one_moment() -> None:
    waiting, how = Waiting(), replace(IMPATIENT, whole=30)
    set_timers: set[int] = set()

    async def notes_the_deadline() -> str:
        set_timers.add(id(deadline_of(how.whole)))
        return await _hangs()

    begun = time.monotonic()
    with together(0.3):
        asking = [_asks(waiting, notes_the_deadline, how, service=str(number)) for number in range(12)]
        assert await asyncio.gather(*asking) == [Why.TIMEOUT] * 12
    assert len(set_timers) == 1
    assert time.monotonic() - begun < 0.3 + SLACK
    assert deadline_of(9.0) is not deadline_of(9.0)


async def test_within_a_fan_out_the_less_patient_call_ends_first() -> None:
    with together(30):
        assert deadline_of(0.2).seconds < deadline_of(8).seconds <= 30
        assert deadline_of(99) is deadline_of(77)


async def test_a_deadline_that_is_past_lets_nothing_begin() -> None:
    late = Deadline(0)
    with pytest.raises(TimeoutError), late.within():
        pytest.fail("it began")
