"""The contract every connector keeps: good answers become facts, everything else one word, each call a row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bff.connectors.street import street
from bff.exchange.silence import NoReading, Silent, Why
from tests.connectors.answers import AGREED, Agreed
from tests.exchange.provider import Act, Exchange, Provider, fails, reading, tells, tells_raw

pytestmark = pytest.mark.parametrize("source", sorted(AGREED))

SUBJECT = {
    "id": "a2b3",
    "name": "佐藤 はな",
    "birth_date": "1990-05-02",
    "address": "東京都港区芝公園一丁目5番25号",
}


def agreed(source: str) -> Agreed:
    return AGREED[source]


async def test_a_good_answer_becomes_facts(source: str) -> None:
    provider = Provider([tells(agreed(source).body)])
    exchange = Exchange(provider)
    part = await street(exchange.http).sources[source].tell(reading())
    assert part == agreed(source).part
    (asked,) = provider.asked
    assert (asked.method, asked.url.path) == ("POST", f"/r1/{agreed(source).service}/query")
    assert json.loads(asked.content) == {"subject": SUBJECT}
    (row,) = exchange.log
    assert (row.source, row.service, row.outcome) == (source, agreed(source).service, "answered")


async def test_a_field_that_was_added_since_does_no_harm(source: str) -> None:
    part = await _told(source, tells({**agreed(source).body, "added_in_2027": {"a": 1}}))
    assert part == agreed(source).part


async def test_wrong_types_and_values_out_of_bounds_are_a_wrong_answer(source: str) -> None:
    for wrong in agreed(source).wrong:
        assert await _silence(source, tells(wrong)) is Why.WRONG_ANSWER, wrong


async def test_a_missing_field_is_a_wrong_answer(source: str) -> None:
    body = {name: value for name, value in agreed(source).body.items() if name != agreed(source).must}
    assert await _silence(source, tells(body)) is Why.WRONG_ANSWER


@pytest.mark.parametrize(
    "body", [b"", b"<html>maintenance</html>", b"\xff\xfe", b"[]", b"null", b'{"a":', b"[" * 9000, b'{"x":' * 1900]
)
async def test_garbage_is_a_wrong_answer(source: str, body: bytes) -> None:
    assert await _silence(source, tells_raw(body)) is Why.WRONG_ANSWER


async def test_an_oversized_answer_is_a_wrong_answer(source: str) -> None:
    body: Mapping[str, Any] = {**agreed(source).body, "padding": "x" * 10_000}
    assert await _silence(source, tells(body)) is Why.WRONG_ANSWER


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (fails(503), Why.UNAVAILABLE),
        (fails(500, "Server.ServerProxy.AccessDenied"), Why.REFUSED),
        (fails(500, "server.serverproxy.access_denied"), Why.REFUSED),
        (fails(500, "Server.ServerProxy.NetworkError"), Why.UNAVAILABLE),
        (tells({"code": "no_match"}, 404), Why.NO_MATCH),
        (tells({"code": "another"}, 404), Why.WRONG_ANSWER),
        (tells({}, 204), Why.WRONG_ANSWER),
    ],
)
async def test_a_service_that_fails_is_silent_for_one_reason(source: str, act: Act, why: Why) -> None:
    assert await _silence(source, act) is why


async def test_a_service_that_never_answers_is_silent_in_time(source: str) -> None:
    provider = Provider([], silent=True)
    exchange = Exchange(provider)
    built = street(exchange.http).sources[source]
    hurried = replace(built.manifest.patience, read=0.1, whole=0.2)
    call = replace(built.manifest.call(repeatable=True), patience=hurried)
    with pytest.raises(Silent) as caught:
        await exchange.http.post(
            built.manifest.path(reading(), "/query"), extensions={"reading": reading(), "call": call}
        )
    assert (caught.value.source, caught.value.why) == (source, Why.TIMEOUT)
    assert [row.outcome for row in exchange.log] == ["timeout"]


async def test_without_a_reading_nothing_is_asked_and_that_is_written_down(source: str) -> None:
    provider = Provider([tells(agreed(source).body)])
    exchange = Exchange(provider)
    path = street(exchange.http).sources[source].manifest.path(reading(), "/query")
    with pytest.raises(NoReading):
        await exchange.http.post(path, json={"subject": SUBJECT})
    assert provider.asked == []
    assert [(row.outcome, row.service) for row in exchange.log] == [("refused", path)]


async def test_a_person_without_a_ward_is_no_ones_in_the_wards(source: str) -> None:
    provider = Provider([tells(agreed(source).body)])
    built = street(Exchange(provider).http).sources[source]
    if built.manifest.needs_ward:
        with pytest.raises(Silent) as caught:
            await built.tell(reading(ward=None))
        assert caught.value.why is Why.NOT_ASKED
        assert provider.asked == []
    else:
        assert await built.tell(reading(ward=None)) == agreed(source).part


async def _told(source: str, act: Act) -> object:
    return await street(Exchange(Provider([act])).http).sources[source].tell(reading())


async def _silence(source: str, act: Act) -> Why:
    exchange = Exchange(Provider([act]))
    with pytest.raises(Silent) as caught:
        await street(exchange.http).sources[source].tell(reading())
    assert caught.value.source == source
    assert len(exchange.log) == 1
    return caught.value.why
