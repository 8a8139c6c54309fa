"""Her page of records, through the GraphQL door: asked on her yes, shown with its time, dropped on her no."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from bff.connectors.street import manifests
from bff.consent import grants
from bff.exchange import switches
from bff.exchange.switches import EVERYWHERE
from bff.facts import store
from bff.identity.residents import resident_of
from bff.records.asking import CONSENT_TEXT, MOST_AT_ONCE
from life_events import Text
from notifications import address_book
from tests.town import Outside, Person, Town

LINES = "lines { label { ja } values { kind text word { ja } } }"
RECORD = (
    "id state asOf silentSince stoppedAt agreedAt isAskedWithHome operator name { ja } operatorName { ja } law"
    f" confidence isPublic note {{ ja }} link why {{ ja }} sends {{ ja }} onlyFor {{ ja }}"
    " shut { ja } outage { ends text { ja } } basis { ja } purpose { ja }"
    f" content {{ {LINES} groups {{ label {{ ja }} entries {{ {LINES} }} }} }}"
)
RECORDS = f"{{ viewer {{ records {{ mostAtOnce records {{ {RECORD} }} }} }} }}"
REFUSED = "... on FieldsRefused { message { ja } fields { field code } }"
ASK = (
    f"mutation($s: [ID!]!) {{ askRecords(sources: $s) {{ __typename ... on Records {{ records {{ {RECORD} }} }}"
    f" {REFUSED} }} }}"
)
STOP = (
    f"mutation($s: ID!) {{ stopAskingRecords(source: $s) {{ __typename ... on Records {{ records {{ {RECORD} }} }}"
    f" {REFUSED} }} }}"
)
HEAR = f"subscription($s: [ID!]!) {{ recordsRefreshed(sources: $s) {{ remaining record {{ {RECORD} }} }} }}"
LOOKED = (
    "{ viewer { readings { nodes { source sourceName { ja } operatorName { ja } law purpose { ja } basis { ja } } } } }"
)


async def records(person: Person) -> dict[str, dict[str, Any]]:
    """By source."""
    told = (await person.asks(RECORDS))["viewer"]["records"]["records"]
    return {record["id"]: record for record in told}


async def says_yes(person: Person, *sources: str) -> dict[str, Any]:
    return dict((await person.asks(ASK, s=list(sources)))["askRecords"])


async def stops(person: Person, source: str) -> dict[str, Any]:
    return dict((await person.asks(STOP, s=source))["stopAskingRecords"])


async def hears(person: Person, *sources: str) -> list[dict[str, Any]]:
    """Every update, or the errors, as they come."""
    answer = await person.browser.post(
        "/graphql",
        json={
            "query": HEAR,
            "variables": {"s": list(sources)},
        },
        headers={"Accept": "text/event-stream"},
    )
    events = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: {")]
    return [event["errors"][0] if event.get("errors") else event["data"]["recordsRefreshed"] for event in events]


async def test_every_body_stands_on_her_page_and_none_has_been_asked_without_her_yes(town: Town) -> None:
    hana = await town.resident("hana")
    told = await records(hana)
    wanted = {id for id, one in manifests().items() if one.exposure not in ("act",) and id != "benefits"}
    assert set(told) == wanted
    seal = told["seal"]
    assert (seal["state"], seal["asOf"], seal["agreedAt"]) == ("NOT_YET", None, None)
    assert seal["operator"] == "WARD"
    assert [one["ja"] for one in seal["sends"]][1:] == ["氏名", "生年月日", "住所"]
    assert "印鑑条例" in seal["law"]
    assert seal["note"]["ja"]
    assert seal["isPublic"] is False
    assert told["registry"]["state"] == "WAITING"
    assert told["registry"]["isAskedWithHome"] is True
    assert (told["e_tax"]["state"], told["e_tax"]["onlyFor"]) == ("NOT_CONNECTED", [])
    assert told["e_tax"]["link"].startswith("https://")
    network = told["information_network"]
    assert (network["state"], network["link"]) == ("NOT_CONNECTED", None)
    assert "番号法19条8号" in network["onlyFor"][0]["ja"]
    asked = (await hana.asks("{ viewer { readings { nodes { source } } } }"))["viewer"]["readings"]["nodes"]
    assert asked == []


async def test_on_her_yes_the_seal_register_is_asked_and_its_answer_shown_with_its_time(town: Town) -> None:
    ken = await town.resident("ken")
    assert (await says_yes(ken, "seal"))["__typename"] == "Records"
    assert (await records(ken))["seal"]["state"] == "WAITING"
    (update,) = await hears(ken, "seal")
    assert update["remaining"] == 0
    seal = (await records(ken))["seal"]
    assert seal == update["record"]
    assert seal["state"] == "KNOWN"
    assert seal["asOf"]
    assert seal["content"]["lines"][0] == {
        "label": {"ja": "状態"},
        "values": [{"kind": "WORD", "text": "registered", "word": {"ja": "登録済み"}}],
    }
    assert seal["content"]["lines"][2]["values"][0]["text"] == "131121-0045123"


async def test_her_yes_names_its_purpose_and_wording_and_is_on_the_page_of_who_looked(town: Town) -> None:
    ken = await town.resident("ken")
    await says_yes(ken, "seal")
    await hears(ken, "seal")
    async with town.house.db.house() as conn:
        me = await resident_of(conn, await _id(ken), town.house.keys)
        grant = (await grants.granted(conn, me.id))["seal"]
    assert (grant.purpose, grant.text_version) == ("records", CONSENT_TEXT)
    looked = await ken.asks(LOOKED)
    (reading,) = looked["viewer"]["readings"]["nodes"]
    assert reading["sourceName"]["ja"] == "印鑑登録"
    assert reading["operatorName"]["ja"] == "区の戸籍住民課"
    assert reading["purpose"]["ja"] == "ご本人の記録をご本人にお示しするため"
    assert "同意" in reading["basis"]["ja"]
    assert "印鑑条例" in reading["law"]


async def test_children_are_called_by_name_in_the_records_of_home(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    childcare = (await records(hana))["childcare"]
    allowance = next(one for one in childcare["content"]["groups"] if one["label"]["ja"] == "児童手当")
    assert allowance["entries"][0]["lines"][0]["values"][0]["text"] == "佐藤 そら"
    assert allowance["entries"][0]["lines"][1]["values"][0]["kind"] == "MONTH"


async def test_a_register_that_falls_silent_keeps_what_it_told_and_hides_nobody_else(
    town: Town, outside: Outside
) -> None:
    ken = await town.resident("ken")
    await says_yes(ken, "seal", "electricity")
    await hears(ken, "seal", "electricity")
    before = (await records(ken))["seal"]
    await outside.mode("seal", "error")
    updates = await hears(ken, "seal", "electricity")
    assert sorted(update["record"]["id"] for update in updates) == ["electricity", "seal"]
    assert [update["remaining"] for update in updates] == [1, 0]
    told = await records(ken)
    assert told["electricity"]["state"] == "KNOWN"
    assert told["seal"]["state"] == "GAP"
    assert told["seal"]["silentSince"]
    assert "後ほど" not in told["seal"]["why"]["ja"]  # nobody asks it again but she
    assert (told["seal"]["asOf"], told["seal"]["content"]) == (before["asOf"], before["content"])


async def test_on_her_no_everything_of_it_is_gone_at_once_and_her_new_yes_begins_anew(
    town: Town, outside: Outside
) -> None:
    ken = await town.resident("ken")
    await says_yes(ken, "seal")
    await hears(ken, "seal")
    assert (await stops(ken, "seal"))["__typename"] == "Records"
    seal = (await records(ken))["seal"]
    assert (seal["state"], seal["asOf"], seal["content"]) == ("STOPPED", None, {"lines": [], "groups": []})
    assert seal["stoppedAt"]
    async with town.house.db.house() as conn:
        me = await resident_of(conn, await _id(ken), town.house.keys)
        seal = (await store.kept(conn, me))["seal"]
    assert (seal.told, seal.gap) == (None, None)
    (update,) = await hears(ken, "seal")
    assert update["record"]["state"] == "STOPPED", "a subscription alone is no yes"
    assert len((await ken.asks("{ viewer { readings { nodes { id } } } }"))["viewer"]["readings"]["nodes"]) == 1
    await outside.mode("seal", "error")
    await says_yes(ken, "seal")
    await hears(ken, "seal")
    assert (await records(ken))["seal"]["asOf"] is None
    await outside.mode("seal", "ok")
    await hears(ken, "seal")
    assert (await records(ken))["seal"]["state"] == "KNOWN"


async def test_her_no_to_a_source_of_home_is_heard_at_home_and_in_the_mail_room(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    async with town.house.db.house() as conn:
        known = await address_book.contact_of(conn, await _id(hana))
    assert known
    assert len(known.children_births) == 2
    await stops(hana, "registry")
    home = await hana.asks("{ viewer { home { sources { id state asOf why { ja } } } } }")
    (registry,) = [one for one in home["viewer"]["home"]["sources"] if one["id"] == "registry"]
    assert (registry["state"], registry["asOf"]) == ("NOT_ASKED", None), "home waits for nothing that will not come"
    assert "同意がない" in registry["why"]["ja"]
    assert "「照会への同意」" in registry["why"]["ja"], "and it says where she can start it again"
    await hana.fills_home()
    assert (await records(hana))["registry"]["state"] == "STOPPED"
    async with town.house.db.house() as conn:
        known = await address_book.contact_of(conn, await _id(hana))
    assert known
    assert not known.children_births
    await says_yes(hana, "registry")
    assert (await records(hana))["registry"]["state"] == "WAITING"
    await hears(hana, "registry")
    assert (await records(hana))["registry"]["state"] == "KNOWN"


async def test_whom_nobody_can_ask_is_refused_by_name_and_nobody_is_asked(town: Town) -> None:
    ken = await town.resident("ken")
    for wrong, code in (
        (["seal", "moon"], "unknown_source"),
        (["counter"], "unknown_source"),
        ([], "none"),
        (["seal"] * (MOST_AT_ONCE + 1), "too_many"),
    ):
        refused = await says_yes(ken, *wrong)
        assert refused["__typename"] == "FieldsRefused"
        assert {field["code"] for field in refused["fields"]} == {code}
        assert refused["message"]["ja"]
        (error,) = await hears(ken, *wrong)
        assert "内部" not in error["message"]
    assert (await says_yes(ken, "seal", "moon"))["fields"] == [{"field": "moon", "code": "unknown_source"}]
    assert (await stops(ken, "moon"))["fields"] == [{"field": "moon", "code": "unknown_source"}]
    assert (await records(ken))["seal"]["state"] == "NOT_YET"


async def test_someone_without_a_ward_is_told_that_wards_cannot_be_asked(town: Town) -> None:
    declines = await town.resident("declines")
    told = await records(declines)
    assert told["seal"]["state"] == "NOT_ASKED"
    assert told["seal"]["why"]["ja"]


async def test_a_thumb_that_taps_twice_does_not_make_a_body_answer_twice(town: Town) -> None:
    patient = Town(replace(town.settings, refresh_rests=60.0))
    try:
        ken = await patient.resident("ken")
        await says_yes(ken, "seal")
        await hears(ken, "seal")
        (again,) = await hears(ken, "seal")
        assert (again["record"]["state"], again["remaining"]) == ("KNOWN", 0)
        assert len((await ken.asks("{ viewer { readings { nodes { id } } } }"))["viewer"]["readings"]["nodes"]) == 1
    finally:
        await patient.close()


async def test_a_register_that_is_shut_says_so_before_anybody_presses(town: Town) -> None:
    ken, now = await town.resident("ken"), town.house.clock()
    work = Text("工事中です。", "なおして います。", "Being repaired.")
    by = switches.By(uuid4(), "森")
    async with town.house.db.house() as conn:
        await switches.switch_off(conn, "seal", EVERYWHERE, by=by, reason="障害", now=now)
        ends = now + timedelta(hours=2)
        await switches.plan_outage(
            conn, "electricity", EVERYWHERE, begins=now + timedelta(hours=1), ends=ends, text=work, by=by, now=now
        )
    told = await records(ken)
    assert "停止しています" in told["seal"]["shut"]["ja"]
    assert told["electricity"]["shut"] is None
    assert told["electricity"]["outage"]["text"]["ja"] == "工事中です。"
    assert told["care"]["outage"] is None


async def test_ken_s_page_tells_nothing_of_hana_and_his_no_leaves_hers(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    await says_yes(hana, "seal")
    await hears(hana, "seal")
    before = await records(hana)
    await stops(ken, "seal")
    assert "佐藤" not in str(await records(ken))
    assert await records(hana) == before


async def _id(person: Person) -> UUID:
    return UUID((await person.asks("{ viewer { id } }"))["viewer"]["id"])


@pytest.mark.parametrize("persona", ["hana", "lan"])
async def test_every_body_that_is_asked_tells_its_records_or_that_it_has_none(town: Town, persona: str) -> None:
    person = await town.resident(persona)
    askable = [id for id, one in (await records(person)).items() if one["state"] in ("NOT_YET", "WAITING")]
    for start in range(0, len(askable), MOST_AT_ONCE):
        some = askable[start : start + MOST_AT_ONCE]
        await says_yes(person, *some)
        assert len(await hears(person, *some)) == len(some)
    told = await records(person)
    assert {id: told[id]["why"] for id in askable if told[id]["state"] not in ("KNOWN", "NO_RECORD")} == {}
    known = [told[id] for id in askable if told[id]["state"] == "KNOWN"]
    assert len(known) >= 10
    assert all(one["content"]["lines"] or one["content"]["groups"] for one in known)
