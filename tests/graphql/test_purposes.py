"""Judging is one purpose and filling in forms another: each has its own yes, and its own no."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text

from tests.graphql.test_applications import written
from tests.graphql.test_consents import HOME, decides
from tests.town import Person, Town

FILLINGS = "{ viewer { consents { consents { id agreedAt filling { id agreedAt purpose { ja } } } } } }"
FORM = (
    "{ viewer { home { bundles { steps { id state form { heldBack"
    " sections { fields { prefill { source } } } } } } } } }"
)
STEP = "child_allowance_change"


async def fillings(person: Person) -> dict[str, bool]:
    """By the source that may fill in: whether it does."""
    told = (await person.asks(FILLINGS))["viewer"]["consents"]["consents"]
    return {one["id"]: bool(one["filling"]["agreedAt"]) for one in told if one["filling"]}


async def form_of(person: Person, start: str = STEP) -> tuple[set[str], list[str], str]:
    """The sources it is filled in from, those held back, and how the step stands."""
    steps = [
        step
        for bundle in (await person.asks(FORM))["viewer"]["home"]["bundles"]
        for step in bundle["steps"]
        if step["id"].startswith(start)
    ]
    fields = [field for section in steps[0]["form"]["sections"] for field in section["fields"]]
    told = {field["prefill"]["source"] for field in fields if field["prefill"]}
    return told, steps[0]["form"]["heldBack"], steps[0]["state"]


async def test_who_agrees_to_the_reading_alone_is_judged_by_it_and_fills_in_her_forms_herself(town: Town) -> None:
    hana = await town.resident("hana", agrees=False)
    await decides(hana, sorted(HOME), [])
    which = ("registry", "care", "childcare", "national", "school")
    assert await fillings(hana) == dict.fromkeys(which, False)
    await hana.fills_home()
    told, held_back, state = await form_of(hana)
    assert "registry" not in told
    assert held_back == ["registry"]

    await decides(hana, ["registry:prefill"], [])
    assert await form_of(hana) == (told | {"registry"}, [], state)
    stands = await readings_of(town, hana)
    await decides(hana, [], ["registry:prefill"])
    assert await form_of(hana) == (told, ["registry"], state)
    assert await readings_of(town, hana) == stands, "filling in reads nothing"


async def test_what_she_writes_herself_in_a_form_that_is_not_filled_in_is_taken(town: Town) -> None:
    hana = await town.resident("hana", agrees=False)
    await decides(hana, sorted(HOME), [])
    await hana.fills_home()
    step = await hana.step(STEP)
    answers: dict[str, Any] = {}
    for field in (one for section in step["form"]["sections"] for one in section["fields"]):
        assert not field["prefill"]
        hidden = field["showIf"] and answers.get(field["showIf"]["field"]) != field["showIf"]["equals"]
        if field["required"] and not hidden:
            made = written(field, step["form"]["schema"]["properties"][field["id"]])
            answers[field["id"]] = made or "2026-11-01"
    assert (await hana.sends(step, answers))["__typename"] == "Application"


async def test_a_no_to_the_source_ends_the_filling_in_and_a_new_yes_does_not_bring_it_back(town: Town) -> None:
    hana = await town.resident("hana")
    assert all((await fillings(hana)).values())
    await decides(hana, [], ["registry"])
    assert not (await fillings(hana))["registry"]
    await decides(hana, ["registry"], [])
    assert not (await fillings(hana))["registry"]
    await decides(hana, ["registry:prefill"], [])
    assert (await fillings(hana))["registry"]


async def test_filling_in_cannot_be_agreed_to_without_the_source_nor_where_nothing_is_filled_in(town: Town) -> None:
    hana = await town.resident("hana", agrees=False)
    for yes, no in (
        (["registry:prefill"], []),
        (["electricity", "electricity:prefill"], []),
        (["registry:prefill"], ["registry"]),
        (["registry", "registry:prefill"], ["registry:prefill"]),
        (["seal", "seal:prefill"], []),
    ):
        refused = await decides(hana, yes, no)
        assert refused["__typename"] == "FieldsRefused", yes
    assert not any((await fillings(hana)).values())


async def test_one_s_yes_fills_in_no_form_of_another(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken", agrees=False)
    await decides(ken, sorted(HOME), [])
    assert not any((await fillings(ken)).values())
    await decides(ken, [], ["registry:prefill"])
    assert all((await fillings(hana)).values())


async def readings_of(town: Town, person: Person) -> int:
    mine = UUID((await person.asks("{ viewer { id } }"))["viewer"]["id"])
    async with town.house.db.house() as conn:
        rows = await conn.execute(text("SELECT count(*) FROM exchange_log WHERE resident = :r"), {"r": mine})
        return int(rows.scalar_one())
