"""Passkeys at the door: she comes by one touch, proves it once more, and no session is what it was before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from bff.graphql.reader import HEADER
from bff.texts import say
from tests.identity.authenticator import Authenticator
from tests.town import Outside, Person, Town, settle

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
DEVICES = (
    "... on Devices { thisSession lockMinutes sessions { id method device { ja } } passkeys { id name usedAt } }"
    " ... on StepUpNeeded { act cardOnly } ... on NotFound { message { ja } }"
)
SHOW = "{ viewer { devices { thisSession lockMinutes sessions { id method device { ja } } passkeys { id name } } } }"


@pytest.fixture
async def town(database_url: str, outside: Outside, keys: Path, tmp_path: Path) -> AsyncIterator[Town]:
    await outside.everything_answers()
    opened = Town(settle(database_url, outside, keys, tmp_path))
    yield opened
    await opened.close()


async def says(browser: httpx.AsyncClient, path: str, **body: Any) -> httpx.Response:
    return await browser.post(f"/login/passkey/{path}", json=body)


async def binds(browser: httpx.AsyncClient, phone: Authenticator, name: str = "") -> dict[str, Any]:
    options = (await says(browser, "begin", act="bind")).json()
    answer = await says(browser, "finish", act="bind", credential=phone.makes(options), name=name)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def comes(browser: httpx.AsyncClient, phone: Authenticator) -> httpx.Response:
    options = (await says(browser, "begin", act="login")).json()
    return await says(browser, "finish", act="login", credential=phone.proves(options))


async def proves(browser: httpx.AsyncClient, phone: Authenticator) -> httpx.Response:
    options = (await says(browser, "begin", act="prove")).json()
    return await says(browser, "finish", act="prove", credential=phone.proves(options))


async def hours_pass(town: Town, hours: float) -> None:
    """Her proof grows old; her session lives on."""
    async with town.house.db.house() as conn:
        await conn.execute(
            text("UPDATE sessions SET proved_at = proved_at - make_interval(secs => :secs)"), {"secs": hours * 3600}
        )


async def name_of(browser: httpx.AsyncClient) -> str | None:
    viewer = (await Person(browser).asks("{ viewer { name } }"))["viewer"]
    return viewer and str(viewer["name"])


async def log_of(town: Town) -> list[str]:
    async with town.house.db.house() as conn:
        return list(await conn.scalars(text("SELECT outcome FROM login_log ORDER BY id")))


async def test_after_the_card_a_passkey_is_enough(town: Town) -> None:
    phone, hana = Authenticator(), await town.resident("hana")
    hana.browser.headers["User-Agent"] = PHONE
    assert (await binds(hana.browser, phone))["name"], "it has a name before she gives it one"
    await hana.browser.post("/login/out")
    assert await name_of(hana.browser) is None

    arrived = await comes(hana.browser, phone)
    assert (arrived.status_code, await name_of(hana.browser)) == (200, "佐藤 はな")
    shown = (await hana.asks(SHOW))["viewer"]["devices"]
    assert [(one["method"], one["device"]["ja"]) for one in shown["sessions"]] == [("PASSKEY", "iPhone · Safari")]
    assert (await log_of(town))[-3:] == ["came", "left", "came"]
    replayed = await says(hana.browser, "finish", act="login", credential=phone.proves({"challenge": "x" * 43}))
    assert (replayed.status_code, replayed.json()["code"]) == (403, "expired")


async def test_a_session_rises_under_a_new_token_and_the_old_one_is_void(town: Town) -> None:
    phone, hana = Authenticator(), await town.resident("hana")
    await binds(hana.browser, phone)
    before = dict(hana.browser.cookies)
    before_id = (await hana.asks(SHOW))["viewer"]["devices"]["thisSession"]
    assert (await proves(hana.browser, phone)).status_code == 200
    assert hana.browser.cookies["__Host-session"] != before["__Host-session"]
    assert (await hana.asks(SHOW))["viewer"]["devices"]["thisSession"] == before_id
    stolen = town.browser()
    stolen.cookies.set("__Host-session", before["__Host-session"])
    assert await name_of(stolen) is None


async def test_a_session_that_was_laid_there_opens_nothing(town: Town) -> None:
    """Session fixation: the token a browser had before she logs in is never the one she gets."""
    phone, hana = Authenticator(), await town.resident("hana")
    await binds(hana.browser, phone)
    laid, victim = "A" * 43, town.browser()
    victim.cookies.set("__Host-session", laid)
    arrived = await comes(victim, phone)
    assert arrived.status_code == 200
    assert laid not in arrived.headers["set-cookie"]
    thief = town.browser()
    thief.cookies.set("__Host-session", laid)
    assert await name_of(thief) is None


async def test_a_login_begun_in_another_browser_ends_in_none(town: Town) -> None:
    phone, hana, thief = Authenticator(), await town.resident("hana"), town.browser()
    await binds(hana.browser, phone)
    options = (await says(thief, "begin", act="login")).json()
    answer = phone.proves(options)
    here = await says(town.browser(), "finish", act="login", credential=answer)
    assert (here.status_code, here.json()["code"]) == (403, "expired")
    assert "set-cookie" not in here.headers
    assert (await says(thief, "finish", act="login", credential=answer)).status_code == 403, "used up by the try"
    assert (await log_of(town)).count("passkey_expired") == 2


async def test_what_another_page_or_a_lent_phone_may_not(town: Town) -> None:
    phone, hana = Authenticator(), await town.resident("hana")
    evil = {"Origin": "https://evil.example"}
    for path in ("passkey/begin", "passkey/finish", "lock"):
        assert (await hana.browser.post(f"/login/{path}", json={"act": "bind"}, headers=evil)).status_code == 403
    assert (await says(town.browser(), "begin", act="bind")).status_code == 401
    assert (await says(hana.browser, "begin", act="prove")).json()["code"] == "unknown", "she has none"
    assert (await says(hana.browser, "begin", act="steal")).status_code == 400
    bound = await binds(hana.browser, phone)
    await hours_pass(town, 1)
    options = (await says(hana.browser, "begin", act="bind")).json()
    assert options["code"] == "step_up_needed", "who holds the phone an hour later binds no passkey of her own"
    removed = f'mutation {{ removePasskey(id: "{bound["id"]}") {{ __typename {DEVICES} }} }}'
    assert (await hana.asks(removed))["removePasskey"]["__typename"] == "StepUpNeeded"
    assert (await proves(hana.browser, phone)).status_code == 200
    assert (await hana.asks(removed))["removePasskey"]["passkeys"] == []
    assert (await comes(town.browser(), phone)).json()["code"] == "unknown"


async def test_sessions_are_listed_and_ended_one_by_one_or_all(town: Town) -> None:
    phone, hana = Authenticator(), await town.resident("hana")
    await binds(hana.browser, phone, "スマホ")
    others = [town.browser() for _ in range(3)]
    for other in others:
        assert (await comes(other, phone)).status_code == 200
    taro = await town.resident("taro")
    shown = (await hana.asks(SHOW))["viewer"]["devices"]
    elsewhere = [one["id"] for one in shown["sessions"] if one["id"] != shown["thisSession"]]
    assert (len(elsewhere), shown["passkeys"][0]["name"]) == (3, "スマホ")

    end = "mutation($id: ID!) { endSession(id: $id) { __typename " + DEVICES + " } }"
    assert (await taro.asks(end, id=elsewhere[0]))["endSession"]["__typename"] == "NotFound", "not his to end"
    assert (await hana.asks(end, id=shown["thisSession"]))["endSession"]["__typename"] == "NotFound"
    assert (await hana.asks(end, id="nonsense"))["endSession"]["__typename"] == "NotFound"
    assert len((await hana.asks(end, id=elsewhere[0]))["endSession"]["sessions"]) == 3
    rest = (await hana.asks("mutation { endOtherSessions { " + DEVICES + " } }"))["endOtherSessions"]
    assert [one["id"] for one in rest["sessions"]] == [shown["thisSession"]]
    assert [await name_of(other) for other in others] == [None, None, None]
    assert await name_of(taro.browser) is not None


async def test_a_new_device_is_told_of_and_a_known_one_is_not(town: Town) -> None:
    inbox = "{ viewer { inbox { nodes { title { ja } body { ja } about } } } }"
    phone, hana = Authenticator(), await town.resident("hana")
    await binds(hana.browser, phone)
    assert (await hana.asks(inbox))["viewer"]["inbox"]["nodes"] == [], "the first device is no news"
    await hana.browser.post("/login/out")
    await comes(hana.browser, phone)
    assert (await hana.asks(inbox))["viewer"]["inbox"]["nodes"] == [], "nor is one she came from before"
    other = town.browser()
    other.headers["User-Agent"] = PHONE
    await comes(other, phone)
    (told,) = (await hana.asks(inbox))["viewer"]["inbox"]["nodes"]
    assert (told["title"]["ja"], told["about"]) == ("新しい端末からログインがありました", "/devices")
    assert "iPhone · Safari" in told["body"]["ja"]
    assert "佐藤" not in str(told)
    hana.browser.headers[HEADER] = "vi"
    nodes = "nodes { sender { ...T } title { ...T } body { ...T } }"
    whole = f"{{ viewer {{ inbox {{ {nodes} }} }} }} fragment T on Text {{ ja easy en }}"
    (read,) = (await hana.asks(whole))["viewer"]["inbox"]["nodes"]
    assert read["sender"]["vi"] == say("house_name").vi
    assert read["title"]["vi"] == "Có đăng nhập từ thiết bị mới"
    assert "iPhone · Safari" in read["body"]["vi"]
    assert read["body"]["vi"].startswith("Có đăng nhập")


async def test_a_locked_app_tells_nothing_until_it_is_she(town: Town) -> None:
    phone, hana = Authenticator(), await town.resident("hana")
    await binds(hana.browser, phone)
    lock = "mutation($m: Int) { setDeviceLock(minutes: $m) { __typename ... on DeviceLock { minutes part } } }"
    part = (await hana.asks(lock, m=5))["setDeviceLock"]["part"]
    assert (await hana.asks(SHOW))["viewer"]["devices"]["lockMinutes"] == 5
    await hana.browser.post("/login/lock")
    assert await name_of(hana.browser) is None
    assert (await hana.browser.get("/ledger/readings.json")).status_code == 303
    assert (await hana.browser.get("/ledger/readings.pdf")).status_code == 303
    assert (await hana.browser.post("/uploads", content=b"%PDF-1.7\n%%EOF")).status_code == 401
    assert (await hana.browser.get(f"/uploads/{uuid4()}")).status_code == 401
    assert (await hana.browser.post("/login/link/line")).status_code == 403
    assert (await says(hana.browser, "begin", act="bind")).json()["code"] == "step_up_needed"
    proved = await proves(hana.browser, phone)
    assert proved.json() == {"lockPart": part}
    assert await name_of(hana.browser) == "佐藤 はな"
    assert (await hana.asks(lock, m=1000))["setDeviceLock"]["__typename"] == "FieldsRefused"
    assert (await hana.asks(lock, m=None))["setDeviceLock"] == {
        "__typename": "DeviceLock",
        "minutes": None,
        "part": None,
    }


async def test_a_proof_that_is_old_is_asked_again_where_the_step_needs_it(town: Town) -> None:
    phone, hana = Authenticator(), await town.resident("hana")
    await binds(hana.browser, phone)
    await hana.fills_home()
    step = await hana.step("child_allowance")
    wanted = "identity authentication minutes isMet cardOnly"
    needs = f"{{ viewer {{ home {{ bundles {{ steps {{ id form {{ needs {{ {wanted} }} }} }} }} }} }} }}"

    async def need() -> dict[str, Any]:
        home = (await hana.asks(needs))["viewer"]["home"]
        steps = [one for bundle in home["bundles"] for one in bundle["steps"] if one["id"] == step["id"]]
        return dict(steps[0]["form"]["needs"])

    assert (await need())["isMet"]
    await hours_pass(town, 1)
    assert await need() == {"identity": 3, "authentication": 2, "minutes": 30, "isMet": False, "cardOnly": False}
    send = (
        "mutation($i: SubmitApplicationInput!) { submitApplication(input: $i) { __typename"
        " ... on StepUpNeeded { act cardOnly message { ja } } } }"
    )
    wish = {
        "id": "6f9c2a3e-0000-4000-8000-000000000001",
        "procedure": step["procedure"],
        "version": step["form"]["version"],
        "subject": step["subject"] and step["subject"]["id"],
        "answers": {},
        "completedAt": "2026-01-01T00:00:00Z",
    }
    refused = (await hana.asks(send, i=wish))["submitApplication"]
    assert refused["__typename"] == "StepUpNeeded"
    assert (refused["act"], refused["cardOnly"]) == (f"submit:{step['procedure']}", False)
    assert "step_up_needed" in await log_of(town)
    assert (await proves(hana.browser, phone)).status_code == 200
    assert (await need())["isMet"]
    assert (await hana.asks(send, i=wish))["submitApplication"]["__typename"] == "FieldsRefused", "now it is judged"


async def test_many_logins_at_once_are_each_their_own(town: Town) -> None:
    hana, taro = await town.resident("hana"), await town.resident("taro")
    hers, his = Authenticator(), Authenticator(credential=b"\x08" * 32)
    await binds(hana.browser, hers)
    await binds(taro.browser, his)
    one, other = town.browser(), town.browser()
    first = (await says(one, "begin", act="login")).json()
    second = (await says(other, "begin", act="login")).json()
    assert (await says(other, "finish", act="login", credential=his.proves(second))).status_code == 200
    assert (await says(one, "finish", act="login", credential=hers.proves(first))).status_code == 200
    assert await name_of(one) == "佐藤 はな"
    assert await name_of(other) == await name_of(taro.browser)
    mixed = replace(his, handle=hers.handle)
    assert (await comes(town.browser(), mixed)).status_code == 403


async def test_a_sensitive_fact_is_masked_until_it_is_she(town: Town) -> None:
    shown = "known { value { ja } } form { sections { fields { masked prefill { value } } } }"
    asked = f"{{ viewer {{ home {{ bundles {{ steps {{ {shown} }} more {{ {shown} }} }} }} }} }}"
    phone, fumi = Authenticator(), await town.resident("fumi")
    await binds(fumi.browser, phone)
    await fumi.fills_home()
    before = str(await fumi.asks(asked))
    await hours_pass(town, 1)
    old = str(await fumi.asks(asked))
    assert ("●●●●" in before, "●●●●" in old) == (False, True)
    assert (await proves(fumi.browser, phone)).status_code == 200
    assert str(await fumi.asks(asked)) == before
