"""The ward's counter: accepted once, moved by the clock or by an official's hand."""

import uuid

import httpx
import pytest

from tests.sandbox.city import CALLER, HANA, City

BROWSER = {"Accept": "text/html"}
COUNTER = "GOV/131032/counter/applications"


def filing(**changes: object) -> dict[str, object]:
    return {
        "key": str(uuid.uuid4()),
        "procedure": "child_allowance_claim",
        "version": "1",
        "subject": HANA,
        "answers": {"bank": "みなと銀行", "children": ["m-1004"]},
        "completed_at": "2026-11-24T10:00:00+09:00",
        "receipt_number": "KM-0001",
    } | changes


async def hands_in(city: City, content: dict[str, object]) -> httpx.Response:
    return await city.asks(f"{COUNTER}/", content)


async def state(city: City, number: str) -> dict[str, str]:
    answer = await city.http.get(f"/r1/TOKYO23/{COUNTER}/{number}", headers=CALLER)
    assert answer.status_code == 200
    told: dict[str, str] = answer.json()
    return told


async def test_the_same_key_again_is_the_same_application(city: City) -> None:
    content = filing()
    first, again = await hands_in(city, content), await hands_in(city, content)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["number"] == again.json()["number"] == "131032-2026-000001"
    assert first.json()["state"] == "received"
    assert (await hands_in(city, filing())).json()["number"] == "131032-2026-000002"


async def test_a_key_does_not_open_another_persons_application(city: City) -> None:
    content = filing()
    await hands_in(city, content)
    other = content | {"procedure": "moving_out_notice"}
    assert (await hands_in(city, other)).status_code == 409


async def test_states_move_by_themselves(city: City) -> None:
    number = (await hands_in(city, filing())).json()["number"]
    assert (await state(city, number))["state"] == "received"
    city.waits(16)
    assert (await state(city, number))["state"] == "checking"
    city.waits(15)
    decided = await state(city, number)
    assert (decided["state"], decided["at"]) == ("decided", "2026-11-24T01:00:30Z")


async def test_an_official_moves_it_by_hand_and_it_stays_there(city: City) -> None:
    number = (await hands_in(city, filing())).json()["number"]
    move = {"state": "sent_back", "note": "口座の名義を確かめてください"}
    moved = await city.http.post(f"/_ward/applications/{number}", json=move)
    assert moved.status_code == 200
    city.waits(600)
    now = await state(city, number)
    assert (now["state"], now["note"]) == ("sent_back", "口座の名義を確かめてください")


async def test_the_wards_page_lists_and_moves_by_form(city: City) -> None:
    number = (await hands_in(city, filing(answers={"memo": "<script>alert(1)</script>"}))).json()["number"]
    page = (await city.http.get("/_ward", headers=BROWSER)).text
    assert number in page
    assert "<script>" not in page
    moved = await city.http.post(
        f"/_ward/applications/{number}", data={"state": "rejected", "note": ""}, headers=BROWSER
    )
    assert (moved.status_code, moved.headers["location"]) == (303, "/_ward")
    listed = (await city.http.get("/_ward", headers={"Accept": "application/json"})).json()
    assert [(one["number"], one["state"], one["note"]) for one in listed] == [(number, "rejected", None)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"key": "not-a-uuid"}, "key"),
        ({"completed_at": "yesterday"}, "completed_at"),
        ({"completed_at": "2026-11-24T10:00:00"}, "completed_at"),
        ({"answers": ["x"]}, "answers"),
        ({"procedure": " "}, "procedure"),
        ({"subject": {"id": "pair-1"}}, "subject"),
        ({"extra": 1}, "$"),
    ],
)
async def test_a_wrong_filing_is_explained_and_nothing_is_kept(
    city: City, changes: dict[str, object], field: str
) -> None:
    answer = await hands_in(city, filing(**changes))
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid"
    assert answer.json()["fields"][0]["field"] == field
    assert (await city.http.get("/_ward", headers={"Accept": "application/json"})).json() == []


async def test_somebody_else_hears_nothing_of_it(city: City) -> None:
    number = (await hands_in(city, filing())).json()["number"]
    other = CALLER | {"X-Road-UserId": "JP-pair-2"}
    assert (await city.http.get(f"/r1/TOKYO23/{COUNTER}/{number}", headers=other)).status_code == 404


async def test_unknown_numbers_and_states_are_refused(city: City) -> None:
    move = {"state": "decided"}
    assert (await city.http.post("/_ward/applications/131032-2026-000009", json=move)).status_code == 404
    assert (await city.http.post("/_ward/applications/x", json={"state": "lost"})).status_code == 422
