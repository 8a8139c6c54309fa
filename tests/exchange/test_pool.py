"""Our own connections: kept while they may be, never two questions on one, closed when an answer is not read."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import httpx
import pytest

from bff.exchange.lean import origin
from bff.exchange.lean.pool import Pool
from bff.exchange.question import Question, Reply
from tests.exchange.raw_provider import Asked, listening


def unlooked(status: int, headers: Mapping[str, str]) -> None:
    """Nothing in the head matters."""


async def ask(pool: Pool, address: str, path: str = "/r1/a/b/c/d/e", **headers: str) -> Reply:
    sent = [("x-road-id", "1"), ("x-road-client", "me"), *headers.items()]
    limits = {"connect": 5.0, "read": 5.0}
    return await pool.ask(Question("POST", httpx.URL(f"{address}{path}"), sent, b"{}", limits, 1000, unlooked))


class Provider:
    """Answers with the number of the connection a question came on, after `seconds`."""

    def __init__(self, more: str = "", seconds: float = 0.0) -> None:
        self.connections: list[asyncio.StreamWriter] = []
        self._more = more
        self._seconds = seconds

    async def says(self, asked: Asked, to: asyncio.StreamWriter) -> None:
        if to not in self.connections:
            self.connections.append(to)
        await asyncio.sleep(self._seconds)
        number = str(self.connections.index(to)).encode()
        to.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n" + self._more.encode() + b"\r\n" + number)


async def test_one_connection_carries_one_question_after_another() -> None:
    provider, own = Provider(), Pool()
    async with listening(provider.says) as address:
        assert [(await ask(own, address)).body for _ in range(3)] == [b"0", b"0", b"0"]
        await own.aclose()


async def test_questions_at_once_have_a_connection_each() -> None:
    provider, own = Provider(seconds=0.1), Pool()
    async with listening(provider.says) as address:
        told = await asyncio.gather(*(ask(own, address) for _ in range(4)))
        assert sorted(one.body for one in told) == [b"0", b"1", b"2", b"3"]
        await own.aclose()


async def test_a_connection_that_is_to_be_closed_is_not_used_again() -> None:
    provider, own = Provider("Connection: close\r\n"), Pool()
    async with listening(provider.says) as address:
        assert [(await ask(own, address)).body for _ in range(2)] == [b"0", b"1"]


async def test_a_connection_that_the_other_side_closed_while_idle_is_not_used_again() -> None:
    provider, own = Provider(), Pool()
    async with listening(provider.says) as address:
        assert (await ask(own, address)).body == b"0"
        provider.connections[0].close()
        await asyncio.sleep(0.05)
        assert (await ask(own, address)).body == b"1"
        await own.aclose()


async def test_a_connection_that_was_idle_too_long_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin, "STAYS", 0.0)
    provider, own = Provider(), Pool()
    async with listening(provider.says) as address:
        assert [(await ask(own, address)).body for _ in range(2)] == [b"0", b"1"]


async def test_whoever_gives_up_leaves_no_answer_behind_for_the_next() -> None:
    provider, own = Provider(seconds=0.3), Pool()
    async with listening(provider.says) as address:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ask(own, address), 0.1)
        assert (await ask(own, address)).body == b"1"
        await own.aclose()


async def test_what_comes_unasked_closes_the_connection() -> None:
    provider, own = Provider(), Pool()
    async with listening(provider.says) as address:
        await ask(own, address)
        provider.connections[0].write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n9")
        await asyncio.sleep(0.05)
        assert (await ask(own, address)).body == b"1"
        await own.aclose()


@pytest.mark.parametrize("line", ["a\r\nx-evil: 1", "a\nb", "a\0"])
async def test_no_header_smuggles_another(line: str) -> None:
    provider, own = Provider(), Pool()
    async with listening(provider.says) as address:
        with pytest.raises(httpx.LocalProtocolError):
            await ask(own, address, **{"x-road-issue": line})
    assert provider.connections == []


async def test_nobody_there_is_told_as_such() -> None:
    async with listening(Provider().says) as address:
        pass
    with pytest.raises(httpx.ConnectError):
        await ask(Pool(), address)


async def test_few_connections_are_opened_at_once_and_whoever_waits_takes_the_first_that_is_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(origin, "OPENED_AT_ONCE", 2)
    provider, own = Provider(), Pool()
    async with listening(provider.says) as address:
        told = await asyncio.gather(*(ask(own, address) for _ in range(40)))
        assert len(told) == 40
        assert len(provider.connections) < 40
        await own.aclose()


async def test_no_more_connections_are_open_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin, "MOST", 3)
    provider, own = Provider(seconds=0.02), Pool()
    async with listening(provider.says) as address:
        told = await asyncio.gather(*(ask(own, address) for _ in range(12)))
        assert {one.body for one in told} == {b"0", b"1", b"2"}
        await own.aclose()


async def test_when_all_give_up_while_connections_are_opened_the_next_is_served() -> None:
    provider, own = Provider(), Pool()
    async with listening(provider.says) as address:
        hasty = [asyncio.create_task(ask(own, address)) for _ in range(20)]
        await asyncio.sleep(0)
        for one in hasty:
            one.cancel()
        await asyncio.gather(*hasty, return_exceptions=True)
        assert (await ask(own, address)).status == 200
        await own.aclose()


async def test_everybody_hears_that_nobody_is_there() -> None:
    async with listening(Provider().says) as address:
        pass
    told = await asyncio.gather(*(ask(Pool(), address) for _ in range(3)), return_exceptions=True)
    own = Pool()
    told += await asyncio.gather(*(ask(own, address) for _ in range(20)), return_exceptions=True)
    assert {type(one) for one in told} == {httpx.ConnectError}
