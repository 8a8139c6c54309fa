"""Residents log in by card through the real stand-in, and log out again."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import text

from bff import told
from bff.exchange.silence import Why
from bff.facts import store
from bff.identity.residents import Resident
from notifications import address_book
from tests.login.conftest import Door
from tests.town import Outside, through_identity_provider


async def outcomes(door: Door) -> list[str]:
    async with door.house.db.house() as conn:
        return [row.outcome for row in await conn.execute(text("SELECT outcome FROM login_log ORDER BY id"))]


async def count(door: Door, table: str) -> int:
    async with door.house.db.house() as conn:
        return int((await conn.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one())


async def resident_of(door: Door, browser: httpx.AsyncClient) -> Resident | None:
    visitor = await door.house.who(browser.cookies["__Host-session"])
    return visitor.resident if visitor else None


async def test_hana_logs_in_and_is_brought_where_she_wanted_to_go(door: Door) -> None:
    browser = door.browser()
    back = await through_identity_provider(await browser.get("/login/start", params={"to": "/inbox?open=1"}), "hana")
    arrived = await browser.get(back)
    assert (arrived.status_code, arrived.headers["location"]) == (302, "/inbox?open=1")
    session, device, under_way = arrived.headers.get_list("set-cookie")
    assert device.startswith("__Host-device=")
    assert session.startswith("__Host-session=")
    assert session.endswith("; Secure; HttpOnly; SameSite=Lax; Path=/")
    assert under_way == "__Host-login=; Max-Age=0; Secure; HttpOnly; SameSite=Lax; Path=/"
    assert arrived.headers["cache-control"] == "no-store"
    resident = await resident_of(door, browser)
    assert resident is not None
    assert (resident.basics.name, resident.ward) == ("佐藤 はな", "131032")
    assert await outcomes(door) == ["came"]


async def test_no_token_of_the_provider_reaches_browser_or_database(door: Door) -> None:
    browser = door.browser()
    start = await browser.get("/login/start")
    arrived = await browser.get(await through_identity_provider(start, "hana"))
    assert "eyJ" not in repr(arrived.headers) + arrived.text
    async with door.house.db.house() as conn:
        for table in ("residents", "sessions", "login_log", "login_attempts"):
            rows = (await conn.execute(text(f"SELECT row_to_json(t)::text FROM {table} t"))).scalars()
            assert all("eyJ" not in row and "佐藤" not in row for row in rows)


async def test_hana_comes_again_as_the_same_person_with_a_new_session(door: Door) -> None:
    hana = await door.logs_in("hana")
    first = hana.cookies["__Host-session"]
    await hana.get(await through_identity_provider(await hana.get("/login/start"), "hana"))
    second = hana.cookies["__Host-session"]
    assert first != second
    assert await door.house.who(first) is None
    assert await door.house.who(second) is not None
    assert (await count(door, "residents"), await count(door, "sessions")) == (1, 1)


@pytest.mark.parametrize(
    ("persona", "code"), [("cancel", "cancelled"), ("locked", "locked"), ("expired", "card_ended")]
)
async def test_a_login_that_is_broken_off_is_said_plainly(door: Door, persona: str, code: str) -> None:
    browser = door.browser()
    arrived = await browser.get(await through_identity_provider(await browser.get("/login/start"), persona))
    assert arrived.headers["location"] == f"/?login={code}"
    assert "__Host-session" not in browser.cookies
    assert await outcomes(door) == [code]


async def test_someone_who_declines_her_attributes_is_let_in_without_them(door: Door) -> None:
    person = await door.logs_in("declines")
    resident = await resident_of(door, person)
    assert resident is not None
    assert (resident.basics.given, resident.ward) == (False, None)


async def test_someone_from_outside_has_no_ward(door: Door) -> None:
    person = await door.logs_in("outside")
    resident = await resident_of(door, person)
    assert resident is not None
    assert (resident.basics.name, resident.ward) == ("山本 外", None)


async def test_a_state_is_used_up_by_its_first_return(door: Door) -> None:
    browser = door.browser()
    back = await through_identity_provider(await browser.get("/login/start"), "hana")
    await browser.get(back)
    again = await browser.get(back)
    assert again.headers["location"] == "/?login=unknown"
    assert await outcomes(door) == ["came", "unknown"]


async def test_a_login_begun_in_another_browser_lets_nobody_in(door: Door) -> None:
    back = await through_identity_provider(await door.browser().get("/login/start"), "hana")
    victim = door.browser()
    assert (await victim.get(back)).headers["location"] == "/handed-over"
    await victim.get("/login/start")
    assert (await victim.get(back)).headers["location"] == "/?login=unknown"
    assert await count(door, "sessions") == 0


async def test_a_login_left_lying_for_ten_minutes_is_refused(door: Door) -> None:
    browser = door.browser()
    back = await through_identity_provider(await browser.get("/login/start"), "hana")
    async with door.house.db.house() as conn:
        await conn.execute(text("UPDATE login_attempts SET made_at = made_at - interval '601 seconds'"))
    assert (await browser.get(back)).headers["location"] == "/?login=expired"


async def test_an_answer_in_another_issuers_name_is_refused(door: Door) -> None:
    browser = door.browser()
    back = await through_identity_provider(await browser.get("/login/start"), "hana")
    arrived = await browser.get(f"{back}&iss=https://other.example")
    assert arrived.headers["location"] == "/?login=untrusted"


@pytest.mark.parametrize(("mode", "code"), [("error", "unavailable"), ("garbage", "untrusted")])
async def test_a_provider_that_fails_is_no_error_page(door: Door, outside: Outside, mode: str, code: str) -> None:
    browser = door.browser()
    back = await through_identity_provider(await browser.get("/login/start"), "hana")
    await outside.mode("identity", mode)
    assert (await browser.get(back)).headers["location"] == f"/?login={code}"
    assert await outcomes(door) == [code]


async def test_what_a_browser_says_of_the_provider_is_no_failure_of_the_house(door: Door, outside: Outside) -> None:
    """Or a stranger with the address of the callback could have /status say that nobody can log in."""
    browser = door.browser()
    sent_back = await through_identity_provider(await browser.get("/login/start"), "cancel")
    sent_back = sent_back.replace("error=access_denied", "error=server_error")
    with told.under_way(told.Told("1")) as heard:
        assert (await browser.get(sent_back)).headers["location"] == "/?login=unavailable"
    assert not heard.has_failed
    back = await through_identity_provider(await browser.get("/login/start"), "hana")
    await outside.mode("identity", "error")
    with told.under_way(told.Told("2")) as found:
        assert (await browser.get(back)).headers["location"] == "/?login=unavailable"
    assert found.has_failed


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/a//evil.example",
        "javascript:alert(1)",
        "/\tevil",
        "/a\r\nset-cookie: x=y",
        "inbox",
        "/" + "a" * 600,
    ],
)
async def test_a_login_never_ends_on_another_site(door: Door, to: str) -> None:
    await door.browser().get("/login/start", params={"to": to})
    async with door.house.db.house() as conn:
        assert (await conn.execute(text("SELECT to_path FROM login_attempts"))).scalars().all() == ["/"]


@pytest.mark.parametrize(("seconds", "to"), [(85, "/"), (-85, "/"), (120, "/?login=untrusted")])
async def test_a_provider_whose_clock_is_wrong_by_a_little_lets_her_in(
    door: Door, outside: Outside, seconds: int, to: str
) -> None:
    async with httpx.AsyncClient(base_url=outside.origin) as provider:
        try:
            (await provider.post("/_identity/skew", json={"seconds": seconds})).raise_for_status()
            browser = door.browser()
            back = await through_identity_provider(await browser.get("/login/start"), "hana")
            assert (await browser.get(back)).headers["location"] == to
        finally:
            await provider.post("/_identity/skew", json={"seconds": 0})


async def test_each_login_begins_with_fresh_secrets(door: Door) -> None:
    browser = door.browser()
    queries = [parse_qs(urlsplit((await browser.get("/login/start")).headers["location"]).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert queries[0][name] != queries[1][name]
    assert queries[0]["code_challenge_method"] == ["S256"]
    assert queries[0]["response_type"] == ["code"]


async def test_logout_ends_the_session_and_clears_the_cache(door: Door) -> None:
    hana = await door.logs_in("hana")
    token = hana.cookies["__Host-session"]
    left = await hana.post("/login/out")
    assert left.status_code == 204
    assert left.headers["clear-site-data"] == '"cache"'
    assert left.headers["set-cookie"] == "__Host-session=; Max-Age=0; Secure; HttpOnly; SameSite=Lax; Path=/"
    assert await door.house.who(token) is None
    assert await outcomes(door) == ["came", "left"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 204),
    ],
)
async def test_another_site_cannot_log_hana_out(door: Door, headers: dict[str, str], status: int) -> None:
    hana = await door.logs_in("hana")
    token = hana.cookies["__Host-session"]
    assert (await hana.post("/login/out", headers=headers)).status_code == status
    assert (await door.house.who(token) is None) is (status == 204)


async def test_the_provider_finds_our_public_key_and_nothing_private(door: Door) -> None:
    answer: httpx.Response = await door.browser().get("/login/keys")
    (key,) = answer.json()["keys"]
    assert (key["kty"], key["alg"], "d" in key) == ("EC", "ES256", False)


async def test_a_session_ends_after_an_hour_of_nothing(door: Door) -> None:
    hana = await door.logs_in("hana")
    async with door.house.db.house() as conn:
        await conn.execute(text("UPDATE sessions SET seen_at = seen_at - :idle"), {"idle": timedelta(minutes=61)})
    assert await door.house.who(hana.cookies["__Host-session"]) is None


async def test_a_login_that_tells_another_ward_drops_what_the_old_ward_told(door: Door) -> None:
    hana = await door.logs_in("hana")
    me = await resident_of(door, hana)
    assert me is not None
    async with door.house.db.house() as conn:
        for source in ("registry", "seal", "benefits", "national"):
            await store.settle_silent(conn, me.id, store.Gap(source, Why.TIMEOUT, door.house.clock()))
    await door.logs_in("hana")
    async with door.house.db.house() as conn:
        assert set(await store.asked_at(conn, me.id)) == {"registry", "seal", "benefits", "national"}
        await conn.execute(text("UPDATE residents SET ward = '131113'"))  # she lived in Ota until now
    await door.logs_in("hana")
    async with door.house.db.house() as conn:
        assert set(await store.asked_at(conn, me.id)) == {"national"}
        known = await address_book.contact_of(conn, me.id)
    assert known is not None
    assert known.ward == "131032"
