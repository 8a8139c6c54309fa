"""Which role may do what: every route of the officials' door, walked with every role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from litestar.handlers import HTTPRouteHandler
from litestar.router import Router
from sqlalchemy import text

from bff.identity import acts
from bff.identity.roles import ROLES
from bff.staff import routes, words
from bff.staff.visit import ACT, EVERYBODY
from tests.staff.desk import MINATO, Desk, Official, Page, TenLineHouse

OPEN = {"/handover", "/handover/words.json", "/handover-worker.js"}
NOTHING = "0b8c5f9e-0000-4000-8000-000000000000"
REFUSED = "の役割を持つ職員だけです"


def handlers(house: TenLineHouse) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """(method, path under /staff, handler) of every route that asks for a login."""
    (door,) = (one for one in routes(house) if isinstance(one, Router))
    for route in door.routes:
        for handler in {id(one): one for one in route.route_handlers}.values():
            assert isinstance(handler, HTTPRouteHandler)
            for method in sorted({str(one) for one in handler.http_methods} - {"HEAD", "OPTIONS"}):
                yield method, route.path.removeprefix("/staff") or "/", handler


def address(path: str) -> str:
    """`path` with something in each of its holes that is no official's, no ward's."""
    filled = re.sub(r"\{\w+:int\}", "1", path)
    filled = filled.replace("/services/{service:str}", "/services/minato.registry")
    return "/staff" + re.sub(r"\{\w+:\w+\}", NOTHING, filled).rstrip("/")


def test_every_route_names_its_act_and_what_names_none_is_for_everybody(desk: Desk) -> None:
    walked = list(handlers(desk.house))
    assert len(walked) > 25
    named = {handler.opt.get(ACT, "no act") for _, _, handler in walked}
    assert named - {EVERYBODY} <= set(acts.shipped().table)
    assert {path for _, path, one in walked if one.opt.get(ACT) == EVERYBODY} <= OPEN


def test_every_act_has_a_name_that_an_official_reads() -> None:
    assert not [act for act in acts.shipped().table if not words.knows("act", act)]


BY_WHAT_IS_SENT = {("POST", "/admin/banners/new"): "banners_put"}
"""A banner of the ward's, as the form is when nothing was chosen; one for all wards is another act."""


async def test_each_role_is_allowed_and_refused_as_the_table_says(desk: Desk) -> None:
    """A refused one gets a page that says whose work it is, and the refusal stays in the ward's record."""
    refused = 0
    for role in ROLES:
        official = await desk.official(f"職員{role}", MINATO, role, school="芝浜小学校" if role == "school" else "")
        for method, path, handler in handlers(desk.house):
            act = BY_WHAT_IS_SENT.get((method, path.removeprefix("/staff")), handler.opt[ACT])
            if act == EVERYBODY:
                continue
            page = await asks(official, method, address(path))
            may = role in acts.shipped().table[act].roles
            assert desk.defects == []
            assert (REFUSED not in page.text) is may, (role, method, path, page.status, page.text[:200])
            assert may or page.status == 403, (role, method, path)
            refused += not may
    async with desk.house.db.ward(MINATO) as conn:
        rows = (await conn.execute(text("SELECT count(*) FROM staff_log WHERE outcome = 'refused'"))).scalar_one()
    assert rows == refused > 50
    assert desk.defects == []


async def asks(official: Official, method: str, path: str) -> Page:
    if method == "GET":
        return await official.opens(path)
    return await official.sends(path, {"note": "", "key": str(uuid4())})


async def test_nobody_goes_on_without_a_second_factor(desk: Desk) -> None:
    desk.house.asks_passkey = True
    half = await desk.official("渡辺", MINATO, "editor", rose=False)
    page = await half.opens("/staff/broadcasts/new")
    assert (page.status, page.goes_to) == (303, "/staff/passkey?to=%2Fstaff%2Fbroadcasts%2Fnew")
    assert (await half.opens("/staff")).goes_to.startswith("/staff/passkey")


@pytest.mark.parametrize(
    "table",
    ["", "[broadcasts_read]\nroles = ['editor']", "[broadcasts_read]\nroles = ['mayor']", "roles = 1"],
)
def test_a_table_of_acts_that_is_not_whole_is_refused(tmp_path, table: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "acts.toml").write_text(table)
    with pytest.raises(acts.WrongActs):
        acts.read(tmp_path / "acts.toml")


def test_a_copy_of_our_own_table_is_accepted(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "acts.toml").write_text(acts.ACTS.read_text("utf-8"))
    assert acts.read(tmp_path / "acts.toml") == acts.shipped()


@pytest.mark.parametrize(
    ("act", "refused"),
    [
        ("broadcasts_ask", "what goes to many is approved by a second person"),
        ("guardians_confirm", "a legal guardian is confirmed by a second person"),
    ],
)
def test_no_table_lets_one_person_send_to_many_or_make_a_guardian(tmp_path, act: str, refused: str) -> None:  # type: ignore[no-untyped-def]
    shipped = acts.ACTS.read_text("utf-8")
    alone, changed = re.subn(rf"(?m)^(\[{act}\]\nroles = .+\n)others = .+\n", r"\1", shipped)
    assert changed == 1
    (tmp_path / "acts.toml").write_text(alone)
    with pytest.raises(acts.WrongActs, match=refused):
        acts.read(tmp_path / "acts.toml")
