"""Hana compares two wards, agrees to a sheet for the counter, and gets it signed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.handover.reading import claims_of, header_of, scanned
from tests.town import Person, Town

SETAGAYA = "131121"
DIFFERENCE = (
    "query($to: ID!, $on: Date, $people: [ID!]) { viewer { difference(toWard: $to, movesOn: $on, people: $people) {"
    " toWard planned leaving { ja } to { ja } people { id name birthDate }"
    " changes { id order kind phase at procedure subject { id name } name { ja easy en } because { ja easy en }"
    " onlyIf { ja } office { ja } opens lastDay daysLeft late { ja } law confidence }"
    " papers { id at changes name { ja } } spared { name { ja } why { ja } }"
    " handover { contents minutes planned leavingName { ja } ward { code } household { code name { ja } }"
    " people { name birthDate items { code name { ja } } } } } } }"
)
MAKE = (
    "mutation($input: HandoverInput!) { makeHandover(input: $input) { __typename"
    " ... on Handover { token madeAt expiresAt path side ward { code } }"
    " ... on FieldsRefused { fields { field code message { ja } } } ... on Refusal { message { ja } } } }"
)


async def compares(person: Person, to: str = SETAGAYA, **more: Any) -> dict[str, Any] | None:
    found: dict[str, Any] | None = (await person.asks(DIFFERENCE, to=to, **more))["viewer"]["difference"]
    return found


async def agreed(person: Person, on: date, **changes: Any) -> dict[str, Any]:
    """The input for the sheet she has just been shown."""
    found = await compares(person, on=str(on))
    assert found is not None
    people = [one["id"] for one in found["people"]]
    contents = found["handover"]["contents"]
    return {"toWard": SETAGAYA, "movesOn": str(on), "people": people, "contents": contents, **changes}


@pytest.fixture
async def hana(town: Town) -> Person:
    person = await town.resident("hana")
    await person.fills_home()
    return person


def moving_day(town: Town) -> date:
    return town.house.today() + timedelta(days=20)


async def test_hana_sees_for_each_of_her_family_what_a_move_changes(town: Town, hana: Person) -> None:
    on = moving_day(town)
    found = await compares(hana, on=str(on))
    assert found is not None
    assert (found["toWard"], found["planned"]) == (SETAGAYA, str(on))
    assert found["to"]["ja"] == "世田谷区"
    kinds = {change["kind"] for change in found["changes"]}
    assert kinds == {"STOPS", "STARTS", "ISSUED_ANEW", "LAPSES", "CARRIES_OVER"}
    allowance = next(one for one in found["changes"] if one["id"].startswith("child_allowance:starts"))
    assert allowance["lastDay"] == str(on + timedelta(days=15))
    assert allowance["daysLeft"] == 35
    assert [one["order"] for one in found["changes"]] == list(range(1, len(found["changes"]) + 1))
    assert found["papers"]


async def test_the_day_is_the_one_she_answered_when_none_is_given(town: Town, hana: Person) -> None:
    assert await compares(hana) is None
    on = moving_day(town)
    await hana.answers("move_date", str(on))
    found = await compares(hana)
    assert found is not None
    assert found["planned"] == str(on)


@pytest.mark.parametrize("to", ["", "other", "999999", "131121 ", "__class__"])
async def test_to_a_place_that_is_none_there_is_nothing_to_compare(town: Town, hana: Person, to: str) -> None:
    assert await compares(hana, to, on=str(moving_day(town))) is None


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
async def test_a_day_in_another_age_is_no_move(hana: Person, on: str) -> None:
    assert await compares(hana, on=on) is None


async def test_the_days_of_a_move_that_are_taken_are_told_and_one_outside_is_not_compared(
    town: Town, hana: Person
) -> None:
    told = (await hana.asks("{ service { movesFrom movesTo } }"))["service"]
    first, last = date.fromisoformat(told["movesFrom"]), date.fromisoformat(told["movesTo"])
    assert first < town.house.today() < last
    for day, taken in ((first, True), (first - timedelta(days=1), False), (last, True), (last + timedelta(1), False)):
        assert (await compares(hana, on=str(day)) is not None) is taken, day


async def test_hana_gets_the_sheet_she_agreed_to_and_another_reader_reads_it(town: Town, hana: Person) -> None:
    on = moving_day(town)
    data = await hana.asks(MAKE, input=await agreed(hana, on))
    made = data["makeHandover"]
    assert made["__typename"] == "Handover"
    token = scanned(made["path"], made["side"])
    assert token == made["token"]
    jwks = (await town.browser().get("/.well-known/handover-jwks.json")).json()
    claims = claims_of(token, jwks)
    assert claims is not None
    shown = await compares(hana, on=str(on))
    assert shown is not None
    assert [person[0] for person in claims["who"]] == [one["name"] for one in shown["handover"]["people"]]
    assert claims["aud"] == SETAGAYA
    assert claims["iss"] == Town.ORIGIN
    assert header_of(token)["alg"] == "ES256"


async def test_a_sheet_that_differs_from_what_she_saw_is_not_signed(town: Town, hana: Person) -> None:
    asked = await agreed(hana, moving_day(town))
    later = str(moving_day(town) + timedelta(days=1))
    for change in ({"contents": "0" * 64}, {"movesOn": later}, {"people": asked["people"][:1]}):
        made = (await hana.asks(MAKE, input={**asked, **change}))["makeHandover"]
        assert made["__typename"] == "FieldsRefused"
        assert made["fields"][0]["code"] == "changed"


async def test_no_two_sheets_carry_the_same_number(town: Town, hana: Person) -> None:
    asked = await agreed(hana, moving_day(town))
    tokens = [(await hana.asks(MAKE, input=asked))["makeHandover"]["token"] for _ in range(3)]
    jwks = (await town.browser().get("/.well-known/handover-jwks.json")).json()
    numbers = {(claims_of(token, jwks) or {})["jti"] for token in tokens}
    assert len(numbers) == 3


async def test_out_of_the_wards_no_sheet_is_made(town: Town, hana: Person) -> None:
    asked = await agreed(hana, moving_day(town), toWard="beyond")
    made = (await hana.asks(MAKE, input=asked))["makeHandover"]
    assert made["__typename"] == "NotFound"
    found = await compares(hana, "beyond", on=str(moving_day(town)))
    assert found is not None
    assert found["handover"] is None
