"""Through the real door: a ward's system, a gas company, and those who would be one of them."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from bff import journeys
from bff.journeys import senders as jobs
from bff.senders import consents, keys
from bff.senders.trial import RECIPIENTS
from life_events import Text
from tests.conftest import free_port
from tests.town import Town

WARD, OTHER, GAS = "ward:131032", "ward:131121", "private:gas"
INBOX = "{ viewer { id inbox(first: 20) { nodes { id title { ja } body { ja } sender { ja } } } } }"
__all__ = ["journeys"]


@dataclass
class Ear:
    """A sender's own address, which hears us."""

    port: int
    status: int = 200
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.heard.append((headers, body))
        writer.write(f"HTTP/1.1 {self.status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    def told(self) -> list[tuple[str, str]]:
        return [(one["type"], one.get("event", "")) for one in map(json.loads, (body for _, body in self.heard))]


@asynccontextmanager
async def ear() -> AsyncIterator[Ear]:
    hears = Ear(free_port())
    server = await asyncio.start_server(hears, "127.0.0.1", hears.port)
    yield hears
    server.close()


class Programme:
    """Of a sender, with its key."""

    def __init__(self, town: Town, key: str) -> None:
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(town.asgi),  # type: ignore[arg-type]
            base_url=town.ORIGIN,
            headers={"Authorization": f"Bearer {key}"},
        )
        self.now = town.house.clock()

    async def puts(self, name: str, subject: str, **more: Any) -> httpx.Response:
        told = {"kind": "notice", "subject": subject, "at": self.now.isoformat(), "title": {"ja": f"件名{name}"}}
        body = {**told, "body": {"ja": "本文"}, **more}
        return await self.http.put(f"/senders/v1/events/{name}", json=body)

    async def steps(self, name: str, subject: str, state: str, minutes: int) -> httpx.Response:
        at = (self.now - timedelta(minutes=minutes)).isoformat()
        told = {"kind": "case_step", "subject": subject, "at": at, "case": "K-1", "title": {"ja": "開栓の申込"}}
        body = {**told, "state": state, "label": {"ja": f"状態{state}"}}
        return await self.http.put(f"/senders/v1/events/{name}", json=body)


async def programme(town: Town, sender: str, *, url: str | None = None, trial: bool = False, **how: Any) -> Programme:
    now, name = town.house.clock(), Text(ja=f"送り手 {sender}", easy="おくりて", en="Sender")
    async with town.house.db.house() as conn:
        made = await keys.keep_sender(conn, sender, name=name, url=url, now=now)
        how = {"label": "試験", "scopes": ["notices", "cases"], "by": "test", **how}
        key = await keys.make_key(conn, made, id=uuid4(), trial=trial, now=now, **how)
    return Programme(town, key)


