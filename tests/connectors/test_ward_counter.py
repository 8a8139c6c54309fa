"""The counter: an application goes in, its number and its state come back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from bff.connectors.street import street
from bff.connectors.ward_counter.client import WardCounter
from bff.connectors.ward_counter.mapping import Invalid, Receipt, WrongField
from bff.exchange.silence import Silent, Why
from tests.exchange.provider import Act, Exchange, Provider, fails, reading, tells, tells_raw

KEY = UUID("7b1a9a56-8a09-4f5e-9c62-0b4b7f2d1c11")
NUMBER = "131032-2026-000001"
AT = datetime(2026, 11, 20, 9, 10, tzinfo=UTC)
TAKEN = {"number": NUMBER, "state": "received", "at": "2026-11-20T09:10:00Z"}


def counter(provider: Provider) -> WardCounter:
    return street(Exchange(provider).http).counter


async def send(provider: Provider) -> Receipt:
    return await counter(provider).send(
        reading(),
        key=KEY,
        procedure="child_allowance_claim",
        version="2026-10",
        answers={"bank": "public_account", "agree": True},
        completed_at=AT,
        receipt_number="KM-000001",
    )


@pytest.mark.parametrize("status", [201, 200])
async def test_the_ward_takes_it_in_once(status: int) -> None:
    provider = Provider([tells(TAKEN, status)])
    assert await send(provider) == Receipt(number=NUMBER, state="received", at=AT)
    (asked,) = provider.asked
    assert asked.url.path == "/r1/TOKYO23/GOV/131032/counter/applications/"
    body = json.loads(asked.content)
    assert body["key"] == str(KEY)
    assert body["subject"]["id"] == "a2b3"
    assert body["answers"] == {"bank": "public_account", "agree": True}
    assert (body["completed_at"], body["receipt_number"]) == ("2026-11-20T09:10:00Z", "KM-000001")


async def test_the_same_key_is_sent_again_when_the_ward_was_away() -> None:
    provider = Provider([fails(503), tells(TAKEN)])
    assert (await send(provider)).number == NUMBER
    assert [json.loads(asked.content)["key"] for asked in provider.asked] == [str(KEY), str(KEY)]


async def test_fields_the_ward_refuses_are_named() -> None:
    with pytest.raises(Invalid) as caught:
        await send(Provider([tells({"code": "invalid", "fields": [{"field": "bank", "message": "is empty"}]}, 422)]))
    assert caught.value.fields == (WrongField("bank", "is empty"),)


async def test_a_key_the_ward_has_for_something_else_is_refused_for_good() -> None:
    with pytest.raises(Invalid) as caught:
        await send(Provider([tells({"code": "key_taken"}, 409)]))
    assert caught.value.fields == ()


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (tells({"code": "invalid", "fields": ["bank"]}, 422), Why.WRONG_ANSWER),
        (tells({"error": "no"}, 422), Why.WRONG_ANSWER),
        (tells({**TAKEN, "state": "lost"}, 201), Why.WRONG_ANSWER),
        (tells({**TAKEN, "at": "2026-11-20T09:10:00"}, 201), Why.WRONG_ANSWER),
        (tells_raw(b"OK"), Why.WRONG_ANSWER),
        (fails(503), Why.UNAVAILABLE),
        (fails(500, "Server.ServerProxy.AccessDenied"), Why.REFUSED),
    ],
)
async def test_a_counter_that_fails_is_silent_for_one_reason(act: Act, why: Why) -> None:
    with pytest.raises(Silent) as caught:
        await send(Provider([act]))
    assert (caught.value.source, caught.value.why) == ("counter", why)


async def test_where_an_application_stands() -> None:
    provider = Provider([tells({**TAKEN, "state": "sent_back", "note": "口座の名義をご確認ください"})])
    status = await counter(provider).status(reading(), NUMBER)
    assert (status.state, status.note, status.at) == ("sent_back", "口座の名義をご確認ください", AT)
    assert provider.asked[0].url.path == f"/r1/TOKYO23/GOV/131032/counter/applications/{NUMBER}"


async def test_an_answer_about_another_application_is_wrong() -> None:
    with pytest.raises(Silent) as caught:
        await counter(Provider([tells({**TAKEN, "note": None})])).status(reading(), "131032-2026-000002")
    assert caught.value.why is Why.WRONG_ANSWER
