"""Officials sign in by the staff realm, bound to their ward and roles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bff.identity import staff, staff_log, staff_realms
from tests.login.conftest import Door
from tests.town import through_identity_provider

NOWHERE: Any = None
"""A provider that nobody is sent to in these tests."""


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


async def test_a_wards_provider_speaks_for_no_other_ward(door: Door, tmp_path: Path) -> None:
    """The one realm of the stand-ins says ward=Minato; by the table Minato is another provider's."""
    table = tmp_path / "realms.toml"
    table.write_text('131032 = "staff-minato"')
    realms = staff_realms.read(table, wards=["131032"], providers=["staff-minato"])
    house = replace(door.house, staff_realms=realms, providers={**door.house.providers, "staff-minato": NOWHERE})
    browser = Door(house).browser()
    back = await through_identity_provider(await browser.get("/staff/login/start"), "staff-minato-approver")
    refused = await browser.get(back)
    assert refused.headers["location"] == "/staff?login=other_ward"
    assert "__Host-staff" not in browser.cookies
    there = await browser.get(back.replace("/staff/login/callback", "/staff/login/callback/staff-minato"))
    assert there.headers["location"] == "/staff?login=unknown", "an answer of one provider is never another's"
    assert (await browser.get("/staff/login/callback/staff-else")).status_code == 404


@pytest.mark.parametrize(
    "table", ['131032 = "main"', '131032 = "staff-nobody"', '999999 = "staff-minato"', "131032 = 1", "nonsense"]
)
def test_a_table_of_realms_that_names_what_is_not_there_is_refused(tmp_path: Path, table: str) -> None:
    (tmp_path / "realms.toml").write_text(table)
    with pytest.raises(staff_realms.WrongRealms):
        staff_realms.read(tmp_path / "realms.toml", wards=["131032"], providers=["main", "staff-minato"])


async def test_a_login_stands_in_the_wards_record_and_a_browser_is_new_once(door: Door) -> None:
    browser = door.browser()
    for _ in range(2):
        back = await through_identity_provider(await browser.get("/staff/login/start"), "staff-setagaya-writer")
        await browser.get(back)
    async with door.house.db.ward("131121") as conn:
        acts = [line.act for line in await staff_log.newest(conn, "131121", 9)]
    async with door.house.db.ward("131032") as conn:
        assert await staff_log.newest(conn, "131121", 9) == []
    assert acts == ["login", "login", "new_device"]
