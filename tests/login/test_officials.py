"""Officials sign in by the staff realm, bound to their ward and roles."""

from __future__ import annotations

import pytest

from bff.identity import staff
from tests.login.conftest import Door
from tests.town import through_identity_provider


async def test_an_official_signs_in_with_ward_and_role(door: Door) -> None:
    arrived = await door.signs_in("staff-minato-writer")
    assert (arrived.status_code, arrived.headers["location"]) == (302, "/staff")
    session = arrived.headers.get_list("set-cookie")[0]
    assert session.startswith("__Host-staff=")
    assert session.endswith("; Secure; HttpOnly; SameSite=Lax; Path=/")
    token = session.removeprefix("__Host-staff=").partition(";")[0]
    async with door.house.db.house() as conn:
        at_work = await staff.look_up(conn, token, now=door.house.clock(), lifetimes=door.house.staff_lifetimes)
    assert at_work is not None
    official = at_work.official
    assert (official.ward, official.roles, official.name) == ("131032", {"editor"}, "渡辺 明")


async def test_a_residents_session_opens_nothing_for_staff(door: Door) -> None:
    hana = await door.logs_in("hana")
    async with door.house.db.house() as conn:
        token = hana.cookies["__Host-session"]
        assert await staff.look_up(conn, token, now=door.house.clock(), lifetimes=door.house.staff_lifetimes) is None


async def test_a_staff_login_cannot_be_ended_at_the_residents_door(door: Door) -> None:
    browser = door.browser()
    back = await through_identity_provider(await browser.get("/staff/login/start"), "staff-minato-writer")
    crossed = await browser.get(back.replace("/staff/login/callback", "/login/callback"))
    assert crossed.headers["location"] == "/?login=unknown"
    assert "__Host-session" not in browser.cookies


@pytest.mark.parametrize(
    ("to", "end"), [("/staff/broadcasts", "/staff/broadcasts"), ("/inbox", "/staff"), ("//x", "/staff")]
)
async def test_a_staff_login_ends_in_the_staff_room(door: Door, to: str, end: str) -> None:
    browser = door.browser()
    start = await browser.get("/staff/login/start", params={"to": to})
    arrived = await browser.get(await through_identity_provider(start, "staff-setagaya-approver"))
    assert arrived.headers["location"] == end


async def test_an_official_signs_out(door: Door) -> None:
    browser = door.browser()
    back = await through_identity_provider(await browser.get("/staff/login/start"), "staff-minato-approver")
    await browser.get(back)
    token = browser.cookies["__Host-staff"]
    left = await browser.post("/staff/login/out")
    assert (left.status_code, left.headers["location"]) == (303, "/staff")
    async with door.house.db.house() as conn:
        assert await staff.look_up(conn, token, now=door.house.clock(), lifetimes=door.house.staff_lifetimes) is None
