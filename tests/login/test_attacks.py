"""What an evil provider, or somebody between it and us, may try; and that each try ends in a refusal and a row."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from joserfc.jwk import ECKey
from sqlalchemy import text

from bff.identity.oidc import RelyingParty
from bff.identity.providers import Provider
from life_events import Text
from tests.login.attacks import ATTACKS, RSA
from tests.login.conftest import Door
from tests.login.evil import CLIENT, ISSUER, Evil
from tests.town import Outside, Town, built, settle

CARD = Provider(
    issuer=ISSUER,
    client_id=CLIENT,
    scope="openid name",
    name=Text(ja="悪", easy="わるい", en="evil"),
    at_hash_required=True,
    patience=0.3,
)


class EvilDoor(Door):
    """The login door whose card provider is the evil one of the moment."""

    def meets(self, evil: Evil) -> None:
        party = RelyingParty(
            httpx.AsyncClient(transport=httpx.ASGITransport(evil)),  # type: ignore[arg-type]
            CARD,
            self.house.client_keys,
            redirect_uri=f"{Town.ORIGIN}/login/callback",
            clock=self.house.clock,
            new_token=self.house.new_token,
            https_only=True,
        )
        self.providers["card"] = party

    def __init__(self, house: object, providers: dict[str, RelyingParty]) -> None:
        super().__init__(house)  # type: ignore[arg-type]
        self.providers = providers

    async def returns(self, evil: Evil, browser: httpx.AsyncClient) -> httpx.Response:
        """How a login ends, at the door or back from the provider."""
        self.meets(evil)
        left = await browser.get("/login/start")
        if not left.headers.get("location", "").startswith(ISSUER):
            return left
        return await browser.get(evil.sends_back(left.headers["location"]))

    async def log(self) -> list[tuple[str, str]]:
        async with self.house.db.house() as conn:
            rows = await conn.execute(text("SELECT outcome, coalesce(detail, '') FROM login_log ORDER BY id"))
            return [(row[0], row[1]) for row in rows]

    async def sessions(self) -> int:
        async with self.house.db.house() as conn:
            return int((await conn.execute(text("SELECT count(*) FROM sessions"))).scalar_one())


@pytest.fixture
async def door(database_url: str, outside: Outside, keys: Path, tmp_path: Path) -> AsyncIterator[EvilDoor]:
    house = built(settle(database_url, outside, keys, tmp_path, LIMITS_FACTOR="1000"))
    providers = dict(house.providers)
    yield EvilDoor(replace(house, providers=providers), providers)
    await house.close()


async def test_every_attack_is_refused_with_a_sentence_and_a_row(door: EvilDoor) -> None:
    wrong = []
    for attack in ATTACKS:
        browser = door.browser()
        back = await door.returns(attack.evil, browser)
        outcome, detail = (await door.log())[-1]
        told = back.headers.get("location", str(back.status_code))
        if (told, outcome) != (f"/?login={attack.code}", attack.code) or attack.row not in detail:
            wrong.append((attack.name, told, outcome, detail))
    assert wrong == []
    assert len(await door.log()) == len(ATTACKS), "a row each"
    assert await door.sessions() == 0
    written = str(await door.log())
    assert not [marker for marker in ("佐藤", "123456789018", "k1' OR") if marker in written]


async def test_the_same_provider_lets_hana_in_when_it_tells_no_lie(door: EvilDoor) -> None:
    for honest in (
        Evil(),
        Evil(key=RSA, algorithm="RS256", keys=[RSA.as_dict(private=False)]),
        Evil({"aud": [CLIENT]}),
    ):
        assert (await door.returns(honest, door.browser())).headers["location"] == "/"
    assert await door.log() == [("came", "")] * 3


async def test_of_many_returns_with_one_state_one_is_heard(door: EvilDoor) -> None:
    evil, browser = Evil(), door.browser()
    door.meets(evil)
    back = evil.sends_back((await browser.get("/login/start")).headers["location"])
    cookies = dict(browser.cookies)
    answers = await asyncio.gather(*(door.browser().get(back, cookies=cookies) for _ in range(6)))
    assert sorted(answer.headers["location"] for answer in answers) == ["/", *["/?login=unknown"] * 5]
    assert (evil.asked["token"], await door.sessions()) == (1, 1)


async def test_a_session_planted_in_her_browser_is_not_the_one_she_gets(door: EvilDoor) -> None:
    attacker, hana = door.browser(), door.browser()
    await door.returns(Evil({"sub": "ken"}, userinfo={"sub": "ken"}), attacker)
    planted = attacker.cookies["__Host-session"]
    hana.cookies.set("__Host-session", planted, domain="kurashimado.test")
    back = await door.returns(Evil(), hana)
    given = back.headers.get_list("set-cookie")[0].partition(";")[0].removeprefix("__Host-session=")
    assert given != planted
    assert await door.house.who(planted) is None, "his token opens nothing any more"
    made_up = door.browser()
    made_up.cookies.set("__Host-session", "A" * 43, domain="kurashimado.test")
    await door.returns(Evil(), made_up)
    assert await door.house.who("A" * 43) is None


async def test_the_return_of_one_provider_is_not_taken_at_anothers_door(door: EvilDoor) -> None:
    """Mix-up: each provider has a callback of its own, and a state belongs to one of them."""
    evil, browser = Evil(), door.browser()
    door.meets(evil)
    door.providers["other"] = door.providers["staff"]
    back = evil.sends_back((await browser.get("/login/start")).headers["location"])
    crossed = await browser.get(back.replace("/login/callback", "/login/callback/other"))
    assert crossed.headers["location"] == "/?login=unknown"
    assert evil.asked["token"] == 0


async def test_tokens_with_unknown_keys_do_not_make_us_hammer_the_provider(door: EvilDoor) -> None:
    evil = Evil(key=ECKey.generate_key("P-256"), header={"kid": "k2"})
    await door.returns(evil, door.browser())
    party = door.providers["card"]
    for _ in range(20):
        evil.used.clear()
        browser = door.browser()
        left = await browser.get("/login/start")
        assert door.providers["card"] is party
        assert (await browser.get(evil.sends_back(left.headers["location"]))).headers["location"] == "/?login=untrusted"
    assert evil.asked["jwks"] <= 1 + 3
    assert evil.asked["openid-configuration"] == 1
