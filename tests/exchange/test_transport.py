"""The one transport: what it refuses, what it checks, what it writes down."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import httpx
import pytest

from bff.exchange.reading import Call
from bff.exchange.silence import NoReading, Silent, Why
from tests.exchange.provider import (
    HANA,
    IMPATIENT,
    NOW,
    Exchange,
    Provider,
    call,
    fails,
    reading,
    sealed,
    tells,
    tells_raw,
)

PATH = "/r1/TOKYO23/GOV/131032/registry/households/query"
REASON = {"reading": reading(), "call": call()}


async def test_a_call_without_a_reason_is_never_sent_but_written_down() -> None:
    provider = Provider([tells({})])
    exchange = Exchange(provider)
    with pytest.raises(NoReading):
        await exchange.http.get(PATH)
    assert provider.asked == []
    assert [(entry.outcome, entry.service) for entry in exchange.log] == [("refused", PATH)]


async def test_the_owner_is_told_who_asks_for_whom_and_what_for() -> None:
    provider = Provider([tells({"ok": True})])
    await Exchange(provider).http.post(PATH, json={}, extensions=REASON, headers={"cookie": "a=b"})
    asked = dict(provider.asked[0].headers)
    assert asked["x-road-client"] == "TOKYO23/COM/900100/kurashimado"
    assert asked["x-road-userid"] == "JP-a2b3"
    assert asked["x-road-issue"] == "home"
    assert asked["x-road-id"].startswith("TOKYO23-")
    assert "cookie" not in asked


async def test_every_answer_leaves_a_row_with_digests_and_no_content() -> None:
    exchange = Exchange(Provider([tells_raw(b'{"name":"x"}')]))
    await exchange.http.post(PATH, json={"name": "佐藤 はな"}, extensions=REASON)
    (entry,) = exchange.log
    assert (entry.at, entry.resident, entry.subject) == (NOW, HANA, "a2b3")
    assert (entry.source, entry.purpose, entry.basis) == ("registry", "home", "consent")
    assert (entry.service, entry.outcome, entry.status) == ("TOKYO23/GOV/131032/registry/households", "answered", 200)
    assert entry.answer_digest == hashlib.sha512(b'{"name":"x"}').digest()
    assert entry.request_digest is not None
    assert len(entry.request_digest) == 64
    assert "佐藤" not in repr(entry)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"x_road_id": "TOKYO23-another"},
        {"x_road_client": "TOKYO23/COM/900100/another"},
        {"x_road_service": "TOKYO23/GOV/131032/registry/another"},
        {"x_road_request_id": "another"},
        {"x_road_request_hash": "another"},
    ],
)
async def test_an_answer_to_another_request_is_a_wrong_answer(spoilt: dict[str, str]) -> None:
    exchange = Exchange(Provider([lambda request: sealed(request, b"{}", **spoilt)]))
    await _is_silent(exchange, Why.WRONG_ANSWER)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (fails(500, "Server.ServerProxy.AccessDenied"), Why.REFUSED),
        (fails(500, "server.serverproxy.access_denied"), Why.REFUSED),
        (fails(400, "server.clientproxy.network_error"), Why.UNAVAILABLE),
        (fails(200, "Server.ServerProxy.NetworkError"), Why.UNAVAILABLE),
        (fails(503), Why.UNAVAILABLE),
        (fails(200), Why.WRONG_ANSWER),
        (tells({"code": "no_match"}, 404), Why.NO_MATCH),
        (tells({}, 403), Why.REFUSED),
        (tells({}, 302), Why.WRONG_ANSWER),
        (tells_raw(b"x" * 10_001), Why.WRONG_ANSWER),
    ],
)
async def test_each_failure_has_one_word(act: object, why: Why) -> None:
    await _is_silent(Exchange(Provider([act])), why)  # type: ignore[list-item]


async def test_a_404_of_another_kind_is_handed_on() -> None:
    answer = await Exchange(Provider([tells({"code": "no_such_number"}, 404)])).http.get(PATH, extensions=REASON)
    assert answer.status_code == 404


async def test_a_404_that_cannot_be_read_is_handed_on() -> None:
    deep = Provider([lambda request: sealed(request, b'{"x":' * 1900, 404)])
    assert (await Exchange(deep).http.get(PATH, extensions=REASON)).status_code == 404


async def test_a_service_that_never_answers_is_waited_for_so_long_and_no_longer() -> None:
    await _is_silent(Exchange(Provider([], silent=True)), Why.TIMEOUT)


async def test_a_server_that_is_away_is_unavailable() -> None:
    class Away(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            raise httpx.ConnectError("connection refused")

    await _is_silent(Exchange(Away()), Why.UNAVAILABLE)


async def test_what_may_be_repeated_is_asked_again_and_written_down_once() -> None:
    provider = Provider([fails(503), tells({"ok": True})])
    exchange = Exchange(provider)
    answer = await exchange.http.post(PATH, json={}, extensions=REASON)
    assert answer.json() == {"ok": True}
    assert len(provider.asked) == 2
    assert provider.asked[0].headers["x-road-id"] == provider.asked[1].headers["x-road-id"]
    assert [entry.outcome for entry in exchange.log] == ["answered"]


async def test_what_may_not_be_repeated_is_asked_once() -> None:
    provider = Provider([fails(503), tells({"ok": True})])
    await _is_silent(Exchange(provider), Why.UNAVAILABLE, call(repeatable=False))
    assert len(provider.asked) == 1


async def test_a_refusal_is_not_asked_again() -> None:
    provider = Provider([fails(500, "server.serverproxy.access_denied")])
    await _is_silent(Exchange(provider), Why.REFUSED)
    assert len(provider.asked) == 1


async def test_a_service_that_keeps_failing_is_left_alone_for_a_while() -> None:
    provider = Provider([fails(503)])
    exchange = Exchange(provider)
    once = Call("registry", replace(IMPATIENT, attempts=1, threshold=3, rest=60), repeatable=False)
    for why in (*[Why.UNAVAILABLE] * 3, Why.RESTING, Why.RESTING):
        await _is_silent(exchange, why, once)
    assert len(provider.asked) == 3
    assert len(exchange.log) == 5


async def test_a_person_nobody_knows_does_not_close_the_service_for_others() -> None:
    provider = Provider([tells({"code": "no_match"}, 404)])
    exchange = Exchange(provider)
    few = Call("registry", replace(IMPATIENT, threshold=2, rest=60), repeatable=True)
    for _ in range(4):
        await _is_silent(exchange, Why.NO_MATCH, few)
    assert len(provider.asked) == 4


async def test_without_its_row_in_the_log_an_answer_is_not_handed_on() -> None:
    async def broken(_: object) -> None:
        raise OSError("the log is full")

    exchange = Exchange(Provider([tells({"secret": True})]), log=broken)
    with pytest.raises(OSError, match="the log is full"):
        await exchange.http.post(PATH, json={}, extensions=REASON)


async def _is_silent(exchange: Exchange, why: Why, how: Call | None = None) -> None:
    rows = len(exchange.log)
    with pytest.raises(Silent) as caught:
        await exchange.http.post(PATH, json={}, extensions={"reading": reading(), "call": how or call()})
    assert (caught.value.source, caught.value.why) == ("registry", why)
    assert [entry.outcome for entry in exchange.log[rows:]] == [why]


@pytest.mark.parametrize(
    ("basis", "ports", "is_asked"),
    [
        ("number_act_19_8", {"registry"}, True),
        ("number_act_19_8", {"another"}, False),
        ("number_act_19_8", set(), False),
        ("consent", {"registry"}, False),
        ("application", {"registry"}, False),
    ],
)
async def test_a_port_of_authorised_bodies_is_called_on_its_basis_and_only_when_an_operator_opened_it(
    basis: str, ports: set[str], is_asked: bool
) -> None:
    provider = Provider([tells({})])
    exchange = Exchange(provider, ports=ports)
    extensions = {
        "reading": replace(reading(), basis=basis),
        "call": replace(call(), bases=frozenset({"number_act_19_8"})),
    }
    path = "/r1/TOKYO23/GOV/131032/resident-registry/households/query"
    if is_asked:
        await exchange.http.post(path, json={}, extensions=extensions)
    else:
        with pytest.raises(Silent) as caught:
            await exchange.http.post(path, json={}, extensions=extensions)
        assert caught.value.why is Why.REFUSED
    assert len(provider.asked) == is_asked
    assert [(row.basis, row.outcome) for row in exchange.log] == [(basis, "answered" if is_asked else "refused")]
