"""The contract every connector keeps, by its folder alone: manifest, minimal data, examples, a reason, one word for
each failure, a row for each call.

A new connector is under it with its line in `bff/connectors/listed.py`; nothing is written here for it.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from functools import cache
from typing import Any

import msgspec
import pytest

from bff.connectors.answers import Refused
from bff.connectors.listed import CONNECTORS
from bff.connectors.shapes import Connector
from bff.exchange.address import ServiceId
from bff.exchange.silence import NoReading, Silent, Why
from bff.exchange.texts import basis_text, purpose_text
from life_events import Catalogue, load_catalogue
from tests.connectors.examples import FOLDER, HOME, Recorded, built, called, folder_of, recorded
from tests.exchange.provider import Act, Exchange, Provider, fails, reading, tells, tells_raw

SUBJECT = {
    "id": "a2b3",
    "name": "佐藤 はな",
    "birth_date": "1990-05-02",
    "address": "東京都港区芝公園一丁目5番25号",
}
FIRST = list({one.kind: one for one in reversed(recorded("good"))}.values())[::-1]
every_connector = pytest.mark.parametrize("kind", CONNECTORS, ids=lambda kind: kind.manifest.id)
every_first = pytest.mark.parametrize("first", FIRST, ids=str)


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


def test_every_folder_with_a_manifest_has_its_line_in_the_list() -> None:
    folders = sorted(file.parent for file in FOLDER.glob("*/manifest.toml"))
    assert sorted(folder_of(kind) for kind in CONNECTORS) == folders
    ids = [kind.manifest.id for kind in CONNECTORS]
    assert len(ids) == len(set(ids))


@every_connector
def test_a_connector_knows_no_other(kind: type[Connector]) -> None:
    own = folder_of(kind)
    others = [folder_of(other).name for other in CONNECTORS if other is not kind]
    sources = [file.read_text("utf-8") for file in own.glob("*.py")]
    assert not [name for name in others for text in sources if f"bff.connectors.{name}." in text]


@every_connector
def test_the_manifest_is_whole(kind: type[Connector]) -> None:
    manifest = kind.manifest
    assert purpose_text(manifest.purpose) != purpose_text("unknown"), manifest.purpose
    for basis in (manifest.basis, *manifest.bases):
        assert basis_text(basis) != basis_text("unknown"), basis
    assert bool(manifest.bases) is (manifest.exposure == "authorised"), "who may call is said by bases"
    assert manifest.exposure != "link" or manifest.link, "a service that is not called has at least a link"
    assert manifest.needs_ward is bool(manifest.interface)
    if manifest.exposure == "link":
        assert not manifest.service
        assert not manifest.sends
    elif not manifest.service.startswith("own/"):
        assert str(ServiceId.decode(manifest.service.replace("{ward}", "131032"))) == manifest.service.replace(
            "{ward}", "131032"
        )
    assert manifest.keep_hours > 0 or manifest.exposure not in ("home", "records"), "what is told is kept"


@every_connector
def test_a_ward_connector_serves_the_wards_that_name_its_interface(kind: type[Connector]) -> None:
    if kind.manifest.interface:
        assert kind.manifest.interface in {ward.interface for ward in catalogue().wards.values()}


@pytest.mark.parametrize("kind", called(), ids=lambda kind: kind.manifest.id)
def test_there_are_good_odd_and_broken_examples(kind: type[Connector]) -> None:
    kinds = {one.name.split("-")[0] for one in recorded("good", "odd", "broken") if one.kind is kind}
    assert kinds == {"good", "odd", "broken"}


@pytest.mark.parametrize("kind", called(), ids=lambda kind: kind.manifest.id)
def test_every_reason_to_refuse_has_an_example(kind: type[Connector]) -> None:
    seen = {one.example.refused for one in recorded("odd") if one.kind is kind}
    assert seen - {None} == set(kind.manifest.refusals)


@pytest.mark.parametrize("one", recorded("good", "odd"), ids=str)
async def test_what_the_owner_answers_becomes_what_was_agreed(one: Recorded) -> None:
    provider = Provider([one.example.act()])
    exchange = Exchange(provider)
    if one.example.why is not None:
        assert await _silence(one, one.example.act()) is Why(one.example.why)
        return
    if one.example.refused is not None:
        with pytest.raises(Refused) as caught:
            await _ask(one, exchange)
        assert (caught.value.source, caught.value.reason) == (one.kind.manifest.id, one.example.refused)
        return
    came = await _ask(one, exchange)
    assert _as_json(came) == one.example.becomes
    if one.example.operation == "tell":
        assert type(came) is one.kind.shape  # type: ignore[attr-defined]
    (asked,) = provider.asked
    service = one.kind.manifest.service.replace("{ward}", "131032")
    assert (asked.method, asked.url.raw_path.decode()) == (one.example.method, f"/r1/{service}{one.example.path}")
    (row,) = exchange.log
    assert (row.source, row.service, row.outcome) == (one.kind.manifest.id, service, "answered")


@pytest.mark.parametrize("one", recorded("good"), ids=str)
async def test_no_more_leaves_the_house_than_the_manifest_says(one: Recorded) -> None:
    provider = Provider([one.example.act()])
    await _ask(one, Exchange(provider))
    sent = provider.asked[0].content
    about = {item: SUBJECT[item] for item in one.kind.manifest.sends}
    if one.example.asks is not msgspec.UNSET:
        assert json.loads(sent) == one.example.asks
    elif sent:
        assert json.loads(sent) == {"subject": about}
    kept_back = [SUBJECT[item] for item in SUBJECT if item not in one.kind.manifest.sends]
    assert not [item for item in kept_back if item in sent.decode()]


@pytest.mark.parametrize("one", recorded("broken"), ids=str)
async def test_a_broken_answer_is_one_word(one: Recorded) -> None:
    assert one.example.why, "a broken example names the word"
    assert await _silence(one, one.example.act()) is Why(one.example.why)


@every_first
@pytest.mark.parametrize(
    "body", [b"", b"<html>maintenance</html>", b"\xff\xfe", b"[]", b"null", b'{"a":', b"[" * 9000, b'{"x":' * 1900]
)
async def test_garbage_is_a_wrong_answer(first: Recorded, body: bytes) -> None:
    assert await _silence(first, tells_raw(body)) is Why.WRONG_ANSWER


@every_first
async def test_an_oversized_answer_is_a_wrong_answer(first: Recorded) -> None:
    assert await _silence(first, tells({"padding": "x" * 10_000})) is Why.WRONG_ANSWER


FAILURES = [
    (fails(503), Why.UNAVAILABLE),
    (fails(500, "Server.ServerProxy.AccessDenied"), Why.REFUSED),
    (fails(500, "server.serverproxy.access_denied"), Why.REFUSED),
    (fails(500, "Server.ServerProxy.NetworkError"), Why.UNAVAILABLE),
    (tells({"code": "no_match"}, 404), Why.NO_MATCH),
    (tells({"code": "another"}, 404), Why.WRONG_ANSWER),
    (tells({}, 204), Why.WRONG_ANSWER),
]


@every_first
async def test_a_service_that_fails_is_silent_for_one_reason(first: Recorded) -> None:
    """All at once: those that are tried again are waited for together."""
    assert await asyncio.gather(*(_silence(first, act) for act, _ in FAILURES)) == [why for _, why in FAILURES]


@every_first
async def test_a_service_that_never_answers_is_silent_in_time(first: Recorded) -> None:
    exchange = Exchange(Provider([], silent=True))
    manifest = first.kind.manifest
    call = replace(manifest.call(repeatable=True), patience=replace(manifest.patience, read=0.1, whole=0.2))
    with pytest.raises(Silent) as caught:
        await exchange.http.post(
            manifest.path(_reading(first), "/query"), extensions={"reading": _reading(first), "call": call}
        )
    assert (caught.value.source, caught.value.why) == (manifest.id, Why.TIMEOUT)
    assert [row.outcome for row in exchange.log] == ["timeout"]


@every_first
async def test_without_a_reading_nothing_is_asked_and_that_is_written_down(first: Recorded) -> None:
    provider = Provider([first.example.act()])
    exchange = Exchange(provider)
    path = first.kind.manifest.path(reading(), "/query")
    with pytest.raises(NoReading):
        await exchange.http.post(path, json={"subject": SUBJECT})
    assert provider.asked == []
    assert [(row.outcome, row.service) for row in exchange.log] == [("refused", path)]


@every_first
async def test_on_another_basis_than_the_law_names_an_authorised_service_is_not_called(first: Recorded) -> None:
    if first.kind.manifest.exposure != "authorised":
        return
    provider = Provider([first.example.act()])
    exchange = Exchange(provider)
    with pytest.raises(Silent) as caught:
        await first.example.ask(built(first.kind, exchange.http), reading())
    assert caught.value.why is Why.REFUSED
    assert provider.asked == []
    assert [row.outcome for row in exchange.log] == ["refused"]


@every_first
async def test_a_port_of_authorised_bodies_that_nobody_opened_is_not_called(first: Recorded) -> None:
    if first.kind.manifest.exposure != "authorised":
        return
    provider = Provider([first.example.act()])
    exchange = Exchange(provider, ports=())
    with pytest.raises(Silent) as caught:
        await _ask(first, exchange)
    assert caught.value.why is Why.REFUSED
    assert provider.asked == []
    assert [row.outcome for row in exchange.log] == ["refused"]


@every_first
async def test_a_person_without_a_ward_is_no_ones_in_the_wards(first: Recorded) -> None:
    provider = Provider([first.example.act()])
    client = built(first.kind, Exchange(provider).http)
    nowhere = replace(_reading(first), subject=replace(reading().subject, ward=None))
    if first.kind.manifest.needs_ward:
        with pytest.raises(Silent) as caught:
            await first.example.ask(client, nowhere)
        assert caught.value.why is Why.NOT_ASKED
        assert provider.asked == []
    else:
        assert _as_json(await first.example.ask(client, nowhere)) == first.example.becomes


def test_the_sources_of_home_are_those_the_study_knows() -> None:
    shown = catalogue().sources
    assert list(HOME) == [source for source in shown if source not in ("self", "benefits")]
    for kind in called():
        if kind.manifest.id in HOME:
            assert kind.manifest.operator == shown[kind.manifest.id].operator.value, kind.manifest.id


def _reading(one: Recorded) -> Any:
    """On the basis the connector may be called on."""
    bases = one.kind.manifest.bases
    return replace(reading(), basis=bases[0]) if bases else reading()


async def _ask(one: Recorded, exchange: Exchange) -> Any:
    return await one.example.ask(built(one.kind, exchange.http), _reading(one))


async def _silence(one: Recorded, act: Act) -> Why:
    exchange = Exchange(Provider([act]))
    with pytest.raises(Silent) as caught:
        await _ask(one, exchange)
    assert caught.value.source == one.kind.manifest.id
    assert len(exchange.log) == 1
    return caught.value.why


def _as_json(came: object) -> Any:
    return json.loads(msgspec.json.encode(came))
