"""An application taken back: what was not sent stays here, a ward that has it is told, and what it decided stands."""

from __future__ import annotations

from typing import Any

import httpx

from tests.graphql.test_applications import newborn
from tests.town import Outside, Person, Town

WITHDRAW = (
    "mutation($id: ID!) { withdrawApplication(id: $id) { __typename ... on Application { state history { state note } }"
    " ... on Refusal { message { ja } } } }"
)
MINE = (
    "{ viewer { applications { nodes { id state wardNumber history { state note } } }"
    " inbox { nodes { title { ja } } } } }"
)


async def withdraws(person: Person, id: str) -> dict[str, Any]:
    return dict((await person.asks(WITHDRAW, id=id))["withdrawApplication"])


async def mine(person: Person) -> dict[str, Any]:
    viewer = (await person.asks(MINE))["viewer"]
    return {one["id"]: one for one in viewer["applications"]["nodes"]} | {"inbox": viewer["inbox"]["nodes"]}


async def test_hana_takes_it_back_before_and_after_the_ward_has_it(town: Town, outside: Outside) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    first = await hana.sends(step, answers)
    assert (await withdraws(hana, first["id"]))["state"] == "WITHDRAWN"
    await town.promises_are_kept()
    told = (await mine(hana))[first["id"]]
    assert (told["wardNumber"], [line["state"] for line in told["history"]]) == (None, ["QUEUED", "WITHDRAWN"])
    assert (await mine(hana))["inbox"][0]["title"]["ja"] == "「児童手当の額の変更」の状況：取下げ"
    assert (await withdraws(hana, first["id"]))["__typename"] == "Application", "the phone asks again"

    second = await hana.sends(await hana.step("child_allowance_change"), answers)
    await town.promises_are_kept()
    number = (await mine(hana))[second["id"]]["wardNumber"]
    await withdraws(hana, second["id"])
    await town.promises_are_kept()
    assert await _at_the_ward(outside, number) == "withdrawn"

    third = await hana.sends(await hana.step("child_allowance_change"), answers)
    await town.promises_are_kept()
    await outside.ward_moves((await mine(hana))[third["id"]]["wardNumber"], "decided", "認定しました")
    await withdraws(hana, third["id"])
    await town.promises_are_kept()
    late = (await mine(hana))[third["id"]]
    assert (late["state"], late["history"][-1]["note"]) == (
        "DECIDED",
        "取下げが届く前に、区の処理が終わっていました。認定しました",
    )
    refused = await withdraws(hana, third["id"])
    assert (refused["__typename"], refused["message"]["ja"][:6]) == ("StepClosed", "すでに処理が")


async def _at_the_ward(outside: Outside, number: str) -> str:
    async with httpx.AsyncClient(base_url=outside.origin) as http:
        told = (await http.get("/_ward", headers={"Accept": "application/json"})).json()
    return str(next(one["state"] for one in told if one["number"] == number))
