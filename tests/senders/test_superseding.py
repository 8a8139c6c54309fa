"""An event said anew, taken back, sent twice at once, too often, or while our database is away."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import text

from bff.db import AWAY, connect
from bff.journeys import senders as jobs
from bff.limits import Limits
from bff.senders import keys
from bff.senders.calls import signed
from bff.senders.door import senders
from bff.senders.verifying_example import FRESH, Heard, Refused
from tests.conftest import free_port
from tests.senders.test_door import GAS, INBOX, WARD, Programme, ear, letters, programme, refused
from tests.town import Town

SHOWN = "{ viewer { inbox(first: 9) { nodes { title { ja } body { ja } revision recalledAt openedAt } } } }"


async def test_a_higher_revision_takes_the_place_and_what_is_taken_back_stays_so(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    async with ear() as hears:
        ward = await programme(town, WARD, url=hears.url)
        await ward.puts("tax", "m-1001", topic="tax")
        nodes = (await hana.asks(INBOX))["viewer"]["inbox"]["nodes"]
        await hana.asks("mutation($id: ID!) { openNotice(id: $id) { __typename } }", id=nodes[0]["id"])
        anew: dict[str, Any] = {"topic": "tax", "body": {"ja": "額は12,000円です。"}, "revision": 2}
        answers = [await ward.puts("tax", "m-1001", **anew) for _ in range(2)]
        assert [(one.status_code, one.json()["revision"]) for one in answers] == [(200, 2), (200, 2)]
        shown = await lies_there(hana, "件名tax")
        assert (shown["body"]["ja"], shown["revision"], shown["openedAt"]) == ("額は12,000円です。", 2, None)
        assert refused(await ward.puts("tax", "m-1001", topic="tax")) == (409, "stale")
        assert refused(await ward.puts("tax", "m-1001", **{**anew, "body": {"ja": "別"}})) == (409, "taken")
        for odd in ({"topic": "care"}, {"subject": "m-1003"}, {"urgency": "action"}):
            told = {"subject": "m-1001", **anew, "revision": 3, **odd}
            assert refused(await ward.puts("tax", told.pop("subject"), **told)) == (422, "unfit"), odd

        url = "/senders/v1/events/tax"
        gone = [await ward.http.delete(url) for _ in range(2)]
        assert [(one.status_code, one.json()["state"]) for one in gone] == [(200, "withdrawn")] * 2
        assert (await ward.http.get(url)).json() == {"id": "tax", "state": "withdrawn", "revision": 2}
        assert refused(await ward.puts("tax", "m-1001", **{**anew, "revision": 9})) == (409, "withdrawn")
        shown = await lies_there(hana, "件名tax")
        assert shown["recalledAt"]
        assert refused(await ward.http.delete("/senders/v1/events/never")) == (404, "not_there")
        other = await programme(town, GAS)
        assert refused(await other.http.delete(url)) == (404, "not_there"), "another's event is none"

        for name, state, minutes in (("s1", "new", 30), ("s2", "closed", 5)):
            await ward.steps(name, "m-1001", state, minutes)
        await ward.http.delete("/senders/v1/events/s2")
        case = (await ward.http.get("/senders/v1/cases/K-1", params={"subject": "m-1001"})).json()
        assert [one["state"] for one in case["steps"]] == ["new"], "a step that was taken back leaves its case"
        await town.promises_are_kept()
        told = [one for one in hears.told() if one[0] in ("event.revised", "event.withdrawn")]
        assert told == [("event.revised", "tax"), ("event.withdrawn", "tax"), ("event.withdrawn", "s2")]


async def lies_there(person: Any, title: str) -> dict[str, Any]:
    """Once."""
    nodes = (await person.asks(SHOWN))["viewer"]["inbox"]["nodes"]
    (found,) = [one for one in nodes if one["title"]["ja"] == title]
    shown: dict[str, Any] = found
    return shown


async def test_what_waits_is_said_anew_and_taken_back_before_anybody_has_heard(town: Town) -> None:
    ward = await programme(town, WARD)
    assert (await ward.puts("a", "m-1001")).status_code == 202
    assert (await ward.puts("a", "m-1001", revision=3, body={"ja": "新"})).json() == {
        "id": "a",
        "state": "waiting",
        "revision": 3,
    }
    assert refused(await ward.puts("a", "m-1001", revision=2)) == (409, "stale")
    await ward.puts("b", "m-1001")
    await ward.http.delete("/senders/v1/events/b")
    hana = await town.resident("hana")
    await hana.fills_home()
    await jobs.come_round(town.house)
    told = (await hana.asks(INBOX))["viewer"]["inbox"]["nodes"]
    assert [(one["title"]["ja"], one["body"]["ja"]) for one in told] == [("件名a", "新")]
    trial = await programme(town, "private:power", trial=True)
    await trial.puts("t", "trial-opens")
    assert (await trial.puts("t", "trial-opens", revision=2)).json()["revision"] == 2
    assert refused(await trial.puts("t", "trial-opens", revision=3, topic="care")) == (422, "unfit"), (
        "as with a true key"
    )
    assert (await trial.http.delete("/senders/v1/events/t")).json()["state"] == "withdrawn"
    assert (await trial.http.get("/senders/v1/events/t")).json()["state"] == "withdrawn"


async def test_two_connections_at_once_too_many_and_a_database_that_is_away(town: Town, database_url: str) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    ward = await programme(town, WARD)
    key = ward.http.headers["Authorization"]
    own = [connect(database_url, 1) for _ in range(4)]
    houses = [replace(town.house, db=one) for one in own]

    def speaks(house: Any) -> Programme:
        found = Programme(town, key.removeprefix("Bearer "))
        routes = Litestar(senders(house), openapi_config=None)
        found.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(routes),  # type: ignore[arg-type]
            base_url=town.ORIGIN,
            headers={"Authorization": key},
        )
        found.now = ward.now
        return found

    apart = [speaks(one) for one in houses]
    answers = await asyncio.gather(*(one.puts("once", "m-1001") for one in apart))
    assert sorted(one.status_code for one in answers) == [200, 200, 200, 201]
    assert (await letters(hana)).count("件名once") == 1
    anew = [one.puts("once", "m-1001", revision=2, body={"ja": "改"}) for one in apart]
    assert [one.json()["revision"] for one in await asyncio.gather(*anew)] == [2] * 4
    async with town.house.db.house() as conn:
        kept = text("SELECT revision FROM notices WHERE title->>'ja' = '件名once'")
        assert list(await conn.scalars(kept)) == [2], "said anew once"
    for one in own:
        await one.close()

    few = Limits(town.house.db, clock=town.house.clock, secret=b"x" * 32, trusted=(), factor=0.001)
    often = speaks(replace(town.house, limits=few))
    asked = [await often.http.get("/senders/v1/events/once") for _ in range(160)]
    slow = next(one for one in asked if one.status_code != 200)
    assert refused(slow) == (429, "too_many")
    assert int(slow.headers["Retry-After"]) > 0

    away = connect(f"postgresql://nobody@127.0.0.1:{free_port()}/none", 1)
    refusing = speaks(replace(town.house, db=away))
    answer = await refusing.puts("lost", "m-1001")
    assert refused(answer) == (503, "away")
    assert int(answer.headers["Retry-After"]) > 0
    with pytest.raises(AWAY):
        await jobs.come_round(replace(town.house, db=away))
    await away.close()
    assert (await ward.puts("lost", "m-1001")).status_code == 201, "nothing was taken, nothing is lost"


def test_the_published_example_refuses_what_is_forged_old_or_played_again(town: Town) -> None:
    secret, at = keys.webhook_secret(b"x" * 32, WARD), town.house.clock()
    body = json.dumps({"id": "c1", "type": "event.opened", "event": "tax"}).encode()
    headers = dict(signed(secret, "c1", at, body))
    written = f"whsec_{base64.b64encode(secret).decode()}"
    taken: set[str] = set()
    heard = Heard(written, taken, clock=at.timestamp)
    assert heard.event({name.title(): value for name, value in headers.items()}, body) == json.loads(body)
    assert heard.event(headers, body) is None, "played again"
    fresh = Heard(written, clock=at.timestamp)
    forged = [
        (headers, body.replace(b"tax", b"fee")),
        ({**headers, "webhook-id": "c2"}, body),
        ({**headers, "webhook-timestamp": str(int(at.timestamp()) + 1)}, body),
        ({**headers, "webhook-signature": "v1," + base64.b64encode(b"0" * 32).decode()}, body),
        ({**headers, "webhook-signature": "v1,é"}, body),
        (dict(signed(keys.webhook_secret(b"y" * 32, WARD), "c1", at, body)), body),
        (dict(signed(secret, "c1", at - timedelta(seconds=FRESH + 1), body)), body),
        (dict(signed(secret, "c1", at + timedelta(seconds=FRESH + 2), body)), body),
        ({"webhook-id": "c1"}, body),
    ]
    for told, said in forged:
        with pytest.raises(Refused):
            fresh.event(told, said)
