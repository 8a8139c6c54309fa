"""A login that ends in another browser than it began in: a code is shown there, and only who began may use it."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from sqlalchemy import text

from tests.login.conftest import Door
from tests.login.test_residents import count, outcomes, resident_of
from tests.town import through_identity_provider


async def elsewhere(door: Door, app: httpx.AsyncClient, persona: str = "hana", start: str = "/login/start") -> str:
    """`persona` begins in `app` and ends in the phone's own browser: the code that is shown there."""
    other = door.browser()
    arrived = await other.get(await through_identity_provider(await app.get(start), persona))
    assert (arrived.status_code, arrived.headers["location"]) == (302, "/handed-over")
    assert "__Host-session" not in other.cookies
    shown = (await other.get("/login/handed-over")).json()
    return str(shown["code"])


async def claims(app: httpx.AsyncClient, code: str) -> dict[str, str]:
    answer: dict[str, str] = (await app.post("/login/claim", json={"code": code})).json()
    return answer


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


async def test_hana_types_the_code_into_the_app_she_began_in(door: Door) -> None:
    app = door.browser()
    assert (await app.get("/login/waiting")).json() == {"waiting": False}
    code = await elsewhere(door, app, start="/login/start?to=/inbox")
    assert (await app.get("/login/waiting")).json() == {"waiting": True}
    assert await claims(app, code) == {"to": "/inbox"}
    hana = await resident_of(door, app)
    assert hana is not None
    assert hana.basics.name == "佐藤 はな"
    assert await outcomes(door) == ["waits", "came"]
    assert await claims(app, code) == {"refused": "code_late"}, "a code is used once"


async def test_who_began_it_for_her_gets_in_only_with_the_code_she_was_shown(door: Door) -> None:
    """An attacker's link that she finished with her own card: without her code it is worth nothing."""
    attacker = door.browser()
    code = await elsewhere(door, attacker, "hana")
    for _ in range(4):
        assert await claims(attacker, another(code)) == {"refused": "code_wrong"}
    assert await claims(attacker, another(code)) == {"refused": "code_spent"}
    last = await attacker.post("/login/claim", json={"code": code})
    assert last.json()["refused"] in ("code_late", "too_many")
    assert ("retry-after" in last.headers) == (last.json()["refused"] == "too_many"), "when she may go on"
    assert (await count(door, "sessions"), await count(door, "residents")) == (0, 0)
    assert (await outcomes(door))[:6] == ["waits", *["code_wrong"] * 4, "code_spent"]


async def test_she_cannot_be_logged_in_as_somebody_else_by_his_code(door: Door) -> None:
    """Login CSRF: his login, his code, her browser, which began another one or none."""
    attacker, victim = door.browser(), door.browser()
    code = await elsewhere(door, attacker, "ken")
    assert await claims(victim, code) == {"refused": "code_late"}
    await victim.get("/login/start")
    assert await claims(victim, code) == {"refused": "code_late"}
    assert "__Host-session" not in victim.cookies


async def test_one_guess_counts_against_everything_that_waits(door: Door) -> None:
    attacker = door.browser()
    codes = [await elsewhere(door, attacker, persona) for persona in ("hana", "ken")]
    wrong = next(f"{n:06}" for n in range(3) if f"{n:06}" not in codes)
    await claims(attacker, wrong)
    async with door.house.db.house() as conn:
        assert (await conn.scalars(text("SELECT tries FROM login_handovers"))).all() == [1, 1]


async def test_of_two_claims_at_once_one_wins(door: Door) -> None:
    app = door.browser()
    code = await elsewhere(door, app)
    answers = await asyncio.gather(*(claims(app, code) for _ in range(4)))
    assert sorted(map(str, answers)) == sorted(map(str, [{"to": "/"}, *[{"refused": "code_late"}] * 3]))
    assert await count(door, "sessions") == 1


async def test_a_code_is_gone_after_five_minutes(door: Door) -> None:
    app = door.browser()
    code = await elsewhere(door, app)
    async with door.house.db.house() as conn:
        await conn.execute(text("UPDATE login_handovers SET made_at = made_at - interval '301 seconds'"))
    assert (await app.get("/login/waiting")).json() == {"waiting": False}
    assert await claims(app, code) == {"refused": "code_late"}


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}])
async def test_another_site_claims_nothing(door: Door, headers: dict[str, str]) -> None:
    app = door.browser()
    code = await elsewhere(door, app)
    assert (await app.post("/login/claim", json={"code": code}, headers=headers)).status_code == 403
    assert await claims(app, code) == {"to": "/"}


async def test_nothing_of_her_lies_open_while_it_waits(door: Door) -> None:
    app = door.browser()
    code = await elsewhere(door, app)
    async with door.house.db.house() as conn:
        (row,) = (await conn.execute(text("SELECT row_to_json(t)::text FROM login_handovers t"))).scalars()
    assert "佐藤" not in row
    assert code not in row.split('"sealed"')[1].split(",")[0]


async def test_a_step_up_in_another_browser_ends_in_the_session_it_began_in(door: Door) -> None:
    hana = await door.logs_in("hana")
    code = await elsewhere(door, hana, start="/login/start?purpose=step_up&to=/step/x")
    assert await claims(hana, code) == {"to": "/step/x"}
    code = await elsewhere(door, hana, "ken", start="/login/start?purpose=step_up&to=/step/x")
    assert await claims(hana, code) == {"refused": "other_person"}
    assert (await outcomes(door))[-1] == "other_person"


async def test_a_step_up_gives_a_new_session_and_is_hers_or_nobodys(door: Door) -> None:
    hana = await door.logs_in("hana")
    first = hana.cookies["__Host-session"]
    to = {"purpose": "step_up", "to": "/step/x?at=2"}
    back = await hana.get(await through_identity_provider(await hana.get("/login/start", params=to), "ken"))
    assert back.headers["location"] == "/step/x?at=2&login=other_person"
    assert await door.house.who(first) is not None
    back = await hana.get(await through_identity_provider(await hana.get("/login/start", params=to), "hana"))
    assert back.headers["location"] == "/step/x?at=2"
    assert hana.cookies["__Host-session"] != first
    assert await door.house.who(first) is None


async def test_a_step_up_whose_session_has_ended_meanwhile_is_refused(door: Door) -> None:
    hana = await door.logs_in("hana")
    start = await hana.get("/login/start", params={"purpose": "step_up", "to": "/step/x"})
    back = await through_identity_provider(start, "hana")
    await hana.post("/login/out")
    assert (await hana.get(back)).headers["location"] == "/step/x?login=signed_out"
    assert (await outcomes(door))[-1] == "signed_out"
