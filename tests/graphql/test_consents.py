"""Logging in is no yes: nobody is asked before she has answered, and her no is felt at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text

from bff.connectors.street import manifests
from bff.consent import grants
from tests.town import Person, Town

CONSENTS = (
    "decidedAt consents { id isOfHome operator keptDays agreedAt endedAt law name { ja } operatorName { ja }"
    " group { id purpose { ja } } tells { easy } without { en } purpose { ja } basis { ja } sends { ja } }"
)
SHOW = f"{{ viewer {{ id consentsDecidedAt consents {{ {CONSENTS} }} }} }}"
DECIDE = (
    "mutation($yes: [ID!]!, $no: [ID!]!) { decideConsents(yes: $yes, no: $no) { __typename"
    f" ... on Consents {{ {CONSENTS} }} ... on FieldsRefused {{ message {{ ja }} fields {{ field code }} }} }} }}"
)
SOURCES = "{ viewer { home { sources { id state asOf why { ja } } } } }"
HOME = {"registry", "childcare", "care", "national", "school", "electricity"}


async def decides(person: Person, yes: list[str], no: list[str]) -> dict[str, Any]:
    return dict((await person.asks(DECIDE, yes=yes, no=no))["decideConsents"])


async def sources(person: Person) -> dict[str, dict[str, Any]]:
    told = (await person.asks(SOURCES))["viewer"]["home"]["sources"]
    return {source["id"]: source for source in told}


async def logged(town: Town, person: Person) -> list[tuple[str, str]]:
    """(source, outcome) of every reading of her data, as the log has it."""
    mine = UUID((await person.asks(SHOW))["viewer"]["id"])
    async with town.house.db.house() as conn:
        rows = await conn.execute(text("SELECT source, outcome FROM exchange_log WHERE resident = :r"), {"r": mine})
        return [(row.source, row.outcome) for row in rows]


async def test_after_her_first_login_everything_is_shown_nothing_is_chosen_and_nobody_was_asked(town: Town) -> None:
    hana = await town.resident("hana", agrees=False)
    shown = (await hana.asks(SHOW))["viewer"]
    assert shown["consentsDecidedAt"] is None
    offered = {one["id"]: one for one in shown["consents"]["consents"]}
    assert set(offered) - {"benefits"} == HOME
    assert all(one["isOfHome"] and one["agreedAt"] is None for one in offered.values())
    for one in offered.values():
        assert all([one["tells"]["easy"], one["without"]["en"], one["purpose"]["ja"], one["law"]]), one["id"]
    assert {one["group"]["id"] for one in offered.values()} == {"household", "children", "care"}, "none in the rest"
    registry = offered["registry"]
    assert (registry["operatorName"]["ja"], registry["keptDays"]) == ("区の戸籍住民課", 30)
    assert [item["ja"] for item in registry["sends"]][1:] == ["氏名", "生年月日", "住所"]
    assert await logged(town, hana) == []


async def test_what_she_agreed_to_fills_home_the_rest_is_not_asked_and_leaves_no_refused_reading(town: Town) -> None:
    hana = await town.resident("hana", agrees=False)
    decided = await decides(hana, ["registry", "school"], sorted(HOME - {"registry", "school"}))
    assert decided["decidedAt"] is not None
    assert {one["id"] for one in decided["consents"] if one["agreedAt"]} == {"registry", "school"}
    heard = await hana.fills_home("settled remaining", anew=True)
    assert {update["settled"] for update in heard} - {"benefits"} == {"registry", "school"}
    stand = await sources(hana)
    assert {id for id, source in stand.items() if source["state"] == "KNOWN"} >= {"registry", "school"}
    for id in HOME - {"registry", "school"}:
        assert (stand[id]["state"], stand[id]["asOf"]) == ("NOT_ASKED", None)
        assert "同意がない" in stand[id]["why"]["ja"]
    assert {source for source, _ in await logged(town, hana) if source} - {"benefits"} == {"registry", "school"}


async def test_who_agrees_to_nothing_has_answered_and_is_not_asked_again_at_the_next_login(town: Town) -> None:
    ken = await town.resident("ken", agrees=False)
    await decides(ken, [], [*sorted(HOME)])
    again = await town.resident("ken", agrees=False)
    shown = (await again.asks(SHOW))["viewer"]
    assert shown["consentsDecidedAt"] is not None
    assert not [one for one in shown["consents"]["consents"] if one["agreedAt"]]
    assert {source["state"] for id, source in (await sources(again)).items() if id in HOME} == {"NOT_ASKED"}


async def test_her_no_drops_what_was_told_at_once_and_her_new_yes_brings_it_back(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    assert (await sources(hana))["registry"]["state"] == "KNOWN"
    stopped = await decides(hana, [], ["registry"])
    registry = next(one for one in stopped["consents"] if one["id"] == "registry")
    assert registry["agreedAt"] is None
    assert registry["endedAt"] is not None
    stand = (await sources(hana))["registry"]
    assert (stand["state"], stand["asOf"]) == ("NOT_ASKED", None)
    await decides(hana, ["registry"], [])
    assert (await sources(hana))["registry"]["state"] == "WAITING"
    await hana.fills_home(anew=False)
    assert (await sources(hana))["registry"]["state"] == "KNOWN"


async def test_what_cannot_be_agreed_to_is_named_and_nothing_is_changed(town: Town) -> None:
    hana = await town.resident("hana", agrees=False)
    refused = await decides(hana, ["school", "flow.move_out_notice", "e_tax"], ["nobody"])
    assert refused["__typename"] == "FieldsRefused"
    assert [field["field"] for field in refused["fields"]] == ["flow.move_out_notice", "e_tax", "nobody"]
    both = await decides(hana, ["school"], ["school"])
    assert [field["field"] for field in both["fields"]] == ["school"]
    many = await decides(hana, [*manifests()] * 3, [])
    assert [field["code"] for field in many["fields"]] == ["too_many"]
    assert (await hana.asks(SHOW))["viewer"]["consentsDecidedAt"] is None


async def test_one_resident_s_answer_is_nothing_to_another(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken", agrees=False)
    mine = UUID((await hana.asks(SHOW))["viewer"]["id"])
    other = UUID((await ken.asks(SHOW))["viewer"]["id"])
    async with town.house.db.resident(other) as conn:
        assert (await conn.execute(text("SELECT count(*) FROM consents_answered"))).scalar_one() == 0
        assert await grants.granted(conn, mine) == {}
