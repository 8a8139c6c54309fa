"""A service that misbehaves on the wire, over real sockets: each ends as a silence with its reason, in time."""

from __future__ import annotations

import asyncio
import gzip
import time
from dataclasses import replace

import httpx
import msgspec
import pytest

from bff.exchange.answer import told
from bff.exchange.lean.pool import Pool
from bff.exchange.reading import Call
from bff.exchange.silence import Silent, Why
from tests.exchange.provider import IMPATIENT, Exchange, call, reading
from tests.exchange.raw_provider import Asked, Says, answer, listening

PATH = "/r1/TOKYO23/GOV/131032/registry/households/query"
SLACK = 3.0
"""Seconds beyond the deadline that a busy machine may need; no test here measures speed."""
HANGS = replace(IMPATIENT, read=60, whole=0.5)
FIVE = 5.0


class Name(msgspec.Struct):
    name: str


def body(raw: bytes, **lies: object) -> Says:
    async def says(asked: Asked, to: asyncio.StreamWriter) -> None:
        to.write(answer(asked, raw, **lies))  # type: ignore[arg-type]

    return says


def then_closes(says: Says) -> Says:
    async def both(asked: Asked, to: asyncio.StreamWriter) -> None:
        await says(asked, to)
        await to.drain()
        to.close()

    return both


async def drips(asked: Asked, to: asyncio.StreamWriter) -> None:
    for byte in answer(asked, b'{"name":"' + b"x" * 5000 + b'"}'):
        to.write(bytes([byte]))
        await asyncio.sleep(0.02)


async def drips_its_body(asked: Asked, to: asyncio.StreamWriter) -> None:
    to.write(answer(asked, b"", length=5000))
    while True:
        to.write(b" ")
        await asyncio.sleep(0.02)


async def chunks_for_ever(asked: Asked, to: asyncio.StreamWriter) -> None:
    to.write(answer(asked, b"", more="Transfer-Encoding: chunked\r\n"))
    while True:
        to.write(b"3e8\r\n" + b" " * 1000 + b"\r\n")
        await to.drain()


async def slow_chunks_for_ever(asked: Asked, to: asyncio.StreamWriter) -> None:
    to.write(answer(asked, b"", more="Transfer-Encoding: chunked\r\n"))
    while True:
        to.write(b"1\r\n \r\n")
        await asyncio.sleep(0.02)


async def headers_for_ever(asked: Asked, to: asyncio.StreamWriter) -> None:
    to.write(b"HTTP/1.1 200 OK\r\n")
    number = 0
    while True:
        number += 1
        to.write(f"X-{number}: {'y' * 1000}\r\n".encode())
        await to.drain()


async def one_long_header(asked: Asked, to: asyncio.StreamWriter) -> None:
    to.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        to.write(b"y" * 1000)
        await to.drain()


async def goes_on_with_100(asked: Asked, to: asyncio.StreamWriter) -> None:
    while True:
        to.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await asyncio.sleep(0.01)