def refused(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"].startswith("application/problem+json"), answer.text
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


async def letters(person: Any) -> list[str]:
    return [one["title"]["ja"] for one in (await person.asks(INBOX))["viewer"]["inbox"]["nodes"]]


async def test_a_schools_key_reaches_its_own_pupils_families_alone(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    await town.promises_are_kept()
    hers, other = [await programme(town, f"school:131032:{one}") for one in ("芝浜小学校", "みなと第一保育園")]
    child, herself = "m-1003", "m-1001"
    assert (await hers.puts("lunch", child, topic="school")).json()["state"] == "delivered"
    assert (await hers.puts("tax", herself, topic="school")).json()["state"] == "waiting"
    assert (await other.puts("nap", child, topic="school")).json()["state"] == "waiting"
    await jobs.come_round(town.house)
    assert [one for one in await letters(hana) if one.startswith("件名")] == ["件名lunch"], "nor by waiting"


async def test_a_wards_system_sends_once_waits_for_who_has_not_come_and_hears_back(town: Town) -> None:
    async with ear() as hears:
        ward = await programme(town, WARD, url=hears.url)
        waits = await ward.puts("tax-1", "m-1001", topic="tax")
        assert (waits.status_code, waits.json()) == (202, {"id": "tax-1", "state": "waiting", "revision": 1})
        async with town.house.db.house() as conn:
            kept = (await conn.execute(text("SELECT subject, body FROM sender_events"))).one()
        assert b"m-1001" not in kept.subject + kept.body
        assert "件名".encode() not in kept.body

        hana = await town.resident("hana")
        await hana.fills_home()
        await jobs.come_round(town.house)
        assert (await ward.puts("tax-1", "m-1001", topic="tax")).json()["state"] == "delivered"
        assert await letters(hana) == ["件名tax-1"]
        taken = await ward.puts("tax-2", "m-1001")
        again = await ward.puts("tax-2", "m-1001")
        assert (taken.status_code, again.status_code, taken.json()) == (201, 200, again.json())
        assert refused(await ward.puts("tax-2", "m-1001", topic="tax")) == (409, "taken")
        both = await asyncio.gather(*(ward.puts("tax-3", "m-1001") for _ in range(4)))
        assert sorted(one.status_code for one in both) == [200, 200, 200, 201]
        assert sorted(await letters(hana)) == ["件名tax-1", "件名tax-2", "件名tax-3"]

        notice = (await hana.asks(INBOX))["viewer"]["inbox"]["nodes"][0]["id"]
        await hana.asks("mutation($id: ID!) { openNotice(id: $id) { __typename } }", id=notice)
        async with town.house.db.house() as conn:
            read = "INSERT INTO notice_acts (resident, notice, opened_at) SELECT resident, notice, now()"
            await conn.execute(text(f"{read} FROM deliveries WHERE notice = :n ON CONFLICT DO NOTHING"), {"n": notice})
        hears.status = 503
        await jobs.come_round(town.house)
        await town.promises_are_kept()
        first = len(hears.heard)
        hears.status = 200
        await town.time_passes_for_jobs()
        await town.promises_are_kept()
        assert len(hears.heard) == 2 * first, "what was not taken is told again"
        told = hears.told()
        assert {("event.waiting", "tax-1"), ("event.delivered", "tax-1"), ("event.delivered", "tax-2")} <= set(told)
        assert [what for what, _ in told].count("event.opened") == 2
        headers, body = hears.heard[0]
        secret = keys.webhook_secret(town.house.person_secret, WARD)
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        expected = base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        assert json.loads(body)["id"] == headers["webhook-id"]


async def test_what_waited_too_long_is_not_told_and_what_cannot_be_told_holds_up_nothing(town: Town) -> None:
    async with ear() as hears:
        ward = await programme(town, WARD, url=hears.url)
        today = (ward.now + timedelta(hours=9)).date()
        for name, more in (
            ("broken", {}),
            ("over", {"act_by": today.isoformat()}),
            ("open", {"act_by": (today + timedelta(days=3)).isoformat()}),
        ):
            assert (await ward.puts(name, "m-1001", **more)).json()["state"] == "waiting"
        async with town.house.db.house() as conn:
            await conn.execute(text("UPDATE sender_events SET body = 'no longer readable' WHERE name = 'broken'"))
        hana = await town.resident("hana")
        await hana.fills_home()

        tomorrow = town.house.clock() + timedelta(days=1)
        await jobs.come_round(replace(town.house, clock=lambda: tomorrow))
        assert await letters(hana) == ["件名open"]
        await town.promises_are_kept()
        assert sorted(one for one in hears.told() if one[0] != "event.waiting") == [
            ("event.delivered", "open"),
            ("event.expired", "over"),
        ]
        states = [(await ward.http.get(f"/senders/v1/events/{one}")).json()["state"] for one in ("broken", "over")]
        assert states == ["waiting", "expired"]


async def test_a_company_needs_her_yes_and_nobody_sees_what_is_anothers(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    gas, power = await programme(town, GAS), await programme(town, "private:power")
    agreed = await hana.asks(
        'mutation { agreeSender(sender: "private:gas") { __typename ... on Senders { senders { id subject } } } }'
    )
    subject = next(one["subject"] for one in agreed["agreeSender"]["senders"] if one["id"] == GAS)
    assert refused(await power.puts("x", subject)) == (403, "no_consent"), "her number is good for one sender alone"
    assert refused(await gas.puts("x", "m-1001")) == (403, "no_consent"), "a register's number is none of a company's"
    for name, state, minutes in (("s2", "in_hand", 20), ("s1", "new", 30), ("s3", "closed", 5), ("s2", "in_hand", 20)):
        assert (await gas.steps(name, subject, state, minutes)).status_code in (200, 201)
    seen = await gas.http.get("/senders/v1/cases/K-1", params={"subject": subject})
    assert seen.json()["state"] == "closed"
    assert [one["state"] for one in seen.json()["steps"]] == ["new", "in_hand", "closed"]
    shown = await hana.asks(
        "{ viewer { senderCases { sender { ja } title { ja } state steps { state label { ja } } } } }"
    )
    assert [(one["state"], len(one["steps"])) for one in shown["viewer"]["senderCases"]] == [("CLOSED", 3)]
    assert len(await letters(hana)) == 2, "an older step that came later is no news"
    assert refused(await power.http.get("/senders/v1/cases/K-1", params={"subject": subject})) == (404, "not_there")
    assert refused(await power.http.get("/senders/v1/events/s1")) == (404, "not_there")

    await hana.asks('mutation { stopSender(sender: "private:gas") { __typename } }')
    assert refused(await gas.puts("after", subject)) == (403, "no_consent")

    setagaya = await programme(town, OTHER)
    foreign = await setagaya.puts("f", "m-1001")
    assert foreign.json()["state"] == "waiting", "another ward's m-1001 is another person"
    assert "件名f" not in await letters(hana)


async def test_who_has_no_key_or_the_wrong_one_is_told_why_and_reaches_nobody(town: Town) -> None:
    async with ear() as hears:
        ward = await programme(town, WARD)
        trial = await programme(town, GAS, url=hears.url, trial=True)
        reader = await programme(town, "nation:pension", scopes=["cases"])
        for odd in ("", "Bearer x", "Bearer kmk_live_" + "A" * 43, "Basic abc"):
            answer = await ward.http.put("/senders/v1/events/a", json={}, headers={"Authorization": odd})
            assert refused(answer) == (401, "no_key")
        assert refused(await reader.puts("a", "x")) == (403, "scope")
        assert refused(await ward.puts("a", "m-1001", urgency="emergency")) == (403, "scope")
        assert refused(await ward.puts("a" * 101, "m-1001")) == (422, "unfit")
        assert refused(await ward.puts("a", "m-1001", title={"ja": ""})) == (422, "unfit")
        for odd in ("\u202e了完済納", "件名\n港区から", "\x1b[31m至急"):
            assert refused(await ward.puts("a", "m-1001", title={"ja": odd})) == (422, "unfit"), ascii(odd)
        assert (await ward.http.get("/senders/v1/events/%00")).status_code == 404
        large = await ward.http.put("/senders/v1/events/a", json={"x": "y" * 70_000})
        assert refused(large) == (413, "too_large")
        text_ = await ward.http.put("/senders/v1/events/a", content=b"x", headers={"Content-Type": "text/plain"})
        assert refused(text_) == (415, "not_json")
        with pytest.raises(keys.NotASender):
            await programme(town, GAS, scopes=["emergency"])

        states = {who: (await trial.puts(who, who)) for who in RECIPIENTS}
        assert refused(states.pop("trial-refuses")) == (403, "no_consent")
        assert {who: one.json()["state"] for who, one in states.items()}["trial-fails"] == "failed"
        seen = {who: (await trial.http.get(f"/senders/v1/events/{who}")).json() for who in states}
        assert [(who.removeprefix("trial-"), one["state"]) for who, one in seen.items()] == [
            ("delivers", "delivered"),
            ("opens", "opened"),
            ("answers", "answered"),
            ("fails", "failed"),
            ("waits", "waiting"),
            ("expires", "expired"),
        ]
        assert {"opened_at", "answer"} <= seen["trial-answers"].keys()
        assert seen["trial-fails"]["reason"] == "pretend"
        assert (await trial.puts("trial-opens", "trial-opens")).json()["state"] == "opened"
        assert refused(await trial.puts("live", "m-1001")) == (403, "trial_only")
        await town.promises_are_kept()
        assert ("event.answered", "trial-answers") in hears.told()
        assert ("event.failed", "trial-fails") in hears.told()
        async with town.house.db.house() as conn:
            assert await conn.scalar(text("SELECT count(*) FROM notices")) == 0
            key = await conn.scalar(text("SELECT id FROM sender_keys WHERE sender = :s"), {"s": WARD})
            assert await keys.revoke(conn, key, town.house.clock())  # type: ignore[arg-type]
        assert refused(await ward.puts("b", "m-1001")) == (401, "no_key")
        assert consents is not None
