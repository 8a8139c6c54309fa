"""A ward tells where an application stands; it reaches her as if it had been asked for, and leaves a record."""

from __future__ import annotations

import hashlib

import pytest

from tests.inlet.ward import MINATO, OWN, SETAGAYA, Ward, incoming, sent_by_hana
from tests.town import Person, Town

READINGS = "{ viewer { readings(first: 50) { nodes { incoming source sourceName { ja easy en } outcome { ja } } } } }"


async def stands(hana: Person) -> tuple[str, str | None]:
    data = await hana.asks("{ viewer { applications { nodes { state history { note } } } } }")
    one = data["viewer"]["applications"]["nodes"][0]
    return one["state"], one["history"][-1]["note"]


async def returned(hana: Person) -> list[tuple[str, str]]:
    """What is sent back, as her form marks it: field and reason."""
    data = await hana.asks("{ viewer { applications { nodes { standing { returned { field why { ja } } } } } } }")
    fields = data["viewer"]["applications"]["nodes"][0]["standing"]["returned"]
    return [(one["field"], one["why"]["ja"]) for one in fields]


async def test_hana_sees_what_her_ward_told_and_that_it_told_it(town: Town) -> None:
    hana, receipt = await sent_by_hana(town)
    back = [{"field": "claimant_name", "message": "戸籍の字をご記入ください。"}]
    told = await Ward(town).says(receipt, "sent_back", "続柄を直してください。", fields=back)
    assert (told.status_code, told.json()["news"]) == (200, True)
    assert await stands(hana) == ("SENT_BACK", "続柄を直してください。")
    assert await returned(hana) == [("claimant_name", "戸籍の字をご記入ください。")]
    number = [{"field": "claimant_name", "message": "123456789018"}]
    for state, fields in (("sent_back", number), ("checking", back), ("sent_back", [{"field": "x"}])):
        assert (await Ward(town).says(receipt, state, fields=fields)).status_code == 422
    data = await hana.asks(READINGS)
    newest = data["viewer"]["readings"]["nodes"][0]
    assert newest["incoming"]
    assert newest["sourceName"]["ja"] == "港区からの連絡（申請の状況）"
    assert newest["outcome"]["ja"] == "受け取りました"
    inbox = await hana.asks("{ viewer { inbox { nodes { kind body { ja } } } } }")
    assert "続柄を直してください。" in inbox["viewer"]["inbox"]["nodes"][0]["body"]["ja"]


async def test_the_record_says_who_asked_for_what_and_how_it_went(town: Town) -> None:
    _, receipt = await sent_by_hana(town)
    ward = Ward(town)
    told = await ward.says(receipt, "checking", x_road_id="TOKYO23-one", x_road_service=f"{OWN}/applications")
    (row,) = await incoming(town)
    shown = {name: row[name] for name in ("caller", "user_id", "given_id", "issue", "service", "purpose", "basis")}
    assert shown == {
        "caller": f"TOKYO23/GOV/{MINATO}/counter",
        "user_id": "JP-desk7",
        "given_id": "TOKYO23-one",
        "issue": "case-12",
        "service": f"{OWN}/applications",
        "purpose": "application",
        "basis": "application",
    }
    assert (row["outcome"], row["status"]) == ("answered", 200)
    assert row["answer_digest"] == hashlib.sha512(told.content).digest()


async def test_the_same_word_twice_is_told_once(town: Town) -> None:
    hana, receipt = await sent_by_hana(town)
    assert (await Ward(town).says(receipt, "checking")).json()["news"]
    assert not (await Ward(town).says(receipt, "checking")).json()["news"]
    assert len((await hana.asks("{ viewer { inbox { nodes { id } } } }"))["viewer"]["inbox"]["nodes"]) == 1
    assert len(await incoming(town)) == 2


async def test_what_was_decided_stays_decided(town: Town) -> None:
    hana, receipt = await sent_by_hana(town)
    await Ward(town).says(receipt, "decided")
    late = await Ward(town).says(receipt, "checking")
    assert (late.status_code, late.json()["code"]) == (409, "settled")
    assert (await stands(hana))[0] == "DECIDED"


async def test_another_ward_hears_of_no_application_and_hana_sees_that_it_tried(town: Town) -> None:
    hana, receipt = await sent_by_hana(town)
    other = await Ward(town, SETAGAYA).says(receipt, "decided")
    unknown = await Ward(town, SETAGAYA).says("KM-131121-20260101-999999", "decided")
    assert (other.status_code, other.json()) == (404, unknown.json())
    assert (await stands(hana))[0] == "QUEUED"
    newest = (await hana.asks(READINGS))["viewer"]["readings"]["nodes"][0]
    assert newest["sourceName"]["ja"].startswith("世田谷区")
    assert newest["outcome"]["ja"].startswith("受け取りませんでした")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"state": "perhaps"}, "state"),
        ({"state": "checking", "note": "番号は123456789018です"}, "note"),
        ({"state": "checking", "note": "a\u0000b"}, "note"),
        ({"state": "checking", "more": 1}, "$"),
        (b"{", "$"),
        (b"\xff\xfe", "$"),
        ([[[[]]]], "$"),
    ],
)
async def test_what_is_not_in_order_is_refused_with_the_field(town: Town, said: object, field: str) -> None:
    hana, receipt = await sent_by_hana(town)
    told = await Ward(town).calls("POST", f"/applications/{receipt}/status", said)
    assert (told.status_code, told.json()["fields"][0]["field"]) == (422, field), told.text
    assert (await stands(hana))[0] == "QUEUED"
    assert [row["outcome"] for row in await incoming(town)] == ["refused"]
