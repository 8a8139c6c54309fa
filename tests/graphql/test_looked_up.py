"""What she had looked up on her page of records stands with the step of her move that speaks of it, until her no."""

from __future__ import annotations

from datetime import timedelta

from tests.connectors.conftest import HER_ADDRESS
from tests.connectors.today import TODAY
from tests.graphql.test_records import hears, says_yes, stops
from tests.town import Person, Town

KNOWN = (
    "{ viewer { home { bundles { steps { id known { source sourceName { ja } value { ja } asOf } }"
    " more { id known { source sourceName { ja } value { ja } asOf } } } } } }"
)


async def found(person: Person) -> list[tuple[str, str]]:
    """Who told what, beside herself, of the step for water."""
    bundles = (await person.asks(KNOWN))["viewer"]["home"]["bundles"]
    steps = [step for bundle in bundles for step in (*bundle["steps"], *bundle["more"]) if step["id"] == "water"]
    assert steps
    return [(fact["sourceName"]["ja"], fact["value"]["ja"]) for fact in steps[0]["known"] if fact["source"] != "self"]


async def test_hanas_water_contract_stands_with_the_step_of_her_move_until_she_says_no(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    await hana.answers("moving", True)
    await hana.answers("move_date", (TODAY + timedelta(days=10)).isoformat())
    await hana.answers("move_to", "131121")
    assert await found(hana) == []
    assert (await says_yes(hana, "water"))["__typename"] == "Records"
    await hears(hana, "water")
    assert await found(hana) == [("水道の契約", HER_ADDRESS), ("水道の契約", "13-0001-2210")]
    await stops(hana, "water")
    assert await found(hana) == []