async def says_nothing(asked: Asked, to: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def hangs_up(asked: Asked, to: asyncio.StreamWriter) -> None:
    to.transport.abort()


async def no_http(asked: Asked, to: asyncio.StreamWriter) -> None:
    to.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


async def bad_chunk(asked: Asked, to: asyncio.StreamWriter) -> None:
    to.write(answer(asked, b"zz\r\n{}\r\n0\r\n\r\n", more="Transfer-Encoding: chunked\r\n"))


GOOD = '{"name":"佐藤 はな"}'
PACKED = "Content-Encoding: gzip\r\n"
JIS = "Content-Type: application/json; charset=Shift_JIS\r\n"
TORN = 'Content-Type: application/json; charset*="utf-8"; charset*0*=x\r\n'
HUGE = f"Content-Type: application/json; charset*{'9' * 5000}*=x\r\n"
WIDE = "Content-Type: application/json; charset=UTF-16\r\n"


@pytest.mark.parametrize(
    ("says", "why"),
    [
        pytest.param(body(b"x" * 10_001), Why.WRONG_ANSWER, id="too large"),
        pytest.param(chunks_for_ever, Why.WRONG_ANSWER, id="chunks without end"),
        pytest.param(slow_chunks_for_ever, Why.TIMEOUT, id="slow chunks without end"),
        pytest.param(drips, Why.TIMEOUT, id="drips"),
        pytest.param(drips_its_body, Why.TIMEOUT, id="drips its body"),
        pytest.param(says_nothing, Why.TIMEOUT, id="says nothing"),
        pytest.param(goes_on_with_100, Why.TIMEOUT, id="continue, continue, continue"),
        pytest.param(body(b'{"name":'), Why.WRONG_ANSWER, id="half a JSON"),
        pytest.param(body(b"[" * 5000), Why.WRONG_ANSWER, id="a deep JSON"),
        pytest.param(body(b""), Why.WRONG_ANSWER, id="nothing at all"),
        pytest.param(body(GOOD.encode("shift_jis"), more=JIS), Why.WRONG_ANSWER, id="declared Shift_JIS"),
        pytest.param(body(b'{"name":"x"}', more=JIS), Why.WRONG_ANSWER, id="declared Shift_JIS, plain letters"),
        pytest.param(body(GOOD.encode("shift_jis")), Why.WRONG_ANSWER, id="Shift_JIS not declared"),
        pytest.param(body(GOOD.encode("utf-16"), more=WIDE), Why.WRONG_ANSWER, id="UTF-16"),
        pytest.param(body(GOOD.encode(), more=TORN), Why.WRONG_ANSWER, id="a type that cannot be taken apart"),
        pytest.param(body(GOOD.encode(), more=HUGE), Why.WRONG_ANSWER, id="a type with a number of 5000 digits"),
        pytest.param(body(GOOD.encode("utf-8-sig")), Why.WRONG_ANSWER, id="a byte order mark"),
        pytest.param(then_closes(body(GOOD.encode(), length=500)), Why.UNAVAILABLE, id="shorter than it says"),
        pytest.param(body(GOOD.encode(), length=500), Why.TIMEOUT, id="shorter than it says, and waits"),
        pytest.param(body(GOOD.encode(), length=9), Why.WRONG_ANSWER, id="longer than it says"),
        pytest.param(body(b"", more="Content-Length: 7\r\n"), Why.WRONG_ANSWER, id="two lengths"),
        pytest.param(bad_chunk, Why.WRONG_ANSWER, id="a chunk without a size"),
        pytest.param(headers_for_ever, Why.WRONG_ANSWER, id="headers without end"),
        pytest.param(one_long_header, Why.WRONG_ANSWER, id="one header without end"),
        pytest.param(body(gzip.compress(b" " * 9_000_000), more=PACKED), Why.WRONG_ANSWER, id="a gzip bomb"),
        pytest.param(body(gzip.compress(GOOD.encode()), more=PACKED), Why.WRONG_ANSWER, id="packed, unasked"),
        pytest.param(
            body(b"", status="307 Temporary Redirect", more="Location: http://169.254.169.254/\r\n"),
            Why.WRONG_ANSWER,
            id="sends us elsewhere",
        ),
        pytest.param(no_http, Why.WRONG_ANSWER, id="no HTTP"),
        pytest.param(hangs_up, Why.UNAVAILABLE, id="hangs up"),
    ],
)
async def test_whatever_comes_over_the_wire_is_a_silence_with_its_reason_in_time(says: Says, why: Why) -> None:
    async with listening(says) as address, _asking(address) as exchange:
        begun = time.monotonic()
        with pytest.raises(Silent) as caught:
            await _asks(exchange)
        assert caught.value.why is why
        assert time.monotonic() - begun < HANGS.whole + SLACK


async def test_an_old_server_that_closes_after_each_answer_is_understood() -> None:
    async def of_1996(asked: Asked, to: asyncio.StreamWriter) -> None:
        to.write(f"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n{asked.seal()}\r\n{GOOD}".encode())
        await to.drain()
        to.close()

    async with listening(of_1996) as address, _asking(address) as exchange:
        assert [await _asks(exchange), await _asks(exchange)] == ["佐藤 はな"] * 2


async def test_what_a_server_says_too_much_is_not_taken_for_the_next_answer() -> None:
    goes_on = iter([True, False])

    async def says(asked: Asked, to: asyncio.StreamWriter) -> None:
        to.write(answer(asked, GOOD.encode()))
        if next(goes_on):
            to.write(answer(asked, b'{"name":"somebody else"}'))

    async with listening(says) as address, _asking(address) as exchange:
        assert [await _asks(exchange), await _asks(exchange)] == ["佐藤 はな"] * 2


async def test_one_that_hangs_does_not_hold_up_another() -> None:
    async with (
        listening(says_nothing) as hung,
        listening(body(GOOD.encode())) as well,
        _asking(hung) as first,
        _asking(well) as second,
    ):
        hanging = asyncio.create_task(_asks(first))
        assert await _asks(second) == "佐藤 はな"
        with pytest.raises(Silent):
            await hanging


class _asking:
    """An exchange over our own connections to the provider at `address`."""

    def __init__(self, address: str) -> None:
        self._exchange = Exchange(Pool())
        self._exchange.http.base_url = httpx.URL(address)

    async def __aenter__(self) -> Exchange:
        return self._exchange

    async def __aexit__(self, *_: object) -> None:
        await self._exchange.http.aclose()


async def _asks(exchange: Exchange, how: Call | None = None) -> str:
    given = {"reading": reading(), "call": how or call(HANGS)}
    response = await exchange.http.post(PATH, json={"q": 1}, extensions=given)
    return told(response, Name, "registry").name
