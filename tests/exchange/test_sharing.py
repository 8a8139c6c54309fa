"""The same question at the same moment goes out once; a second question beside a slow one is the exception."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import cast

import httpx
import pytest

from bff.exchange.reading import Call, Reading
from bff.exchange.silence import Silent, Why
from tests.exchange.provider import IMPATIENT, Exchange, call, reading, sealed

PATH = "/r1/TOKYO23/GOV/131032/registry/households/query"
PATIENT = replace(IMPATIENT, read=30, whole=30, attempts=1)
HEDGING = replace(PATIENT, hedge_after=0.05)
Says = Callable[[httpx.Request, int], Awaitable[httpx.Response]]


class Slow(httpx.AsyncBaseTransport):
    """Answers when it is let; counts what it was asked."""

    def __init__(self, says: Says | None = None) -> None:
        self.asked: list[httpx.Request] = []
        self.open = asyncio.Event()
        self._says = says

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.asked.append(request)
        if self._says is not None:
            return await self._says(request, len(self.asked))
        await self.open.wait()
        return sealed(request, b'{"ok":true}')


async def asks(
    exchange: Exchange, about: Reading | None = None, how: Call | None = None, body: object = 1, path: str = PATH
) -> httpx.Response:
    given = {"reading": about or reading(), "call": how or call(PATIENT)}
    return await exchange.http.post(path, json=body, extensions=given)


async def test_ten_who_ask_the_same_are_answered_by_one_question_and_each_leaves_her_row() -> None:
    provider = Slow()
    exchange = Exchange(provider)
    asking = asyncio.gather(*(asks(exchange) for _ in range(10)))
    await asyncio.sleep(0.05)
    provider.open.set()
    answers = await asking
    assert [answer.json() for answer in answers] == [{"ok": True}] * 10
    assert len(provider.asked) == 1
    assert [entry.outcome for entry in exchange.log] == ["answered"] * 10
    assert len({entry.message for entry in exchange.log}) == 1
    assert provider.asked[0].headers["x-road-id"].endswith(str(exchange.log[0].message))


@pytest.mark.parametrize(
    "other",
    [
        {"about": replace(reading(), purpose="check")},
        {"about": replace(reading(), basis="application")},
        {"about": replace(reading(), subject=replace(reading().subject, id="c4d5"))},
        {"body": 2},
        {"path": f"{PATH}?again=1"},
        {"path": PATH.replace("131032", "131121")},
    ],
)
async def test_another_question_is_another(other: dict[str, object]) -> None:
    provider = Slow()
    exchange = Exchange(provider)
    asking = asyncio.gather(asks(exchange), asks(exchange, **other))  # type: ignore[arg-type]
    await asyncio.sleep(0.05)
    provider.open.set()
    await asking
    assert len(provider.asked) == 2


async def test_what_may_not_be_repeated_is_never_taken_for_the_same() -> None:
    provider = Slow()
    exchange = Exchange(provider)
    once = call(PATIENT, repeatable=False)
    asking = asyncio.gather(asks(exchange, how=once), asks(exchange, how=once))
    await asyncio.sleep(0.05)
    provider.open.set()
    await asking
    assert len(provider.asked) == 2


async def test_a_silence_is_shared_too() -> None:
    async def fails(request: httpx.Request, _: int) -> httpx.Response:
        await asyncio.sleep(0.05)
        return httpx.Response(503)

    provider = Slow(fails)
    exchange = Exchange(provider)
    told = await asyncio.gather(asks(exchange), asks(exchange), return_exceptions=True)
    assert [cast(Silent, one).why for one in told] == [Why.UNAVAILABLE] * 2
    assert len(provider.asked) == 1
    assert [entry.outcome for entry in exchange.log] == ["unavailable"] * 2


async def test_when_the_first_goes_away_the_next_asks_herself() -> None:
    provider = Slow()
    exchange = Exchange(provider)
    first = asyncio.create_task(asks(exchange))
    await asyncio.sleep(0.02)
    rest = asyncio.gather(asks(exchange), asks(exchange))
    await asyncio.sleep(0.02)
    first.cancel()
    await asyncio.sleep(0.02)
    provider.open.set()
    assert [answer.json() for answer in await rest] == [{"ok": True}] * 2
    assert len(provider.asked) == 2


async def test_who_takes_over_has_no_more_time_than_she_had() -> None:
    exchange = Exchange(Slow())
    first = asyncio.create_task(asks(exchange))
    await asyncio.sleep(0.02)
    begun = time.monotonic()
    second = asyncio.create_task(asks(exchange, how=call(replace(PATIENT, whole=1.0))))
    await asyncio.sleep(0.8)
    first.cancel()
    with pytest.raises(Silent):
        await second
    assert time.monotonic() - begun < 1.6


async def test_whoever_joined_and_goes_away_is_gone_and_the_first_goes_on() -> None:
    provider = Slow()
    exchange = Exchange(provider)
    first = asyncio.create_task(asks(exchange))
    await asyncio.sleep(0.02)
    joined = asyncio.create_task(asks(exchange))
    await asyncio.sleep(0.02)
    joined.cancel()
    with pytest.raises(asyncio.CancelledError):
        await joined
    provider.open.set()
    assert (await first).json() == {"ok": True}
    assert len(provider.asked) == 1


async def test_whoever_has_less_time_does_not_wait_for_the_one_who_has_more() -> None:
    provider = Slow()
    exchange = Exchange(provider)
    patient = asyncio.create_task(asks(exchange))
    await asyncio.sleep(0.02)
    with pytest.raises(Silent) as caught:
        await asks(exchange, how=call(replace(PATIENT, whole=0.1)))
    assert caught.value.why is Why.TIMEOUT
    provider.open.set()
    assert (await patient).json() == {"ok": True}
    assert len(provider.asked) == 1


async def slow_then_quick(request: httpx.Request, number: int) -> httpx.Response:
    if number == 1:
        await asyncio.sleep(60)
    return sealed(request, b'{"ok":true}')


async def test_nobody_asks_twice_unless_the_manifest_says_so() -> None:
    provider = Slow(slow_then_quick)
    exchange = Exchange(provider)
    with pytest.raises(Silent):
        await asks(exchange, how=call(replace(PATIENT, whole=0.3)))
    assert len(provider.asked) == 1


async def test_a_slow_answer_is_overtaken_by_a_second_question_and_both_are_written_down() -> None:
    provider = Slow(slow_then_quick)
    exchange = Exchange(provider)
    assert (await asks(exchange, how=call(HEDGING))).json() == {"ok": True}
    assert len(provider.asked) == 2
    won, lost = exchange.log
    assert (won.outcome, lost.outcome) == ("answered", "overtaken")
    ids = [request.headers["x-road-id"] for request in provider.asked]
    assert ids[0].endswith(str(lost.message))
    assert ids[1].endswith(str(won.message))
    assert lost.answer_digest is None


async def test_a_quick_answer_is_not_asked_for_twice() -> None:
    provider = Slow()
    provider.open.set()
    exchange = Exchange(provider)
    await asks(exchange, how=call(replace(HEDGING, hedge_after=5)))
    assert len(provider.asked) == 1
    assert [entry.outcome for entry in exchange.log] == ["answered"]


async def test_a_service_in_trouble_is_never_asked_twice() -> None:
    async def fails_then_hangs(request: httpx.Request, number: int) -> httpx.Response:
        if number > 1:
            await asyncio.sleep(60)
        return httpx.Response(503)

    provider = Slow(fails_then_hangs)
    exchange = Exchange(provider)
    for _ in range(2):
        with pytest.raises(Silent):
            await asks(exchange, how=call(replace(HEDGING, whole=0.3)))
    assert len(provider.asked) == 2


async def test_what_may_not_be_repeated_is_never_hedged() -> None:
    provider = Slow(slow_then_quick)
    exchange = Exchange(provider)
    with pytest.raises(Silent):
        await asks(exchange, how=call(replace(HEDGING, whole=0.3), repeatable=False))
    assert len(provider.asked) == 1


async def test_when_both_are_in_vain_both_say_so() -> None:
    async def hangs(request: httpx.Request, _: int) -> httpx.Response:
        await asyncio.sleep(60)
        raise AssertionError

    exchange = Exchange(Slow(hangs))
    with pytest.raises(Silent) as caught:
        await asks(exchange, how=call(replace(HEDGING, whole=0.3)))
    assert caught.value.why is Why.TIMEOUT
    assert [entry.outcome for entry in exchange.log] == ["timeout", "timeout"]
    assert len({entry.message for entry in exchange.log}) == 2
