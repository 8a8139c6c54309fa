"""/staff/exchanges: who may, begins a flow; how far each ward is can be seen, stopped and tried again."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from bff.exchange.ways.flow import flows
from bff.home.flows import Begin
from tests.house.test_flows import door, goes_on
from tests.inlet.ward import SETAGAYA
from tests.operators import commanded
from tests.staff.desk import Official
from tests.town import Outside, Town

OPERATOR, EDITOR = "staff-minato-operator", "staff-minato-writer"
CATALOGUE = "/staff/exchanges/catalogue_to_wards/begin"


@pytest.fixture
async def mori(town: Town) -> Official:
    """港区, who runs the services."""
    return Official(await town.official(OPERATOR))


async def run_of(mori: Official) -> str:
    page = await mori.opens("/staff/exchanges")
    return re.findall(r'href="(/staff/exchanges/runs/[0-9a-f-]+)"', page.html)[0]


async def test_an_operator_begins_a_distribution_once_however_often_the_button_is_pressed(
    town: Town, mori: Official
) -> None:
    page = await mori.opens("/staff/exchanges")
    assert "手続きカタログの版の配布" in page.text
    for _ in range(2):
        begun = await mori.sends(CATALOGUE, {"key": page.value("key")})
        assert (begun.status, begun.goes_to) == (303, "/staff/exchanges?done=flow_begun")
    page = await mori.opens("/staff/exchanges")
    assert len(set(re.findall(r"/staff/exchanges/runs/[0-9a-f-]+", page.html))) == 1
    run = await run_of(mori)
    assert "待ち 23" in (await mori.opens(run)).at("run-state")
    await goes_on(town)
    page = await mori.opens(run)
    assert page.at("run-state") == "完了（完了 23・待ち 0・未達 0）"
    assert (await mori.opens(f"{run}/rows")).status == 286


async def test_what_failed_is_named_and_tried_again_by_a_button(town: Town, mori: Official, outside: Outside) -> None:
    await door(outside, SETAGAYA, is_open=False)
    try:
        await mori.sends(CATALOGUE, {"key": str(uuid4())})
        await goes_on(town, 9)
        run = await run_of(mori)
        page = await mori.opens(run)
        assert "未達" in page.at(f"to-out-{SETAGAYA}")
        told = page.at(f"to-out-{SETAGAYA}")
        assert "つながりません" in told or "応答のない状態" in told
        assert page.offers("未達の相手にもう一度送る")
        assert (await mori.sends(f"{run}/again", {})).goes_to == f"{run}?done=flow_again"
        assert "待ち 1" in (await mori.opens(run)).at("run-state")
        assert (await mori.sends(f"{run}/stop", {})).status == 303
        assert (await mori.opens(run)).at("run-state").startswith("停止")
    finally:
        await door(outside, SETAGAYA, is_open=True)


async def test_who_has_no_right_begins_nothing_and_another_ward_sees_nothing(town: Town, mori: Official) -> None:
    watanabe = Official(await town.official(EDITOR))
    page = await watanabe.opens("/staff/exchanges")
    assert not page.offers("「手続きカタログの版の配布」を始める")
    assert (await watanabe.sends(CATALOGUE, {"key": str(uuid4())})).status == 403
    await mori.sends(CATALOGUE, {"key": str(uuid4())})
    run = await run_of(mori)
    assert (await watanabe.opens(run)).status == 200
    assert (await watanabe.sends(f"{run}/stop", {})).status == 403
    abroad = Official(await town.official("staff-setagaya-writer"))
    assert (await abroad.opens(run)).status == 404
    assert (await abroad.sends(f"{run}/stop", {})).status == 404
    for path in ("/staff/exchanges/none/begin", "/staff/exchanges/runs/x/stop"):
        assert (await mori.sends(path, {"key": str(uuid4())})).status == 404
    assert (await mori.sends(CATALOGUE, {"key": "x"})).status == 404


async def test_what_comes_round_by_itself_is_of_no_ward_and_no_ward_acts_on_it(town: Town, mori: Official) -> None:
    wish = Begin(uuid4(), "2026-11", "timer", None)
    async with town.house.db.house() as conn:
        assert await town.house.begin_flow(conn, flows()["applications_waiting"], wish)
    run = f"/staff/exchanges/runs/{wish.id}"
    assert (await mori.opens(run)).status == 200
    for act in ("stop", "again"):
        assert (await mori.sends(f"{run}/{act}", {})).status == 403


async def test_a_custom_flow_without_ground_says_why(mori: Official) -> None:
    path = "/staff/exchanges/move_handover/begin"
    page = await mori.sends(path, {"key": str(uuid4()), "receipt": "KM-131032-20260101-000001"})
    assert page.status == 422
    assert "この受付番号の申請は、この区にないか" in page.text


def test_an_operator_lists_begins_and_follows_by_command(town: Town) -> None:
    environment = {
        "DATABASE_URL": town.settings.database_url,
        "KURASHIMADO_VAR": str(town.settings.oidc_keys.parent),
    }

    def flow(*arguments: str, alone: bool = False) -> str:
        told = commanded(environment, "flow", *arguments, alone=alone)
        return told.stdout + told.stderr

    assert "catalogue_to_wards: distribute, by_hand" in flow("list", alone=True)
    assert flow("status").strip() == "no run yet"
    assert flow("run", "catalogue_to_wards", "--key", "1").startswith("begun: ")
    assert flow("run", "catalogue_to_wards", "--key", "1").startswith("has begun")
    assert "under way: waiting 23" in flow("status")
    assert "no_such_application" in flow("run", "move_handover", "--receipt", "x")
