"""Each way in, tried alike: with a session that was laid there, its last step done again, and done twice at once."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from html import unescape

import httpx
from sqlalchemy import text

from tests.accounts.people import code_of, registers
from tests.identity.authenticator import Authenticator
from tests.login.test_passkeys import binds, says
from tests.staff.passkeys import authenticator, shows
from tests.town import Town, through_identity_provider

RESIDENT, STAFF = "__Host-session", "__Host-staff"
LAID = "A" * 43
Step = Callable[[], Awaitable[httpx.Response]]
Way = Callable[[Town, httpx.AsyncClient], Awaitable[Step]]


async def by_card(_: Town, browser: httpx.AsyncClient) -> Step:
    back = await through_identity_provider(await browser.get("/login/start"), "hana")
    return lambda: browser.get(back)


async def by_passkey(town: Town, browser: httpx.AsyncClient) -> Step:
    phone, hana = Authenticator(credential=town.house.new_id().bytes * 2), await town.resident("hana")
    await binds(hana.browser, phone)
    shown = phone.proves((await says(browser, "begin", act="login")).json())
    return lambda: says(browser, "finish", act="login", credential=shown)


async def by_desk_code(town: Town, browser: httpx.AsyncClient) -> Step:
    desk = await town.official("staff-minato-caseworker")
    code = await code_of(desk, await registers(desk))
    return lambda: browser.post("/login/code", json={"code": code})


async def by_realm(_: Town, browser: httpx.AsyncClient) -> Step:
    back = await through_identity_provider(await browser.get("/staff/login/start"), "staff-minato-writer")
    return lambda: browser.get(back)


async def by_officials_passkey(_: Town, browser: httpx.AsyncClient) -> Step:
    """The second step: she has come by her realm, and shows the passkey that she enrolled when she came first."""
    phone = PHONES.setdefault("approver", authenticator())
    for is_known in (phone.count > 0, True):
        back = await through_identity_provider(await browser.get("/staff/login/start"), "staff-minato-approver")
        await browser.get(back)
        if not is_known:
            assert (await shows(browser, phone)).status_code == 303
    page = (await browser.get("/staff/passkey")).text
    asked = re.search(r'data-passkey="check" data-options="([^"]*)"', page)
    assert asked, page
    form = {"to": "/staff", "name": "", "answer": json.dumps(phone.proves(json.loads(unescape(asked[1]))))}
    phone.count += 1
    return lambda: browser.post("/staff/passkey/check", data=form)


PHONES: dict[str, Authenticator] = {}
WAYS: dict[str, tuple[str, Way]] = {
    "card": (RESIDENT, by_card),
    "passkey": (RESIDENT, by_passkey),
    "desk code": (RESIDENT, by_desk_code),
    "realm": (STAFF, by_realm),
    "official's passkey": (STAFF, by_officials_passkey),
}


async def tokens(town: Town) -> set[str]:
    """The hash of each session there is."""
    async with town.house.db.house() as conn:
        rows = "SELECT encode(token_hash, 'hex') FROM "
        both = [await conn.scalars(text(rows + table)) for table in ("sessions", "staff_sessions")]
        return {one for each in both for one in each}


async def is_let_in(town: Town, cookie: str, token: str) -> bool:
    thief = town.browser()
    thief.cookies.set(cookie, token, domain="kurashimado.test", path="/")
    if cookie == STAFF:
        return "職員アカウントでログイン" not in (await thief.get("/staff")).text
    answer = await thief.post("/graphql", json={"query": "{ viewer { id } }"})
    return bool(answer.json()["data"]["viewer"])


def given(answer: httpx.Response, cookie: str) -> bool:
    return any(re.match(f"{cookie}=[^;]", one) for one in answer.headers.get_list("set-cookie"))


async def test_no_way_in_takes_a_session_that_was_laid_there_or_a_step_that_was_done_before(town: Town) -> None:
    PHONES.clear()
    for name, (cookie, way) in WAYS.items():
        browser = town.browser()
        browser.cookies.set(cookie, LAID, domain="kurashimado.test", path="/")
        step = await way(town, browser)
        before, copied = browser.cookies.get(cookie), httpx.Cookies(browser.cookies)
        assert given(await step(), cookie), name
        now = browser.cookies[cookie]
        assert now not in (LAID, before), name
        assert await is_let_in(town, cookie, now), name
        assert not await is_let_in(town, cookie, LAID), f"{name}: fixation"
        assert not before or not await is_let_in(town, cookie, before), f"{name}: what rose goes on under its old name"

        there = await tokens(town)
        assert not given(await step(), cookie), f"{name}: replayed where it was done"
        browser.cookies = copied
        assert not given(await step(), cookie), f"{name}: replayed with everything the browser had before"
        assert await tokens(town) <= there, name


async def test_a_last_step_done_twice_at_once_lets_in_once_and_two_people_at_once_are_two(town: Town) -> None:
    PHONES.clear()
    for name, (cookie, way) in WAYS.items():
        step = await way(town, town.browser())
        there = await tokens(town)
        answers = await asyncio.gather(*(step() for _ in range(4)), return_exceptions=True)
        assert [one for one in answers if isinstance(one, BaseException) or one.status_code >= 500] == [], name
        assert sum(given(one, cookie) for one in answers if isinstance(one, httpx.Response)) == 1, name
        assert len(await tokens(town) - there) == 1, name
    browsers = {one: town.browser() for one in ("hana", "ken", "taro", "fumi")}
    backs = {one: await through_identity_provider(await browsers[one].get("/login/start"), one) for one in browsers}
    await asyncio.gather(*(browsers[one].get(backs[one]) for one in browsers))
    told = [await browser.post("/graphql", json={"query": "{ viewer { name } }"}) for browser in browsers.values()]
    names = [answer.json()["data"]["viewer"]["name"] for answer in told]
    assert names == ["佐藤 はな", "鈴木 健", "高橋 太郎", "田中 ふみ"]
