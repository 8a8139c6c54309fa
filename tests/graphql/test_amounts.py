"""How much a step brings, as a resident gets it: with the true reckoner, with a broken one, and with none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bff.facts import store
from bff.identity.residents import resident_of
from life_events.benefits import Benefits
from tests.town import Outside, Person, Town, settle

AMOUNTS = (
    "{ viewer { home { sources { state } bundles { steps { id procedure subject { name }"
    " amount { yen per toldBy law asOf text { ja easy en } } } } } } }"
)


HINATA = "child_allowance_change:m-1004"
"""Her newborn; an elder brother is paid for already, so the amount is changed."""


@pytest.fixture
async def reckoned(
    database_url: str, outside: Outside, openfisca: str, keys: Path, tmp_path: Path
) -> AsyncIterator[Town]:
    """A town with the true OpenFisca-Japan."""
    await outside.everything_answers()
    built = Town(settle(database_url, outside, keys, tmp_path, BENEFITS_URL=openfisca))
    yield built
    await built.close()


@pytest.fixture
async def mimicked(database_url: str, outside: Outside, keys: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose reckoner is the stand-in, which can be made to fail."""
    await outside.everything_answers()
    built = Town(settle(database_url, outside, keys, tmp_path, BENEFITS_URL=f"{outside.origin}/openfisca"))
    yield built
    await built.close()
    await outside.everything_answers()


async def amounts(person: Person) -> dict[str, dict[str, object]]:
    bundles = (await person.asks(AMOUNTS))["viewer"]["home"]["bundles"]
    return {step["id"]: step["amount"] for bundle in bundles for step in bundle["steps"]}


async def kept_benefits(town: Town) -> store.Held | None:
    async with town.house.db.house() as conn:
        (id,) = (await conn.exec_driver_sql("SELECT id FROM residents")).scalars()
        resident = await resident_of(conn, id, town.house.keys)
        assert resident is not None
        return (await store.kept(conn, resident)).get("benefits")


async def test_hanas_newborn_brings_15000_a_month_by_law_and_openfisca_agrees(reckoned: Town) -> None:
    hana = await reckoned.resident("hana")
    updates = await hana.fills_home()
    assert updates[-1]["settled"] == "benefits"
    assert [update["remaining"] for update in updates] == [6, 5, 4, 3, 2, 1, 0]
    step = (await amounts(hana))[HINATA]
    assert (step["yen"], step["per"], step["toldBy"], step["law"]) == (15_000, "MONTH", "LAW", "児童手当法6条1項")
    assert step["text"] == {"ja": "月額 15,000円", "easy": "1か月に 15,000円", "en": "15,000 yen a month"}
    held = await kept_benefits(reckoned)
    assert held is not None
    assert held.told is not None
    assert isinstance(held.told.part, Benefits)
    assert held.told.part.yen("jido_teate", "m-1004", reckoned.house.today()) == 15_000
    assert held.told.part.yen("jido_teate", "m-1003", reckoned.house.today()) == 10_000


async def test_ken_alone_with_two_children_is_told_what_only_openfisca_says_for_sure(reckoned: Town) -> None:
    """児童育成手当: 13,500 yen a month for each child; our own number is not read on an official page."""
    ken = await reckoned.resident("ken")
    await ken.fills_home()
    step = (await amounts(ken))["metropolitan_single_parent_allowance"]
    assert (step["yen"], step["toldBy"]) == (27_000, "BENEFITS")
    assert step["asOf"]
    assert "27,000円" in step["text"]["ja"]  # type: ignore[index]


async def test_without_openfisca_ken_is_told_that_the_amount_is_not_known(town: Town) -> None:
    ken = await town.resident("ken")
    await ken.fills_home()
    step = (await amounts(ken))["metropolitan_single_parent_allowance"]
    assert (step["yen"], step["toldBy"], step["asOf"]) == (None, None, None)
    assert step["text"] == {
        "ja": "金額はまだ分かりません。窓口でご確認ください。",
        "easy": "いくらか、まだ わかりません。まどぐちで 聞いて ください。",
        "en": "The amount is not known yet. Please ask at the counter.",
    }


async def test_she_sees_that_her_childrens_birth_dates_were_reckoned_with(reckoned: Town) -> None:
    hana = await reckoned.resident("hana")
    await hana.fills_home()
    data = await hana.asks("{ viewer { readings(first: 50) { nodes { source sourceName { ja } } } } }")
    rows = data["viewer"]["readings"]["nodes"]
    assert {"source": "benefits", "sourceName": {"ja": "給付額の計算"}} in rows


async def test_a_notice_about_no_money_has_no_amount(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    told = await amounts(hana)
    assert told["move_out_notice"] is None


@pytest.mark.parametrize("mode", ["error", "garbage", "silent"])
async def test_with_a_broken_reckoner_home_stands_and_the_law_still_tells(
    mimicked: Town, outside: Outside, mode: str
) -> None:
    await outside.mode("benefits", mode)
    hana = await mimicked.resident("hana")
    await hana.fills_home()
    home = (await hana.asks(AMOUNTS))["viewer"]["home"]
    assert {source["state"] for source in home["sources"]} == {"KNOWN"}
    assert (await amounts(hana))[HINATA]["yen"] == 15_000
    held = await kept_benefits(mimicked)
    assert held is not None
    assert held.gap is not None


async def test_without_a_reckoner_nobody_asks_one_and_nothing_breaks(town: Town) -> None:
    hana = await town.resident("hana")
    updates = await hana.fills_home()
    assert "benefits" not in {update["settled"] for update in updates}
    assert (await amounts(hana))[HINATA]["yen"] == 15_000
    assert await kept_benefits(town) is None
